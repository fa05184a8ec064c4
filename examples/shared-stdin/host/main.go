// The host gives two plugins one stdin, and then a line each.
package main

import (
	"bufio"
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

	config := wazero.NewModuleConfig().
		WithName("").
		WithArgs(args...).
		WithStdout(struct{ io.Writer }{os.Stdout})
	// #region key
	fmt.Println("Both read one stream:")
	// #region cause
	shared := config.WithStdin(strings.NewReader("Ada\nGrace\n"))
	// #endregion cause
	for range 2 {
		if err := start(ctx, r, compiled, shared); err != nil {
			return err
		}
	}

	fmt.Println("The host reads, and gives each its line:")
	lines := bufio.NewScanner(strings.NewReader("Ada\nGrace\n"))
	for lines.Scan() {
		own := config.WithStdin(strings.NewReader(lines.Text() + "\n"))
		if err := start(ctx, r, compiled, own); err != nil {
			return err
		}
	}
	// #endregion key
	return lines.Err()
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
