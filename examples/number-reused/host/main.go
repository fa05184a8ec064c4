// The host closes the reading end while its plugin still has the number of it.
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
	other, err := os.CreateTemp("", "other")
	if err != nil {
		return err
	}
	defer os.Remove(other.Name())
	fmt.Fprintln(other, "a line of another file")
	if err := other.Close(); err != nil {
		return err
	}

	// #region key
	stdin, feed, err := os.Pipe()
	if err != nil {
		return err
	}
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

	fmt.Println("The reading end is closed:", stdin.Close())
	file, err := os.Open(other.Name()) // gets the number that is free
	if err != nil {
		return err
	}
	defer file.Close()
	fmt.Println("The host opens a file for itself.")
	feed.Close()
	fmt.Println("The plugin has ended:", <-done)
	// #endregion key
	return nil
}
