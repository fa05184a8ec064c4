// The host links two modules, and gives each a stdin of its own.
package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"strings"

	"github.com/tetratelabs/wazero"
	wasi "github.com/tetratelabs/wazero/imports/wasi_snapshot_preview1"
	"github.com/tetratelabs/wazero/sys"
)

// The program calls a function of the library, and does nothing else:
//
//	(module
//	  (import "library" "handle" (func $handle))
//	  (func (export "_start") (call $handle)))
var program = []byte("\x00asm\x01\x00\x00\x00" +
	"\x01\x04\x01\x60\x00\x00" + // one type of functions
	"\x02\x12\x01\x07library\x06handle\x00\x00" + // the import
	"\x03\x02\x01\x00" + // one function
	"\x07\x0a\x01\x06_start\x00\x01" + // the export
	"\x0a\x06\x01\x04\x00\x10\x00\x0b") // call 0

func main() {
	err := run(context.Background(), os.Args[1:])
	var exit *sys.ExitError
	if errors.As(err, &exit) {
		os.Exit(int(exit.ExitCode()))
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(ctx context.Context, args []string) error {
	if len(args) == 0 {
		return errors.New("usage: host plugin.wasm")
	}
	plugin, err := os.ReadFile(args[0])
	if err != nil {
		return err
	}
	r := wazero.NewRuntime(ctx)
	defer r.Close(ctx)
	wasi.MustInstantiate(ctx, r)

	// #region key
	modules := []struct {
		name, stdin string
		bytes       []byte
	}{
		{"library", "Ada", plugin},
		{"program", "Grace", program},
	}
	outputs := make([]bytes.Buffer, len(modules))
	for i, module := range modules {
		config := wazero.NewModuleConfig().
			WithName(module.name).
			WithStartFunctions("_initialize", "_start"). // what it has of these
			WithStdin(strings.NewReader(module.stdin)).
			WithStdout(&outputs[i])
		_, err := r.InstantiateWithConfig(ctx, module.bytes, config)
		if err != nil {
			return err
		}
	}
	for i, module := range modules {
		fmt.Printf("The %s has %q as stdin, and wrote %q.\n",
			module.name, module.stdin, outputs[i].String())
	}
	// #endregion key
	return nil
}
