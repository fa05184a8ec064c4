// The host sends a line of 70,000 bytes, to three kinds of readers.
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
	compiled, err := r.CompileModule(ctx, plugin)
	if err != nil {
		return err
	}

	// #region key
	input := "short\n" + strings.Repeat("x", 70_000) + "\nlast\n"
	for _, way := range []string{"Scanner", "Buffer", "ReadString"} {
		config := wazero.NewModuleConfig().
			WithArgs(args[0], way).
			WithStdin(strings.NewReader(input)).
			// Wrapped: or a Go plugin makes your terminal non-blocking.
			WithStdout(struct{ io.Writer }{os.Stdout}).
			WithStderr(struct{ io.Writer }{os.Stderr})
		_, err := r.InstantiateModule(ctx, compiled, config)
		if err != nil {
			return err
		}
	}
	// #endregion key
	return nil
}
