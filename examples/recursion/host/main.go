// The host lets its plugin compute when the time is up already.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"time"

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
	r := wazero.NewRuntimeWithConfig(ctx,
		wazero.NewRuntimeConfig().WithCloseOnContextDone(true))
	defer r.Close(ctx)
	wasi.MustInstantiate(ctx, r)
	compiled, err := r.CompileModule(ctx, plugin)
	if err != nil {
		return err
	}

	for _, way := range []string{"loop", "recursion"} {
		if err := compute(ctx, r, compiled, args, way); err != nil {
			return err
		}
	}
	return nil
}

func compute(
	ctx context.Context, r wazero.Runtime, compiled wazero.CompiledModule,
	args []string, way string,
) error {
	stdin, feed := io.Pipe()
	config := wazero.NewModuleConfig().
		WithName("").
		WithStartFunctions(). // none: main is called below
		WithArgs(args...).
		WithStdin(stdin).
		WithStdout(struct{ io.Writer }{os.Stdout})
	module, err := r.InstantiateModule(ctx, compiled, config)
	if err != nil {
		return err
	}
	defer module.Close(ctx)

	// #region key
	limited, cancel := context.WithTimeout(ctx, 500*time.Millisecond)
	defer cancel()
	go func() {
		for !module.IsClosed() { // until wazero has marked it
			time.Sleep(time.Millisecond)
		}
		fmt.Println("The time is up. What is left is a", way)
		fmt.Fprintln(feed, way)
	}()
	_, err = module.ExportedFunction("_start").Call(limited)
	fmt.Println("The call returns:", err)
	// #endregion key
	return nil
}
