// The host is slow to read what its plugin writes, and measures its CPU time.
//
// For Unix: Windows counts CPU time with another call.
//go:build unix

package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"syscall"
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
	compiled, err := r.CompileModule(ctx, plugin)
	if err != nil {
		return err
	}

	for _, way := range ways {
		output, stdout, err := os.Pipe()
		if err != nil {
			return err
		}
		config := wazero.NewModuleConfig().
			WithArgs(args...).
			WithStdout(way.stdout(stdout)).
			WithStderr(struct{ io.Writer }{os.Stderr})
		done := make(chan error, 1)
		go func() {
			_, err := r.InstantiateModule(ctx, compiled, config)
			stdout.Close()
			done <- err
		}()

		// #region key
		if _, err := output.Read(make([]byte, 1)); err != nil {
			return err
		}
		// It writes: 200,000 bytes, for which the pipe has no room.
		before := cpuTime()
		time.Sleep(time.Second)
		isBusy := cpuTime()-before > 50*time.Millisecond
		n, err := io.Copy(io.Discard, output)
		if err != nil {
			return err
		}
		fmt.Printf("%s: %d bytes\n", way.name, n+1)
		fmt.Println("  while it waited, a core was busy:", isBusy)
		// #endregion key
		if err := <-done; err != nil {
			return err
		}
	}
	return nil
}

// #region ways
var ways = []struct {
	name   string
	stdout func(*os.File) io.Writer
}{
	{"stdout as it is", func(f *os.File) io.Writer { return f }},
	{"stdout, wrapped", func(f *os.File) io.Writer {
		return struct{ io.Writer }{f}
	}},
}

// #endregion ways

// cpuTime is what this process has used until now.
func cpuTime() time.Duration {
	var used syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &used); err != nil {
		panic(err)
	}
	return time.Duration(used.Utime.Nano() + used.Stime.Nano())
}
