// The host starts a goroutine in its plugin, and looks at it later.
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

	config := wazero.NewModuleConfig().
		WithArgs(args...).
		WithStartFunctions("_initialize").
		WithStdout(struct{ io.Writer }{os.Stdout}).
		WithStderr(struct{ io.Writer }{os.Stderr}).
		WithSysNanosleep(). // the plugin sleeps in real time
		WithSysNanotime()
	module, err := r.InstantiateWithConfig(ctx, plugin, config)
	if err != nil {
		return err
	}
	// #region key
	for _, step := range []struct {
		function string
		pause    time.Duration // before the call
	}{
		{"start", 0},
		{"count", time.Second},
		{"count", time.Second},
		{"work", 0},
	} {
		time.Sleep(step.pause)
		_, err := module.ExportedFunction(step.function).Call(ctx)
		if err != nil {
			return err
		}
	}
	// #endregion key
	return nil
}
