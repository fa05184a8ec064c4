package main

import (
	"context"
	_ "embed"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/tetratelabs/wazero"
	"github.com/tetratelabs/wazero/api"
	wasi "github.com/tetratelabs/wazero/imports/wasi_snapshot_preview1"
)

// waits is a cell of a call that had not returned after a while.
const waits = "waits"

const (
	// A call that is expected to wait gets so long to show that it does not.
	shortPatience = 400 * time.Millisecond
	// While recording, nothing is expected.
	recordPatience = 1500 * time.Millisecond
	// A call that is expected to return gets so long, on a busy machine.
	longPatience = 60 * time.Second
)

// The Go plugin is too large to be in here.
var (
	//go:embed plugins/probe.wasm
	probeWasm []byte
	//go:embed plugins/words-c.wasm
	wordsC []byte
	//go:embed plugins/words-rust.wasm
	wordsRust []byte
)

// A lab is one engine of wazero, with the plugins compiled.
type lab struct {
	ctx     context.Context
	runtime wazero.Runtime
	probe   wazero.CompiledModule
	words   []wordsPlugin
	// expected is nothing while recording.
	expected *table
}

// A wordsPlugin tells what a language says of an error.
type wordsPlugin struct {
	language string
	compiled wazero.CompiledModule
}

func newLab(ctx context.Context, config wazero.RuntimeConfig, goPlugin []byte,
	expected *table) (*lab, error) {
	l := &lab{ctx: ctx, runtime: wazero.NewRuntimeWithConfig(ctx, config),
		expected: expected}
	wasi.MustInstantiate(ctx, l.runtime)
	var err error
	if l.probe, err = l.runtime.CompileModule(ctx, probeWasm); err != nil {
		return nil, err
	}
	for _, one := range []struct {
		language string
		wasm     []byte
	}{{"go", goPlugin}, {"c", wordsC}, {"rust", wordsRust}} {
		compiled, err := l.runtime.CompileModule(ctx, one.wasm)
		if err != nil {
			return nil, err
		}
		l.words = append(l.words, wordsPlugin{one.language, compiled})
	}
	return l, nil
}

func (l *lab) close() { l.runtime.Close(l.ctx) }

// patience is for a call whose cell was this the last time.
func (l *lab) patience(expected string) time.Duration {
	switch {
	case l.expected == nil:
		return recordPatience
	case strings.HasSuffix(expected, waits):
		return shortPatience
	}
	return longPatience
}

// config has real clocks; without them, time stands still for a plugin.
func config(stdin io.Reader, stdout io.Writer) wazero.ModuleConfig {
	return wazero.NewModuleConfig().
		WithName("").
		WithStartFunctions("_initialize").
		WithStdin(stdin).
		WithStdout(stdout).
		WithSysWalltime().
		WithSysNanotime().
		WithSysNanosleep()
}

// A call is one on its way.
type call struct {
	done chan string
	// old is what await gave, if it gave anything.
	old string
}

// start calls a function of the probe and does not wait for it.
func (l *lab) start(plugin api.Module, text func(int64) string, name string,
	args ...uint64) *call {
	c := &call{done: make(chan string, 1)}
	go func() {
		results, err := plugin.ExportedFunction(name).Call(l.ctx, args...)
		if err != nil {
			c.done <- failure(err)
			return
		}
		c.done <- text(int64(results[0]))
	}()
	return c
}

// await gives the call's text, or "waits".
func (c *call) await(patience time.Duration) string {
	if c.old != "" {
		return c.old
	}
	timer := time.NewTimer(patience)
	defer timer.Stop()
	select {
	case text := <-c.done:
		c.old = text
		return text
	case <-timer.C:
		return waits
	}
}

// failure is the first line of an error, without the stack of the plugin.
func failure(err error) string {
	line, _, _ := strings.Cut(err.Error(), "\n")
	return fmt.Sprintf("the call fails: %s", strings.TrimSpace(line))
}
