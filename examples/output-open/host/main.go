// The host forgets to close the pipe when its plugin has gone.
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

	// #region key
	lines, stdout := io.Pipe()
	config := wazero.NewModuleConfig().
		WithArgs(args...).
		WithStdout(stdout).
		WithStderr(struct{ io.Writer }{os.Stderr}).
		WithSysNanosleep(). // the plugin sleeps in real time
		WithSysNanotime()

	done := make(chan error, 1)
	go func() {
		_, err := r.InstantiateWithConfig(ctx, plugin, config)
		// #region cause
		done <- err // and nobody has closed stdout
		// #endregion cause
	}()

	output := bufio.NewScanner(lines)
	for output.Scan() {
		fmt.Println("The host has:", output.Text())
	}
	fmt.Println("That was all.")
	// #endregion key
	if err := output.Err(); err != nil {
		return err
	}
	return <-done
}
