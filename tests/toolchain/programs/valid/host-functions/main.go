// Host functions, memory, globals and a cancelled plugin, with a module made by
// hand: real wazero, whatever engine it chooses.
package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/tetratelabs/wazero"
	"github.com/tetratelabs/wazero/api"
	"github.com/tetratelabs/wazero/sys"
)

// (module
//
//	(import "host" "log" (func $log (param i32 i32)))
//	(memory (export "memory") 1)
//	(data (i32.const 8) "hello")
//	(func (export "say") (call $log (i32.const 8) (i32.const 5)))
//	(func (export "add") (param i32 i32) (result i32)
//	  (i32.add (local.get 0) (local.get 1)))
//	(func (export "spin") (loop (br 0)))
//	(func (export "trap") unreachable))
var module = []byte("\x00asm\x01\x00\x00\x00" +
	"\x01\x0f\x03\x60\x02\x7f\x7f\x00\x60\x00\x00\x60\x02\x7f\x7f\x01\x7f" +
	"\x02\x0c\x01\x04host\x03log\x00\x00" +
	"\x03\x05\x04\x01\x02\x01\x01" +
	"\x05\x03\x01\x00\x01" +
	"\x07\x24\x05\x06memory\x02\x00\x03say\x00\x01\x03add\x00\x02\x04spin\x00\x03\x04trap\x00\x04" +
	"\x0a\x1e\x04\x08\x00\x41\x08\x41\x05\x10\x00\x0b\x07\x00\x20\x00\x20\x01\x6a\x0b" +
	"\x07\x00\x03\x40\x0c\x00\x0b\x0b\x03\x00\x00\x0b" +
	"\x0b\x0b\x01\x00\x41\x08\x0b\x05hello")

func main() {
	ctx := context.Background()
	r := wazero.NewRuntimeWithConfig(ctx, wazero.NewRuntimeConfig().WithCloseOnContextDone(true))
	defer r.Close(ctx)
	_, err := r.NewHostModuleBuilder("host").NewFunctionBuilder().
		WithFunc(func(_ context.Context, m api.Module, at, length uint32) {
			text, ok := m.Memory().Read(at, length)
			fmt.Printf("%q %v\n", text, ok)
		}).Export("log").Instantiate(ctx)
	fmt.Println(err)
	m, err := r.Instantiate(ctx, module)
	if err != nil {
		fmt.Println(err)
		return
	}
	_, err = m.ExportedFunction("say").Call(ctx)
	fmt.Println(err)
	results, err := m.ExportedFunction("add").Call(ctx, 40, 2)
	fmt.Println(results, err, m.Memory().Size())
	_, err = m.ExportedFunction("trap").Call(ctx)
	fmt.Println(err != nil)

	timed, cancel := context.WithTimeout(ctx, 100*time.Millisecond)
	defer cancel()
	_, err = m.ExportedFunction("spin").Call(timed)
	var exit *sys.ExitError
	fmt.Println(errors.As(err, &exit), errors.Is(err, context.DeadlineExceeded), exit.ExitCode() == sys.ExitCodeDeadlineExceeded)
	_, err = r.Instantiate(ctx, []byte("not wasm"))
	fmt.Println(err)
}
