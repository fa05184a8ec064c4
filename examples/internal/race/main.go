// Race is a host that uses its plugin's buffer while the plugin runs: the
// argument says which. What Go's race detector says to that is in race_test.go.
package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
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
	if len(args) != 2 || args[0] != "stdin" && args[0] != "stdout" {
		return errors.New("usage: race stdin|stdout plugin.wasm")
	}
	plugin, err := os.ReadFile(args[1])
	if err != nil {
		return err
	}
	r := wazero.NewRuntime(ctx)
	defer r.Close(ctx)
	wasi.MustInstantiate(ctx, r)

	var stdin, stdout bytes.Buffer
	config := wazero.NewModuleConfig().WithStdin(&stdin).WithStdout(&stdout)
	done := make(chan error, 1)
	go func() {
		_, err := r.InstantiateWithConfig(ctx, plugin, config)
		done <- err
	}()
	if args[0] == "stdin" {
		stdin.WriteString("Ada\n")
	} else {
		stdout.Len()
	}
	return <-done
}
