// The host connects its plugin to each kind of stdin, and passes its answer on.
package main

import (
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
	compiled, err := r.CompileModule(ctx, plugin)
	if err != nil {
		return err
	}

	// #region key
	pipe, _ := io.Pipe()
	osPipe, feed, err := os.Pipe()
	if err != nil {
		return err
	}
	defer osPipe.Close()
	defer feed.Close()
	file, err := os.Open(args[0])
	if err != nil {
		return err
	}
	defer file.Close()
	device, err := os.Open(os.DevNull)
	if err != nil {
		return err
	}
	defer device.Close()

	for _, stdin := range []struct {
		name   string
		reader io.Reader
	}{
		{"nothing", nil},
		{"a bytes.Buffer", &bytes.Buffer{}},
		{"an io.Pipe", pipe},
		{"an os.Pipe", osPipe},
		{"a file", file},
		{"os.Stdin, wrapped", struct{ io.Reader }{os.Stdin}},
		{"a character device", device},
		{"the same, wrapped", struct{ io.Reader }{device}},
	} {
		fmt.Printf("%s: ", stdin.name)
		config := wazero.NewModuleConfig().
			WithArgs(args...).
			WithStdin(stdin.reader).
			WithStdout(struct{ io.Writer }{os.Stdout})
		_, err := r.InstantiateModule(ctx, compiled, config)
		if err != nil {
			return err
		}
	}
	// #endregion key
	return nil
}
