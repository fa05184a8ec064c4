// The host sends four bytes, and four more a second later.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"time"

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
		WithStdout(struct{ io.Writer }{os.Stdout})
	done := make(chan error, 1)
	go func() {
		_, err := r.InstantiateWithConfig(ctx, plugin, config)
		stdin.Close()
		done <- err
	}()

	// #region key
	fmt.Fprint(feed, "Ada\n")
	fmt.Println("host:   four bytes are with the plugin")
	time.Sleep(time.Second)
	fmt.Println("host:   a second later, four more")
	fmt.Fprint(feed, "Eve\n")
	// #endregion key
	return <-done
}
