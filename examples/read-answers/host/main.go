// The host answers each read of its plugin out of a script.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"

	"github.com/tetratelabs/wazero"
	wasi "github.com/tetratelabs/wazero/imports/wasi_snapshot_preview1"
	"github.com/tetratelabs/wazero/sys"
)

// #region script
var answers = []answer{
	{"Ada\n", nil},
	{"", io.EOF},
	{"Grace\n", nil}, // after an end
	{"Zoë", io.EOF},  // bytes and the end at once
	{"", io.EOF},
	{"", nil}, // neither bytes nor an error
	{"", fmt.Errorf("reading names: %w", io.EOF)},
	{"", &fs.PathError{Op: "read", Path: "names", Err: io.EOF}},
	{"", errors.New("the cable is cut")},
	{"lost", errors.New("the cable is cut")}, // bytes and an error
	{"", fs.ErrClosed},
	{"bye\n", nil},
}

// #endregion script

// #region key
// An answer is what one Read returns.
type answer struct {
	text string
	err  error
}

// A script gives one answer after the other.
type script []answer

func (s *script) Read(p []byte) (int, error) {
	next := (*s)[0]
	*s = (*s)[1:]
	fmt.Printf("host:   %q, %v\n", next.text, next.err)
	return copy(p, next.text), next.err
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
		WithStdin((*script)(&answers)).
		WithStdout(struct{ io.Writer }{os.Stdout}).
		WithStderr(struct{ io.Writer }{os.Stderr})
	_, err = r.InstantiateWithConfig(ctx, plugin, config)
	return err
}
