// The host gives its plugin streams that are not there.
package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/tetratelabs/wazero"
	wasi "github.com/tetratelabs/wazero/imports/wasi_snapshot_preview1"
)

func main() {
	if err := run(context.Background(), os.Args[1:]); err != nil {
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
	closed, feed, err := os.Pipe()
	if err != nil {
		return err
	}
	feed.Close()
	closed.Close()
	var file *os.File
	var buffer *bytes.Buffer
	for _, way := range []struct {
		name  string
		stdin io.Reader
	}{
		{"nil", nil},
		{"an *os.File that is nil", file},
		{"an *os.File that is closed", closed},
		{"a *bytes.Buffer that is nil", buffer},
	} {
		fmt.Println(way.name)
		config := wazero.NewModuleConfig().
			WithArgs(args...).
			WithStdin(way.stdin).
			WithStdout(struct{ io.Writer }{os.Stdout})
		_, err := r.InstantiateModule(ctx, compiled, config)
		if err != nil {
			text, _, _ := strings.Cut(err.Error(), "\n") // a stack follows
			fmt.Println("  host:", text)
		}
	}
	// #endregion key
	return nil
}
