// The host's reader says EOF once, and then has a line after all.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/tetratelabs/wazero"
	wasi "github.com/tetratelabs/wazero/imports/wasi_snapshot_preview1"
	"github.com/tetratelabs/wazero/sys"
)

// #region key
// Late is empty when it is asked first, and filled when it is asked again.
type late struct{ asked int }

func (l *late) Read(p []byte) (int, error) {
	l.asked++
	if l.asked == 2 {
		fmt.Println("host:   a line")
		return copy(p, "Ada\n"), nil
	}
	fmt.Println("host:   EOF")
	return 0, io.EOF
}

// #endregion key

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
		WithStdin(&late{}).
		WithStdout(struct{ io.Writer }{os.Stdout}).
		WithStderr(struct{ io.Writer }{os.Stderr})
	_, err = r.InstantiateWithConfig(ctx, plugin, config)
	return err
}
