// The host looks at its own stdin before and after its plugin.
//
// For Unix: Windows has no such flag to look at.
//go:build unix

package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"syscall"

	"github.com/tetratelabs/wazero"
	wasi "github.com/tetratelabs/wazero/imports/wasi_snapshot_preview1"
)

// #region key
var ways = []struct {
	name  string
	stdin io.Reader
}{
	{"after struct{ io.Reader }{os.Stdin}", struct{ io.Reader }{os.Stdin}},
	{"after os.Stdin", os.Stdin},
}

// #endregion key

// show prints the flag of the host's stdin, which all who have it share.
func show(when string) {
	flags, _, _ := syscall.Syscall(syscall.SYS_FCNTL, 0, syscall.F_GETFL, 0)
	fmt.Printf("O_NONBLOCK %s: %t\n", when, flags&syscall.O_NONBLOCK != 0)
}

func main() {
	if err := run(context.Background(), os.Args[1:]); err != nil {
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
	show("at the start")
	for _, way := range ways {
		config := wazero.NewModuleConfig().
			WithArgs(args...).
			WithStdin(way.stdin)
		module, err := r.InstantiateModule(ctx, compiled, config)
		if err != nil {
			return err
		}
		module.Close(ctx)
		show(way.name)
	}
	_, err = os.Stdin.Read(make([]byte, 100))
	fmt.Println("The host reads its stdin:", err)

	// #region back
	err = syscall.SetNonblock(syscall.Stdin, false)
	show("after it was put back")
	// #endregion back
	return err
}
