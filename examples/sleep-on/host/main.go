// The host gives its plugin a tenth of a second, and two kinds of sleep.
package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"time"

	"github.com/tetratelabs/wazero"
	wasi "github.com/tetratelabs/wazero/imports/wasi_snapshot_preview1"
	"github.com/tetratelabs/wazero/sys"
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
	try := func(what string, sleep func(context.Context) sys.Nanosleep) {
		ctx, cancel := context.WithTimeout(ctx, 100*time.Millisecond)
		defer cancel()
		started := time.Now()
		r.InstantiateModule(ctx, compiled, wazero.NewModuleConfig().
			WithName("").
			WithNanosleep(sleep(ctx)))
		whole := time.Since(started) >= time.Second
		fmt.Printf("%s: slept to the end: %t\n", what, whole)
	}
	try("time.Sleep", func(context.Context) sys.Nanosleep {
		// #region cause
		return func(ns int64) { time.Sleep(time.Duration(ns)) }
		// #endregion cause
	})
	try("a select", func(ctx context.Context) sys.Nanosleep {
		return func(ns int64) {
			select {
			case <-ctx.Done():
			case <-time.After(time.Duration(ns)):
			}
		}
	})
	// #endregion key
	return nil
}
