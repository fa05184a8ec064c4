// The host starts itself, as a program that writes much after its plugin, and
// is slow to read that.
//
// For Unix: Windows has no such flag.
//go:build unix

package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
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
	var stdout io.Writer = os.Stdout // not wrapped: to show what it does
	if args[1] == "os.Stdout, wrapped" {
		stdout = struct{ io.Writer }{os.Stdout}
	}
	config := wazero.NewModuleConfig().
		WithArgs(args[0]).
		WithStdout(stdout).
		WithStderr(struct{ io.Writer }{os.Stderr})
	_, err = r.InstantiateModule(ctx, compiled, config)
	if err != nil {
		return err
	}
	n, err := os.Stdout.Write(make([]byte, 200_000))
	// #endregion key
	fmt.Fprintln(os.Stderr, args[1], "after the plugin:", n, "bytes,", err)
	return nil
}

// startEach runs this program once for each way. It takes one byte, and the
// others a second later.
func startEach(plugin string) error {
	for _, way := range []string{"os.Stdout, wrapped", "os.Stdout"} {
		host := exec.Command(os.Args[0], plugin, way)
		host.Stderr = os.Stderr
		output, err := host.StdoutPipe()
		if err != nil {
			return err
		}
		if err := host.Start(); err != nil {
			return err
		}
		if _, err := output.Read(make([]byte, 1)); err != nil {
			return err
		}
		time.Sleep(time.Second)
		n, err := io.Copy(io.Discard, output)
		if err != nil {
			return err
		}
		if err := host.Wait(); err != nil {
			return err
		}
		fmt.Println("read:", n+1, "bytes")
	}
	return nil
}
