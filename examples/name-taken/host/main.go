// The host runs its plugin twice under one name, and then without.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/tetratelabs/wazero"
	wasi "github.com/tetratelabs/wazero/imports/wasi_snapshot_preview1"
)

func main() {
	if err := run(context.Background(), os.Args[1:]); err != nil {
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
	compiled, err := r.CompileModule(ctx, plugin)
	if err != nil {
		return err
	}

	config := wazero.NewModuleConfig().
		WithArgs(args...).
		WithStdout(struct{ io.Writer }{os.Stdout})
	// #region key
	for _, name := range []string{"greeter", ""} {
		fmt.Printf("Two instances with the name %q:\n", name)
		for _, line := range []string{"Ada\n", "Grace\n"} {
			_, err := r.InstantiateModule(ctx, compiled, config.
				WithName(name).
				WithStdin(strings.NewReader(line)))
			if err != nil {
				fmt.Println(err)
			}
		}
	}
	// #endregion key
	return nil
}
