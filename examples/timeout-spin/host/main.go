// The host gives a plugin that never waits one second.
package main

import (
	"bytes"
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
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	config := wazero.NewModuleConfig().
		WithArgs(args...).
		// #region cause
		WithStdin(&bytes.Buffer{}) // empty: EOF at every read
		// #endregion cause

	_, err = r.InstantiateModule(ctx, compiled, config)
	fmt.Println("The plugin has ended:", err)
	// #endregion key
	return nil
}
