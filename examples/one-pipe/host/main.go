// The host uses one io.Pipe for both directions.
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
	wasi.MustInstantiate(ctx, r)

	// #region key
	reader, writer := io.Pipe()
	config := wazero.NewModuleConfig().
		WithArgs(args...).
		WithStdin(reader).
		// #region cause
		WithStdout(writer). // the other end of its own stdin
		// #endregion cause
		WithStderr(struct{ io.Writer }{os.Stderr})
	// #endregion key
	_, err = r.InstantiateWithConfig(ctx, plugin, config)
	return err
}
