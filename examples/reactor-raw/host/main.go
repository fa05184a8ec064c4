// The host calls its plugin without starting it.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

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
	defer r.Close(ctx)
	wasi.MustInstantiate(ctx, r)

	// #region key
	config := wazero.NewModuleConfig().
		WithArgs(args...).
		WithStartFunctions(). // none: not even _initialize
		WithStderr(struct{ io.Writer }{os.Stderr})
	module, err := r.InstantiateWithConfig(ctx, plugin, config)
	if err != nil {
		return err
	}
	_, err = module.ExportedFunction("handle").Call(ctx)
	// #endregion key
	// The lines that follow name functions of the plugin, by number.
	reason, _, _ := strings.Cut(fmt.Sprint(err), "\n")
	fmt.Println("handle():", reason)
	return nil
}
