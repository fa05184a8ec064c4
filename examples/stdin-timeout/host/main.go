// The host gives its plugin one second, at the terminal.
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

	// #region key
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()

	// #region cause
	config := wazero.NewModuleConfig().
		WithArgs(args...).
		WithStdin(struct{ io.Reader }{os.Stdin}).
		WithStdout(struct{ io.Writer }{os.Stdout})
	// #endregion cause
	done := make(chan error, 1)
	go func() {
		_, err := r.InstantiateModule(ctx, compiled, config)
		done <- err
	}()
	<-ctx.Done()
	fmt.Println("The context is over:", ctx.Err())
	fmt.Println("A deadline:", os.Stdin.SetReadDeadline(time.Now()))
	fmt.Println("Closing it:", os.Stdin.Close())
	// #endregion key

	select {
	case err = <-done:
	case <-time.After(time.Second):
		fmt.Println("A second later, the plugin still waits.")
		err = <-done
	}
	fmt.Println("The plugin has ended:", err)
	return nil
}
