// The host copies a reader that cannot be polled into an os.Pipe.
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
	compiled, err := r.CompileModule(ctx, plugin)
	if err != nil {
		return err
	}

	// Any reader: a pipe of Go's, a connection, a decoder.
	input, feed := io.Pipe()
	go func() {
		time.Sleep(time.Second)
		fmt.Fprintln(feed, "Ada")
		feed.Close()
	}()

	// #region key
	stdin, in, err := os.Pipe()
	if err != nil {
		return err
	}
	go func() {
		io.Copy(in, input)
		in.Close()    // the plugin reads EOF
		input.Close() // or a write to a plugin that has gone could wait
	}()
	config := wazero.NewModuleConfig().
		WithArgs(args...).
		WithStdin(stdin).
		WithStdout(struct{ io.Writer }{os.Stdout}).
		WithStderr(struct{ io.Writer }{os.Stderr}).
		WithSysNanosleep(). // the plugin sleeps in real time
		WithSysNanotime()
	_, err = r.InstantiateModule(ctx, compiled, config)
	stdin.Close() // the copying ends at its next write
	// #endregion key
	return err
}
