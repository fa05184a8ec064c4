// The host runs the plugin with its own stdin, stdout and stderr.
package main

import (
	"context"
	"fmt"
	"os"

	"github.com/tetratelabs/wazero"
	wasi "github.com/tetratelabs/wazero/imports/wasi_snapshot_preview1"
)

func main() {
	if err := run(context.Background(), os.Args[1]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(ctx context.Context, file string) error {
	plugin, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	r := wazero.NewRuntime(ctx)
	defer r.Close(ctx)
	wasi.MustInstantiate(ctx, r)

	config := wazero.NewModuleConfig().
		WithArgs(file).
		WithStdin(os.Stdin).
		WithStdout(os.Stdout).
		WithStderr(os.Stderr)
	_, err = r.InstantiateWithConfig(ctx, plugin, config)
	return err
}
