// The host ends its plugin, and then closes the runtime.
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
	r := wazero.NewRuntime(ctx)
	wasi.MustInstantiate(ctx, r)
	compiled, err := r.CompileModule(ctx, plugin)
	if err != nil {
		return err
	}

	stdin, feed := io.Pipe()
	config := wazero.NewModuleConfig().
		WithArgs(args...).
		WithStdin(stdin).
		WithStdout(struct{ io.Writer }{os.Stdout})
	done := make(chan error, 1)
	go func() {
		_, err := r.InstantiateModule(ctx, compiled, config)
		done <- err
	}()
	time.Sleep(time.Second) // the plugin comes to its read
	fmt.Println("The plugin waits in its read.")

	// #region key
	feed.Close()
	fmt.Println("The pipe is closed, and the plugin has ended:", <-done)
	fmt.Println("The runtime is closed:", r.Close(ctx))
	// #endregion key
	return nil
}
