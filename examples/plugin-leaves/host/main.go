// The host sends names until its plugin has gone, and then asks why.
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
	lines := bufio.NewReader(answers)
	for {
		if _, err := fmt.Fprintln(requests, "Ada"); err != nil {
			fmt.Println("The write fails:", err)
			break
		}
		line, err := lines.ReadString('\n')
		if err != nil {
			fmt.Println("The read fails:", err)
			break
		}
		fmt.Printf("The plugin answers: %s", line)
	}
	fmt.Println("The plugin has ended:", <-done)
	// #endregion key
	return nil
}
