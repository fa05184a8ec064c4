// The host sends text that is UTF-8, and text that is not.
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

	stdin, feed := io.Pipe()
	config := wazero.NewModuleConfig().
		WithArgs(args...).
		WithStdin(stdin).
		WithStdout(struct{ io.Writer }{os.Stdout}).
		WithStderr(struct{ io.Writer }{os.Stderr})
	// #region key
	go func() {
		for _, piece := range []string{
			"Zo\xc3", "\xab\n", // an ë in UTF-8, over two reads
			"Zo\xeb\n", // an ë in Latin-1: no UTF-8
			"Ada\r\n",
			"Zo\xeb\n",
		} {
			if _, err := io.WriteString(feed, piece); err != nil {
				return // the plugin has gone
			}
		}
		feed.Close()
	}()
	// #endregion key
	_, err = r.InstantiateWithConfig(ctx, plugin, config)
	stdin.Close()
	return err
}
