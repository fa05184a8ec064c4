// The host closes the runtime while its plugin waits.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
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
	// #region cause
	fmt.Println("The runtime is closed:", r.Close(ctx))
	// #endregion cause
	select {
	case err = <-done:
	case <-time.After(time.Second):
		fmt.Println("A second later, the plugin still waits.")
		fmt.Fprintln(feed, "Ada")
		err = <-done
	}
	// #endregion key
	if err != nil {
		reason, _, _ := strings.Cut(err.Error(), "\n") // no stack trace
		fmt.Println("The plugin has ended:", reason)
	}
	return nil
}
