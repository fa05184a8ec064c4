// The host runs its plugin, and then calls two functions of it.
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

	// #region key
	config := wazero.NewModuleConfig().
		WithArgs(args...).
		WithStdout(struct{ io.Writer }{os.Stdout}).
		WithStderr(struct{ io.Writer }{os.Stderr})
	module, err := r.InstantiateWithConfig(ctx, plugin, config)
	fmt.Println("The plugin has started. The error is:", err)
	if err != nil {
		return err
	}
	for _, name := range []string{"compute", "print"} {
		_, err := module.ExportedFunction(name).Call(ctx)
		// The lines that follow name functions, by number.
		reason, _, _ := strings.Cut(fmt.Sprint(err), "\n")
		fmt.Printf("%s(): %s\n", name, reason)
	}
	// #endregion key
	return nil
}
