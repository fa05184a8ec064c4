// The host copies its terminal into a pipe, which it can close.
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
	ctx, cancel := context.WithTimeout(ctx, 2*time.Second)
	defer cancel()

	stdin, feed := io.Pipe()
	go func() { // waits on after the plugin's end, until the next key
		_, err := io.Copy(feed, os.Stdin)
		feed.CloseWithError(err)
	}()
	stop := context.AfterFunc(ctx, func() {
		stdin.CloseWithError(ctx.Err())
	})
	defer stop()
	// #endregion key

	config := wazero.NewModuleConfig().
		WithArgs(args...).
		WithStdin(stdin).
		WithStdout(struct{ io.Writer }{os.Stdout})
	fmt.Println("You have two seconds.")
	_, err = r.InstantiateModule(ctx, compiled, config)
	stdin.Close()
	if ctx.Err() != nil {
		fmt.Println("The plugin was stopped:", ctx.Err())
		return nil
	}
	return err
}
