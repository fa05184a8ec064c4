// The host gives up on its plugins, and then counts who is left.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"sync"
	"sync/atomic"
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

	var pipes []*io.PipeWriter
	// #region key
	var calls sync.WaitGroup
	var left atomic.Int32
	ask := func() error {
		ctx, cancel := context.WithTimeout(ctx, 50*time.Millisecond)
		defer cancel()
		// #region cause
		stdin, feed := io.Pipe()
		// #endregion cause
		pipes = append(pipes, feed)
		config := wazero.NewModuleConfig().
			WithName("").
			WithArgs(args...).
			WithStdin(stdin)
		left.Add(1)
		calls.Go(func() {
			r.InstantiateModule(ctx, compiled, config)
			left.Add(-1)
		})
		<-ctx.Done() // a select would not do more
		return ctx.Err()
	}
	// #endregion key
	for range 10 {
		if err := ask(); err != context.DeadlineExceeded {
			return fmt.Errorf("expected a timeout, found %v", err)
		}
	}
	fmt.Println("Ten requests are over. Calls that go on:", left.Load())
	for _, feed := range pipes {
		feed.Close()
	}
	calls.Wait()
	fmt.Println("The pipes are closed. Calls that go on:", left.Load())
	return nil
}
