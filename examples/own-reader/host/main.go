// The host gives its plugin a stdin of its own: lines from a channel.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"time"

	"github.com/tetratelabs/wazero"
	experimentalsys "github.com/tetratelabs/wazero/experimental/sys"
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
	compiled, err := r.CompileModule(ctx, plugin)
	if err != nil {
		return err
	}

	// #region key
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	lines := make(chan string)
	go func() {
		time.Sleep(time.Second)
		fmt.Println("host:   sends a line")
		lines <- "Ada"
		time.Sleep(time.Second)
		fmt.Println("host:   gives up")
		cancel()
	}()
	config := wazero.NewModuleConfig().
		WithArgs(args...).
		WithStdin(&lineReader{ctx: ctx, lines: lines}).
		WithStdout(struct{ io.Writer }{os.Stdout})
	_, err = r.InstantiateModule(ctx, compiled, config)
	// #endregion key
	return err
}

// #region reader

// lineReader is a stdin for one plugin. It waits for the next line, until the
// channel is closed or the context is over.
type lineReader struct {
	ctx   context.Context
	lines <-chan string
	rest  []byte // of the last line
	err   error  // why there is no more
}

// await returns false if the time is up before there is something to say.
func (l *lineReader) await(timeout <-chan time.Time) bool {
	if l.err == nil {
		l.err = l.ctx.Err()
	}
	if len(l.rest) > 0 || l.err != nil {
		return true
	}
	select {
	case line, ok := <-l.lines:
		if !ok {
			l.err = io.EOF
			return true
		}
		l.rest = append([]byte(line), '\n')
	case <-l.ctx.Done():
		l.err = l.ctx.Err()
	case <-timeout:
		return false
	}
	return true
}

// Read implements io.Reader. It never returns 0, nil: that would say EOF.
func (l *lineReader) Read(p []byte) (int, error) {
	l.await(nil) // nil: for as long as it takes
	if len(l.rest) == 0 {
		return 0, l.err
	}
	n := copy(p, l.rest)
	l.rest = l.rest[n:]
	return n, nil
}

// #endregion reader

// #region poll

// Poll implements sys.Pollable of wazero: without it, a plugin that asks
// whether it can read hears "ready", always.
func (l *lineReader) Poll(
	_ experimentalsys.Pflag, timeoutMillis int32,
) (ready bool, errno experimentalsys.Errno) {
	var timeout <-chan time.Time
	if timeoutMillis >= 0 {
		timeout = time.After(time.Duration(timeoutMillis) * time.Millisecond)
	}
	return l.await(timeout), 0
}

// #endregion poll
