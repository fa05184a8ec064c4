// The host feeds its plugin through an os.Pipe, when the plugin has said that
// there is nothing yet.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"sync"

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
	stdin, feed, err := os.Pipe()
	if err != nil {
		return err
	}
	stdout := &heard{Writer: os.Stdout, first: make(chan struct{})}
	go func() {
		<-stdout.first
		fmt.Println("host:   sends a line")
		fmt.Fprintln(feed, "Ada")
	}()
	config := wazero.NewModuleConfig().
		WithArgs(args...).
		WithStdin(stdin).
		WithStdout(stdout).
		WithSysNanosleep().
		WithSysNanotime()
	_, err = r.InstantiateModule(ctx, compiled, config)
	return err
	// #endregion key
}

// heard is a stdout that tells when something has been written to it.
type heard struct {
	io.Writer
	once  sync.Once
	first chan struct{}
}

func (h *heard) Write(p []byte) (int, error) {
	n, err := h.Writer.Write(p)
	h.once.Do(func() { close(h.first) })
	return n, err
}
