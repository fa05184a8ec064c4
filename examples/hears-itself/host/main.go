// The host uses one pipe for both directions, and reads its own request.
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
		WithStdout(writer)

	go func() {
		buffer := make([]byte, 100)
		for {
			// #region cause
			n, err := reader.Read(buffer)
			// #endregion cause
			if err != nil {
				return
			}
			fmt.Printf("The plugin answers: %s", buffer[:n])
		}
	}()
	fmt.Fprintln(writer, "Ada")
	_, err = r.InstantiateWithConfig(ctx, plugin, config)
	// #endregion key
	return err
}
