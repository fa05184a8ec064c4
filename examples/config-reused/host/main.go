// The host runs its plugin twice with one configuration.
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
	compiled, err := r.CompileModule(ctx, plugin)
	if err != nil {
		return err
	}

	// #region key
	// #region cause
	config := wazero.NewModuleConfig().
		WithName(""). // so that it can run twice
		WithArgs(args...).
		WithStdin(strings.NewReader("Ada\n")).
		WithStdout(struct{ io.Writer }{os.Stdout})
	// #endregion cause
	for range 2 {
		if err := start(ctx, r, compiled, config); err != nil {
			return err
		}
	}

	fmt.Println("With a reader of its own:")
	config = config.WithStdin(strings.NewReader("Ada\n"))
	// #endregion key
	return start(ctx, r, compiled, config)
}

// start runs the plugin once.
func start(
	ctx context.Context, r wazero.Runtime,
	compiled wazero.CompiledModule, config wazero.ModuleConfig,
) error {
	module, err := r.InstantiateModule(ctx, compiled, config)
	if err != nil {
		return err
	}
	return module.Close(ctx)
}
