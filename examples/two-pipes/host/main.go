// The host talks with its plugin over two pipes, one for each direction.
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

	// #region key
	stdin, requests := io.Pipe()
	answers, stdout := io.Pipe()
	config := wazero.NewModuleConfig().
		WithArgs(args...).
		WithStdin(stdin).
		WithStdout(stdout).
		// Wrapped: or a Go plugin makes your terminal non-blocking.
		WithStderr(struct{ io.Writer }{os.Stderr})
	// #endregion key

	// #region plugin
	done := make(chan error, 1)
	go func() {
		_, err := r.InstantiateWithConfig(ctx, plugin, config)
		stdin.Close()  // nobody reads requests any more
		stdout.Close() // nobody writes answers any more
		done <- err
	}()
	// #endregion plugin

	// #region talk
	fmt.Println("Type a name.")
	names := bufio.NewScanner(os.Stdin)
	lines := bufio.NewReader(answers)
	for names.Scan() {
		if _, err := fmt.Fprintln(requests, names.Text()); err != nil {
			break // the plugin has gone
		}
		line, err := lines.ReadString('\n')
		if err != nil {
			break
		}
		fmt.Printf("The plugin answers: %s", line)
	}
	requests.Close() // the plugin reads EOF
	if _, err := io.Copy(os.Stdout, lines); err != nil {
		return err
	}
	// #endregion talk
	if err := <-done; err != nil {
		return err
	}
	return names.Err()
}
