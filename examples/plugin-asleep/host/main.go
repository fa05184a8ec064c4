// The host runs a plugin that waits for itself.
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
	var stderr bytes.Buffer
	config := wazero.NewModuleConfig().
		WithArgs(args...).
		WithEnv("GOTRACEBACK", "none"). // without the list of goroutines
		WithStdout(struct{ io.Writer }{os.Stdout}).
		WithStderr(&stderr)
	_, err = r.InstantiateWithConfig(ctx, plugin, config)
	fmt.Println("The host lives. The plugin:", err)
	fmt.Printf("Its stderr: %q\n", stderr.String())
	// #endregion key
	return nil
}
