// Pagehost runs the page's build of the hosts on this machine. It stands in for
// the page: wazero gives the hosts their WASI world, and the plugin that they
// run is a wasm program inside a wasm program.
//
// It runs in the folder that holds the plugin.
//
// Usage: pagehost hosts.wasm example [example.wasm]
//
// With the variable PAGEHOST_TRACE=file it writes the calls of the plugin, as
// they reach the page, into the file.
package main

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"os"
	"path/filepath"

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
		fmt.Fprintln(os.Stderr, "pagehost:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, args []string) error {
	if len(args) < 2 {
		return errors.New("usage: pagehost hosts.wasm example [example.wasm]")
	}
	hosts, err := os.ReadFile(args[0])
	if err != nil {
		return err
	}
	// Compiling the hosts takes long; the program lies in .build.
	program, err := os.Executable()
	if err != nil {
		return err
	}
	cache, err := wazero.NewCompilationCacheWithDir(
		filepath.Join(filepath.Dir(program), "cache"))
	if err != nil {
		return err
	}
	defer cache.Close(ctx)
	r := wazero.NewRuntimeWithConfig(ctx,
		wazero.NewRuntimeConfig().WithCompilationCache(cache))
	defer r.Close(ctx)
	wasi.MustInstantiate(ctx, r)
	trace, err := newTrace(os.Getenv("PAGEHOST_TRACE"))
	if err != nil {
		return err
	}
	defer trace.Close()
	if err := trace.export(ctx, r); err != nil {
		return err
	}

	_, err = r.InstantiateWithConfig(ctx, hosts, wazero.NewModuleConfig().
		WithArgs(args[1:]...).
		WithStdin(os.Stdin).
		WithStdout(os.Stdout).
		WithStderr(os.Stderr).
		WithFSConfig(wazero.NewFSConfig().WithDirMount(".", "/")).
		WithRandSource(rand.Reader).
		WithSysWalltime().
		WithSysNanotime().
		WithSysNanosleep())
	return err
}
