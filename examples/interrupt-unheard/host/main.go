// The host turns Ctrl-C into the end of its context.
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

	// #region cause
	config := wazero.NewModuleConfig().
		WithArgs(args...).
		WithStdin(struct{ io.Reader }{os.Stdin}).
		WithStdout(struct{ io.Writer }{os.Stdout})
	// #endregion cause
	done := make(chan error, 1)
	go func() {
		_, err := r.InstantiateModule(ctx, compiled, config)
		done <- err
	}()
	// #endregion key

	self, err := os.FindProcess(os.Getpid())
	if err != nil {
		return err
	}
	time.AfterFunc(time.Second, func() { // as if you pressed Ctrl-C
		self.Signal(os.Interrupt)
	})
	<-ctx.Done()
	fmt.Println("Ctrl-C was pressed:", ctx.Err())
	select {
	case err = <-done:
	case <-time.After(time.Second):
		fmt.Println("A second later, the plugin still waits.")
		err = <-done
	}
	fmt.Println("The plugin has ended:", err)
	return nil
}
