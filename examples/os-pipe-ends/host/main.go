// The host tries three ways to set free a plugin that waits on an os.Pipe.
package main

import (
	"context"
	"errors"
	"fmt"
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
	stdin, feed, err := os.Pipe()
	if err != nil {
		return err
	}
	config := wazero.NewModuleConfig().
		WithArgs(args...).
		WithStdin(stdin) // bare: wazero takes its number, by Fd
	done := make(chan error, 1)
	go func() {
		_, err := r.InstantiateModule(ctx, compiled, config)
		done <- err
	}()
	time.Sleep(time.Second) // the plugin comes to its read

	for _, try := range []struct {
		name string
		do   func() error
	}{
		{"SetReadDeadline", func() error {
			return stdin.SetReadDeadline(time.Now())
		}},
		{"closing the reading end", stdin.Close},
		{"closing the writing end", feed.Close},
	} {
		fmt.Printf("%s: %v\n", try.name, try.do())
		select {
		case <-done:
			fmt.Println("  the plugin has ended")
			return nil
		case <-time.After(time.Second):
			fmt.Println("  a second later, the plugin still waits")
		}
	}
	// #endregion key
	return errors.New("expected one of them to set the plugin free")
}
