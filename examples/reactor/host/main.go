// The host calls a function of its plugin, once for each line you type.
package main

import (
	"bufio"
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
	var stdin, stdout bytes.Buffer
	config := wazero.NewModuleConfig().
		WithArgs(args...).
		WithStartFunctions("_initialize"). // and not _start
		WithStdin(&stdin).
		WithStdout(&stdout).
		WithStderr(struct{ io.Writer }{os.Stderr})
	module, err := r.InstantiateWithConfig(ctx, plugin, config)
	if err != nil {
		return err
	}
	handle := module.ExportedFunction("handle")
	// #endregion key

	fmt.Println("The plugin is there, and does nothing. Type a name.")
	names := bufio.NewScanner(os.Stdin)
	for names.Scan() {
		// #region call
		stdin.Reset()
		stdin.WriteString(names.Text())
		stdout.Reset()
		if _, err := handle.Call(ctx); err != nil {
			return err
		}
		fmt.Printf("handle() wrote: %s", stdout.String())
		// #endregion call
	}
	return names.Err()
}
