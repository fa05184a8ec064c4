// Asleep is a host that waits for ever: its plugin reads a pipe to which nobody
// writes. The argument says what else there is in the program. What Go says to
// that, and what it says to SIGQUIT, is in src/data/when-go-reports.json; see
// asleep_test.go.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"os/signal"
	"runtime"
	"runtime/debug"
	"syscall"
	"time"

	"github.com/tetratelabs/wazero"
	"github.com/tetratelabs/wazero/api"
	wasi "github.com/tetratelabs/wazero/imports/wasi_snapshot_preview1"
)

// besides is what a program can have besides its plugin.
var besides = map[string]func(ctx context.Context) error{
	"nothing":  func(context.Context) error { return nil },
	"signal":   func(context.Context) error { return notify(os.Interrupt) },
	"catches":  func(context.Context) error { return notify(syscall.SIGQUIT) },
	"listener": accept,
	"stdin":    readStdin,
	"timer":    setTimer,
	"computes": compute,
}

func main() {
	if err := run(context.Background(), os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(ctx context.Context, args []string) error {
	if len(args) != 1 || besides[args[0]] == nil {
		return errors.New("usage: asleep nothing|signal|catches|listener|" +
			"stdin|timer|computes")
	}
	if err := besides[args[0]](ctx); err != nil {
		return err
	}
	reader, writer := io.Pipe()
	defer writer.Close()
	config := wazero.NewModuleConfig().WithStdin(reader)
	return instantiate(ctx, reads, config,
		func(context.Context, api.Module) { fmt.Println("ready") })
}

// instantiate runs a plugin that calls ready before the one thing that it does.
func instantiate(
	ctx context.Context, plugin string, config wazero.ModuleConfig,
	ready func(context.Context, api.Module),
) error {
	r := wazero.NewRuntime(ctx)
	defer r.Close(ctx)
	if _, err := wasi.Instantiate(ctx, r); err != nil {
		return err
	}
	_, err := r.NewHostModuleBuilder("host").
		NewFunctionBuilder().WithFunc(ready).Export("ready").
		Instantiate(ctx)
	if err != nil {
		return err
	}
	_, err = r.InstantiateWithConfig(ctx, []byte(plugin), config)
	return err
}

func notify(s os.Signal) error {
	signals := make(chan os.Signal, 1)
	signal.Notify(signals, s)
	go func() {
		for range signals {
			fmt.Println("caught")
		}
	}()
	return nil
}

func accept(context.Context) error {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	go listener.Accept()
	return nil
}

func readStdin(context.Context) error {
	go os.Stdin.Read(make([]byte, 1))
	return nil
}

// setTimer takes one that is far away: a timer of a minute would only make the
// report come a minute later.
func setTimer(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, 24*time.Hour)
	context.AfterFunc(ctx, cancel)
	return nil
}

// compute returns when its plugin is in code that wazero has compiled. It does
// not leave that any more.
func compute(ctx context.Context) error {
	// A collection would wait for that code, and everything for the collection.
	debug.SetGCPercent(-1)
	memory := make(chan []byte)
	go instantiate(ctx, computes, wazero.NewModuleConfig(),
		func(_ context.Context, plugin api.Module) {
			first, _ := plugin.Memory().Read(0, 1)
			memory <- first
		})
	for first := <-memory; first[0] == 0; {
		runtime.Gosched()
	}
	return nil
}
