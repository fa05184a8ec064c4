// The host gives a call half a second, and then calls again.
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

	stdin, feed := io.Pipe()
	config := wazero.NewModuleConfig().
		WithArgs(args...).
		WithStartFunctions("_initialize").
		WithStdin(stdin).
		WithStdout(struct{ io.Writer }{os.Stdout})
	module, err := r.InstantiateWithConfig(ctx, plugin, config)
	if err != nil {
		return err
	}
	handle := module.ExportedFunction("handle")

	// #region key
	limited, cancel := context.WithTimeout(ctx, 500*time.Millisecond)
	defer cancel()
	context.AfterFunc(limited, func() {
		for !module.IsClosed() { // until wazero has marked it
			time.Sleep(time.Millisecond)
		}
		feed.CloseWithError(limited.Err())
	})
	_, err = handle.Call(limited)
	fmt.Println("The first call:", err)

	_, err = handle.Call(ctx)
	fmt.Println("The second call:", err)
	// #endregion key
	return nil
}
