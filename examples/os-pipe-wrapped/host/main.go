// The host ends a read on an os.Pipe that it has wrapped.
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
	for _, try := range []struct {
		name string
		do   func(stdin *os.File) error
	}{
		{"SetReadDeadline", func(stdin *os.File) error {
			return stdin.SetReadDeadline(time.Now())
		}},
		{"closing the reading end", (*os.File).Close},
	} {
		stdin, feed, err := os.Pipe()
		if err != nil {
			return err
		}
		config := wazero.NewModuleConfig().
			WithName("").
			WithArgs(args...).
			WithStdin(struct{ io.Reader }{stdin}) // nobody calls Fd
		done := make(chan error, 1)
		go func() {
			_, err := r.InstantiateModule(ctx, compiled, config)
			done <- err
		}()
		time.Sleep(time.Second) // the plugin comes to its read
		fmt.Printf("%s: %v\n", try.name, try.do(stdin))
		fmt.Println("  the plugin has ended:", <-done)
		stdin.Close()
		feed.Close()
	}
	// #endregion key
	return nil
}
