// The host sends all of its requests, and wants to read the answers then.
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

	stdin, requests := io.Pipe()
	answers, stdout := io.Pipe()
	config := wazero.NewModuleConfig().
		WithArgs(args...).
		WithStdin(stdin).
		WithStdout(stdout).
		WithStderr(struct{ io.Writer }{os.Stderr})
	done := make(chan error, 1)
	go func() {
		_, err := r.InstantiateWithConfig(ctx, plugin, config)
		stdin.Close()
		stdout.Close()
		done <- err
	}()

	// #region key
	// #region cause
	for _, name := range []string{"Ada", "Grace", "Zoë"} {
		if _, err := fmt.Fprintln(requests, name); err != nil {
			return err
		}
		fmt.Println("sent:", name)
	}
	// #endregion cause
	requests.Close()
	lines := bufio.NewScanner(answers)
	for lines.Scan() {
		fmt.Println("The plugin answers:", lines.Text())
	}
	// #endregion key
	if err := lines.Err(); err != nil {
		return err
	}
	return <-done
}
