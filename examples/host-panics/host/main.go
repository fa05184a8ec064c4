// The host runs its plugin twice, and panics between the two runs.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/tetratelabs/wazero"
	wasi "github.com/tetratelabs/wazero/imports/wasi_snapshot_preview1"
	"github.com/tetratelabs/wazero/sys"
)

func main() {
	err := run(context.Background(), os.Args[1:])
	var exit *sys.ExitError
	if errors.As(err, &exit) {
		os.Exit(int(exit.ExitCode()))
	}
	if err != nil {
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
	for range 2 {
		if err := start(ctx, r, plugin, args); err != nil {
			return err
		}
	}
	return nil
}

func start(
	ctx context.Context, r wazero.Runtime, plugin []byte, args []string,
) error {
	// #region key
	wasi.MustInstantiate(ctx, r) // a runtime takes it once
	config := wazero.NewModuleConfig().
		WithName(""). // so that the plugin itself could run twice
		WithArgs(args...).
		WithStdout(struct{ io.Writer }{os.Stdout}).
		WithStderr(struct{ io.Writer }{os.Stderr})
	_, err := r.InstantiateWithConfig(ctx, plugin, config)
	// #endregion key
	return err
}
