// The host's stdin comes in four pieces, which no read of a line would give.
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

// A script gives one piece after the other, and then the end.
type script []string

func (s *script) Read(p []byte) (int, error) {
	if len(*s) == 0 {
		fmt.Println("host:   EOF")
		return 0, io.EOF
	}
	next := (*s)[0]
	*s = (*s)[1:]
	fmt.Printf("host:   %+q\n", next)
	return copy(p, next), nil
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

	// #region key
	pieces := script{
		"Zo\xc3", "\xab\n", // half of an ë, and the other half
		"Ada\r\n", // a line as Windows ends it
		"\x04",    // the byte that Ctrl-D stands for
	}
	// #endregion key
	config := wazero.NewModuleConfig().
		WithArgs(args...).
		WithStdin(&pieces).
		WithStdout(struct{ io.Writer }{os.Stdout}).
		WithStderr(struct{ io.Writer }{os.Stderr})
	_, err = r.InstantiateWithConfig(ctx, plugin, config)
	return err
}
