// The host reads messages with a length, from a plugin that logs.
package main

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/tetratelabs/wazero"
	wasi "github.com/tetratelabs/wazero/imports/wasi_snapshot_preview1"
	"github.com/tetratelabs/wazero/sys"
)

// A message is its length, in four bytes, and then its bytes.
func receive(r io.Reader) (string, error) {
	var size [4]byte
	if _, err := io.ReadFull(r, size[:]); err != nil {
		return "", err
	}
	length := binary.LittleEndian.Uint32(size[:])
	if length > 1<<20 {
		return "", fmt.Errorf("expected at most 1 MiB, found %d (%q)",
			length, size)
	}
	message := make([]byte, length)
	_, err := io.ReadFull(r, message)
	return string(message), err
}

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

	// #region key
	for _, log := range []string{"stdout", "stderr"} {
		fmt.Printf("The plugin logs to %s:\n", log)
		var stdout bytes.Buffer
		config := wazero.NewModuleConfig().
			WithArgs(args[0], log).
			WithStdout(&stdout).
			WithStderr(struct{ io.Writer }{os.Stderr})
		_, err := r.InstantiateModule(ctx, compiled, config)
		if err != nil {
			return err
		}
		message, err := receive(&stdout)
		fmt.Printf("  message %q, error: %v\n", message, err)
	}
	// #endregion key
	return nil
}
