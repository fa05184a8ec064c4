// The host runs its plugin twice, and sees nothing of what it prints.
package main

import (
	"bufio"
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
	compiled, err := r.CompileModule(ctx, plugin)
	if err != nil {
		return err
	}

	// #region key
	// Wrapped: or a Go plugin makes your terminal non-blocking.
	out := bufio.NewWriter(struct{ io.Writer }{os.Stdout})
	for _, config := range []wazero.ModuleConfig{
		wazero.NewModuleConfig(), // stdout goes nowhere
		wazero.NewModuleConfig().WithStdout(out),
	} {
		fmt.Println("The plugin starts.")
		_, err := r.InstantiateModule(ctx, compiled, config.WithArgs(args...))
		if err != nil {
			return err
		}
		fmt.Println("The plugin has ended, without an error.")
	}
	fmt.Println("The host's buffer has", out.Buffered(), "bytes.")
	return out.Flush()
	// #endregion key
}
