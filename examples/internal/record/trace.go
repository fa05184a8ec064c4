//go:build unix

package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"

	"block-or-eof/examples/internal/example"
	"block-or-eof/examples/internal/recording"
	"block-or-eof/examples/internal/session"
	"block-or-eof/examples/internal/traced"
)

// recordTrace writes an example's trace.json.
func recordTrace(e *example.Example) error {
	wazero, err := wazeroVersion()
	if err != nil {
		return err
	}
	r := &recording.Recording{
		OS:      runtime.GOOS,
		Wazero:  wazero,
		Command: "npm run examples -- --trace",
		Plugins: map[string]recording.Session{},
	}
	for _, language := range e.Plugins {
		s, err := traceWith(e, language)
		if err != nil {
			return fmt.Errorf("%s plugin: %w", language, err)
		}
		r.Plugins[language] = *s
	}
	file := filepath.Join(e.Name, "trace.json")
	fmt.Println(file, "is recorded")
	return r.Write(file)
}

func traceWith(e *example.Example, language string) (*recording.Session, error) {
	ctx, cancel := context.WithTimeout(context.Background(), timeout)
	defer cancel()
	dir, err := os.MkdirTemp("", e.Name)
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	native, err := filepath.Abs(filepath.Join(".build", "native"))
	if err != nil {
		return nil, err
	}
	plugin, err := pluginFile(e, language)
	if err != nil {
		return nil, err
	}
	if err := session.Install(plugin, dir, e.Name); err != nil {
		return nil, err
	}
	file := filepath.Join(dir, "trace")
	if err := os.Setenv(traced.File, file); err != nil {
		return nil, err
	}
	host := filepath.Join(native, "traced", e.Name)
	steps, times, err := session.RecordTimes(ctx, e, []string{host}, dir)
	if err != nil {
		return nil, err
	}
	return recording.NewSession(file, steps, times, e.CutAfterLines > 0 || e.Timed)
}

// wazeroVersion is the version that go.mod pins, which this program has too.
func wazeroVersion() (string, error) {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return "", errors.New("expected a program built with modules")
	}
	for _, module := range info.Deps {
		if module.Path == "github.com/tetratelabs/wazero" {
			return module.Version, nil
		}
	}
	return "", errors.New("expected wazero among the modules, found none")
}
