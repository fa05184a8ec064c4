// The host shows each piece of its plugin's output as it comes.
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

	pieces := make(chan string)
	go func() {
		defer close(pieces)
		buffer := make([]byte, 1024)
		for {
			n, err := answers.Read(buffer)
			if err != nil {
				return
			}
			pieces <- string(buffer[:n])
		}
	}()
	// #region key
	fmt.Printf("The host has %q.\n", <-pieces)
	select {
	case piece := <-pieces:
		fmt.Printf("The host has %q.\n", piece)
	case <-time.After(time.Second):
		fmt.Println("No prompt for a second. The host sends a name.")
	}
	fmt.Fprintln(requests, "Ada")
	for piece := range pieces {
		fmt.Printf("The host has %q.\n", piece)
	}
	// #endregion key
	return <-done
}
