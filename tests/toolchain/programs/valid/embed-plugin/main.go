// The host carries its plugin in itself, and runs it with real wazero.
package main

import (
	"bytes"
	"context"
	_ "embed"
	"errors"
	"fmt"
	"os"
	"strings"

	"github.com/tetratelabs/wazero"
	"github.com/tetratelabs/wazero/imports/wasi_snapshot_preview1"
	"github.com/tetratelabs/wazero/sys"
)

//go:embed plugin.wasm
var plugin []byte

func main() {
	ctx := context.Background()
	r := wazero.NewRuntime(ctx)
	defer r.Close(ctx)
	wasi_snapshot_preview1.MustInstantiate(ctx, r)
	compiled, err := r.CompileModule(ctx, plugin)
	if err != nil {
		fmt.Println(err)
		os.Exit(1)
	}
	for _, input := range []string{"", "Ada\nGrace\n", "no newline"} {
		var out bytes.Buffer
		_, err := r.InstantiateModule(ctx, compiled, wazero.NewModuleConfig().
			WithName("").
			WithStdin(strings.NewReader(input)).
			WithStdout(&out))
		var exit *sys.ExitError
		if errors.As(err, &exit) {
			fmt.Println("exit", exit.ExitCode())
		}
		fmt.Printf("%q %v\n", out.String(), err == nil || exit != nil)
	}
}
