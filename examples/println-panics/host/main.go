// The host reads one line of its plugin's output, and then no more.
package main

import (
	"bufio"
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

	lines, stdout := io.Pipe()
	config := wazero.NewModuleConfig().
		WithArgs(args...).
		WithStdout(stdout).
		WithStderr(struct{ io.Writer }{os.Stderr})
	done := make(chan error, 1)
	go func() {
		_, err := r.InstantiateWithConfig(ctx, plugin, config)
		stdout.Close()
		done <- err
	}()

	// #region key
	line, err := bufio.NewReader(lines).ReadString('\n')
	if err != nil {
		return err
	}
	fmt.Printf("The host has: %s", line)
	lines.Close() // it has seen enough
	// #endregion key
	err = <-done
	// The lines that follow name functions of the plugin, by number.
	reason, _, _ := strings.Cut(fmt.Sprint(err), "\n")
	fmt.Println("The plugin has ended:", reason)
	return nil
}
