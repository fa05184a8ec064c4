// The host reads a first line itself, and leaves the rest to its plugin.
package main

import (
	"bufio"
	"bytes"
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

	for _, shared := range []bool{false, true} {
		// As os.Stdin, with a file behind it.
		input := strings.NewReader("formal\nAda\nGrace\n")

		// #region key
		buffered := bufio.NewReader(input)
		style, err := buffered.ReadString('\n')
		if err != nil {
			return err
		}
		fmt.Printf("The host reads %q.\n", style)

		var stdin io.Reader = input // the reader has run empty
		if shared {
			stdin = buffered // what it has read ahead, and then the rest
		}
		// #endregion key
		var stdout bytes.Buffer
		config := wazero.NewModuleConfig().
			WithArgs(args...).
			WithStdin(stdin).
			WithStdout(&stdout).
			WithStderr(struct{ io.Writer }{os.Stderr})
		_, err = r.InstantiateModule(ctx, compiled, config)
		if err != nil {
			return err
		}
		fmt.Printf("The plugin has %T, and writes %q.\n", stdin,
			stdout.String())
	}
	return nil
}
