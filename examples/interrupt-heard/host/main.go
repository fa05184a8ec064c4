// The host ends its plugin when Ctrl-C is pressed.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"time"

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
	r := wazero.NewRuntimeWithConfig(ctx,
		wazero.NewRuntimeConfig().WithCloseOnContextDone(true))
	defer r.Close(ctx)
	wasi.MustInstantiate(ctx, r)
	compiled, err := r.CompileModule(ctx, plugin)
	if err != nil {
		return err
	}

	// #region key
	ctx, stop := signal.NotifyContext(ctx, os.Interrupt)
	defer stop()

	stdin, feed := io.Pipe()
	go func() {
		_, err := io.Copy(feed, os.Stdin)
		feed.CloseWithError(err)
	}()
	free := context.AfterFunc(ctx, func() {
		stdin.CloseWithError(ctx.Err())
		stop() // a second Ctrl-C ends the process
	})
	defer free()
	// #endregion key

	config := wazero.NewModuleConfig().
		WithArgs(args...).
		WithStdin(stdin).
		WithStdout(struct{ io.Writer }{os.Stdout})
	self, err := os.FindProcess(os.Getpid())
	if err != nil {
		return err
	}
	time.AfterFunc(time.Second, func() { // as if you pressed Ctrl-C
		self.Signal(os.Interrupt)
	})
	_, err = r.InstantiateModule(ctx, compiled, config)
	stdin.Close()
	if ctx.Err() != nil {
		fmt.Println("Ctrl-C was pressed, and the plugin has ended.")
		return nil
	}
	return err
}
