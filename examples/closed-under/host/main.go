// The host closes its plugin's stdout while the plugin still has it.
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
	compiled, err := r.CompileModule(ctx, plugin)
	if err != nil {
		return err
	}

	output, stdout, err := os.Pipe()
	if err != nil {
		return err
	}
	stdin, feed := io.Pipe()
	config := wazero.NewModuleConfig().
		WithArgs(args...).
		WithStdin(stdin).
		WithStdout(stdout). // not wrapped: that is the point here
		WithStderr(struct{ io.Writer }{os.Stderr})
	done := make(chan error, 1)
	go func() {
		_, err := r.InstantiateModule(ctx, compiled, config)
		stdin.Close()
		done <- err
	}()

	// #region key
	line, err := bufio.NewReader(output).ReadString('\n')
	if err != nil {
		return err
	}
	fmt.Print("The pipe has: ", line)
	stdout.Close()                           // the plugin has not ended
	diary, err := os.CreateTemp("", "diary") // gets the number that is free
	if err != nil {
		return err
	}
	defer os.Remove(diary.Name())

	fmt.Fprintln(feed, "Go on.")
	feed.Close()
	if err := <-done; err != nil {
		return err
	}
	content, err := os.ReadFile(diary.Name())
	fmt.Print("The diary has: ", string(content))
	// #endregion key
	return err
}
