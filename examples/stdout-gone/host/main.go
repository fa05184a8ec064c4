// The host starts itself, as a program whose stdout nobody reads any more, and
// says how that one ended.
//
// For Unix: Windows has no SIGPIPE.
//go:build unix

package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"os/signal"
	"syscall"

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
	if len(args) == 1 {
		return startEach(args[0])
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

	// #region key
	var stdout io.Writer
	switch args[1] {
	case "os.Stdout":
		stdout = os.Stdout
	case "os.Stdout, wrapped":
		stdout = struct{ io.Writer }{os.Stdout}
	case "os.Stdout, wrapped, and SIGPIPE ignored":
		signal.Ignore(syscall.SIGPIPE)
		stdout = struct{ io.Writer }{os.Stdout}
	}
	config := wazero.NewModuleConfig().
		WithArgs(args[0]).
		WithStdout(stdout).
		WithStderr(struct{ io.Writer }{os.Stderr})
	_, err = r.InstantiateModule(ctx, compiled, config)
	// #endregion key
	fmt.Fprintln(os.Stderr, "the host lives:", err)
	return err
}

// startEach runs this program once for each way, with a broken pipe as stdout.
func startEach(plugin string) error {
	for _, way := range []string{
		"os.Stdout",
		"os.Stdout, wrapped",
		"os.Stdout, wrapped, and SIGPIPE ignored",
	} {
		output, stdout, err := os.Pipe()
		if err != nil {
			return err
		}
		output.Close() // as head does when it has seen enough
		host := exec.Command(os.Args[0], plugin, way)
		host.Stdout, host.Stderr = stdout, os.Stderr
		err = host.Run()
		stdout.Close()
		fmt.Printf("%s: %v\n", way, err)
	}
	return nil
}
