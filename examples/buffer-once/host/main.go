// The host fills a bytes.Buffer, runs its plugin once and prints the answer.
package main

import (
	"bytes"
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
	stdin := bytes.NewBufferString("Ada\n世界\nZoë")
	var stdout bytes.Buffer
	config := wazero.NewModuleConfig().
		WithArgs(args...).
		WithStdin(stdin).
		WithStdout(&stdout).
		// Wrapped: or a Go plugin makes your terminal non-blocking.
		WithStderr(struct{ io.Writer }{os.Stderr})
	// #endregion key
	_, err = r.InstantiateWithConfig(ctx, plugin, config)
	if err != nil {
		return err
	}
	fmt.Printf("The plugin wrote %d bytes:\n", stdout.Len())
	fmt.Print(stdout.String())
	return nil
}
