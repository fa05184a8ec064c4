// The host gives its plugin one second to answer, and then closes the pipes.
package main

import (
	"bufio"
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
	r := wazero.NewRuntimeWithConfig(ctx,
		wazero.NewRuntimeConfig().WithCloseOnContextDone(true))
	defer r.Close(ctx)
	wasi.MustInstantiate(ctx, r)
	compiled, err := r.CompileModule(ctx, plugin)
	if err != nil {
		return err
	}

	// #region key
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()

	stdin, requests := io.Pipe()
	answers, stdout := io.Pipe()
	stop := context.AfterFunc(ctx, func() {
		stdin.CloseWithError(ctx.Err())
		stdout.CloseWithError(ctx.Err())
	})
	defer stop()
	// #endregion key

	config := wazero.NewModuleConfig().
		WithArgs(args...).
		WithStdin(stdin).
		WithStdout(stdout).
		// Wrapped: or a Go plugin makes your terminal non-blocking.
		WithStderr(struct{ io.Writer }{os.Stderr})
	done := make(chan error, 1)
	go func() {
		_, err := r.InstantiateModule(ctx, compiled, config)
		stdin.Close()
		stdout.Close()
		done <- err
	}()

	// #region talk
	fmt.Println("The host sends a name, and waits for the answer.")
	_, err = fmt.Fprintln(requests, "Ada")
	if err == nil {
		var line string
		line, err = bufio.NewReader(answers).ReadString('\n')
		fmt.Print(line)
	}
	if err != nil {
		fmt.Println("No answer:", err)
	}
	requests.Close()
	err = <-done
	if ctx.Err() != nil {
		return fmt.Errorf("the plugin was stopped: %w", ctx.Err())
	}
	return err
	// #endregion talk
}
