// The host waits a second for an answer, and then closes stdin.
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

	in := bufio.NewReader(answers)
	line, err := in.ReadString('\n')
	if err != nil {
		return err
	}
	fmt.Printf("The plugin says: %s", line)
	// #region key
	fmt.Println("The host sends a name.")
	fmt.Fprintln(requests, "Ada")
	lines := make(chan string)
	go func() {
		line, _ := in.ReadString('\n')
		lines <- line
	}()
	select {
	case line := <-lines:
		fmt.Printf("The plugin answers: %s", line)
	case <-time.After(time.Second):
		fmt.Println("No answer for a second. The host closes stdin.")
		requests.Close()
		fmt.Printf("The plugin answers: %s", <-lines)
	}
	// #endregion key
	requests.Close()
	if _, err := io.Copy(os.Stdout, in); err != nil { // to the very end
		return err
	}
	return <-done
}
