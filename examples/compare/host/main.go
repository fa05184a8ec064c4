// The host runs a plugin with its stdin wired in the way that the first
// argument names. Stdout and stderr are files with os.Stdin, and plain Go
// writers otherwise.
package main

import (
	"bytes"
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
	if len(args) < 2 {
		return errors.New(
			"usage: host os.Stdin|io.Pipe|nil|bytes.Reader plugin.wasm")
	}
	plugin, err := os.ReadFile(args[1])
	if err != nil {
		return err
	}
	runtime := wazero.NewRuntimeConfig()
	if dir := os.Getenv("COMPILED"); dir != "" {
		// Who runs a plugin often has it compiled once.
		cache, err := wazero.NewCompilationCacheWithDir(dir)
		if err != nil {
			return err
		}
		defer cache.Close(ctx)
		runtime = runtime.WithCompilationCache(cache)
	}
	r := wazero.NewRuntimeWithConfig(ctx, runtime)
	defer r.Close(ctx)
	wasi.MustInstantiate(ctx, r)

	// Without these three, time stands still for a plugin, and sleeping takes
	// none.
	config := wazero.NewModuleConfig().
		WithArgs(args[1:]...).
		WithSysWalltime().
		WithSysNanotime().
		WithSysNanosleep()

	switch wiring := args[0]; wiring {
	case "os.Stdin":
		config = config.
			WithStdin(os.Stdin).
			WithStdout(os.Stdout).
			WithStderr(os.Stderr)
		_, err = r.InstantiateWithConfig(ctx, plugin, config)
		return err
	case "io.Pipe":
		stdin, feed := io.Pipe()
		defer stdin.Close()
		go func() {
			_, err := io.Copy(feed, os.Stdin)
			feed.CloseWithError(err)
		}()
		config = config.WithStdin(stdin)
	case "bytes.Reader":
		content, err := io.ReadAll(os.Stdin)
		if err != nil {
			return err
		}
		config = config.WithStdin(bytes.NewReader(content))
	case "nil":
	default:
		return fmt.Errorf("expected a wiring, found %q", wiring)
	}

	// In the struct it is a writer and no more: wazero does not see the file.
	config = config.
		WithStdout(struct{ io.Writer }{os.Stdout}).
		WithStderr(struct{ io.Writer }{os.Stderr})
	done := make(chan error, 1)
	go func() {
		_, err := r.InstantiateWithConfig(ctx, plugin, config)
		done <- err
	}()
	return <-done
}
