// The host asks why its plugin has ended, and no context is over.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"

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

	// #region key
	// ctx comes from main. Nobody can cancel it.
	config := wazero.NewModuleConfig().
		WithArgs(args...).
		WithStdout(struct{ io.Writer }{os.Stdout})
	_, err = r.InstantiateModule(ctx, compiled, config)
	fmt.Println("The error:", err)
	fmt.Println("Is it Canceled?", errors.Is(err, context.Canceled))
	fmt.Println("The context says:", ctx.Err())
	// #endregion key
	return nil
}
