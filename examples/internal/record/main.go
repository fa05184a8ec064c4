//go:build unix

// Record runs each example's host natively with each of its plugins, does what
// a reader does, and writes transcript.txt. All plugins of an example must give
// the same session.
//
// It runs in the folder examples, after make has built .build/native.
//
// With -trace it writes trace.json instead: the calls of each plugin, timed.
//
// Usage: record [-trace] [example…]
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"time"

	"block-or-eof/examples/internal/example"
	"block-or-eof/examples/internal/manifest"
	"block-or-eof/examples/internal/session"
	"block-or-eof/examples/internal/transcript"
)

// timeout is for one session.
const timeout = 2 * time.Minute

func main() {
	traces := flag.Bool("trace", false, "record trace.json, not transcript.txt")
	flag.Parse()
	write := record
	if *traces {
		write = recordTrace
	}
	if err := run(flag.Args(), write); err != nil {
		fmt.Fprintln(os.Stderr, "record:", err)
		os.Exit(1)
	}
}

func run(names []string, write func(*example.Example) error) error {
	examples, err := example.List(".")
	if err != nil {
		return err
	}
	for _, name := range names {
		if !slices.ContainsFunc(examples, func(e *example.Example) bool {
			return e.Name == name
		}) {
			return fmt.Errorf("unknown example %q", name)
		}
	}
	for _, e := range examples {
		if len(names) > 0 && !slices.Contains(names, e.Name) {
			continue
		}
		if err := write(e); err != nil {
			return fmt.Errorf("%s: %w", e.Name, err)
		}
	}
	return nil
}

// pluginFile is the plugin as make built it at home, or as it is published: one
// in C or Rust is built only if its source has changed since.
func pluginFile(e *example.Example, language string) (string, error) {
	if language == "go" {
		return filepath.Join(".build", "native", e.Name+".go.wasm"), nil
	}
	name := e.Name + "." + language
	folder := filepath.Join("..", "public", "wasm")
	published, err := manifest.Read(folder)
	if err != nil {
		return "", err
	}
	sources, err := manifest.Sources(".")
	if err != nil {
		return "", err
	}
	now, err := manifest.HashFiles(".", sources[name])
	if err != nil {
		return "", err
	}
	if artefact := published.Artefacts[name]; artefact.Sources == now {
		return filepath.Join(folder, artefact.File), nil
	}
	return filepath.Join(".build", "wasm", name+".wasm"), nil
}

func record(e *example.Example) error {
	var first string
	for _, language := range e.Plugins {
		text, err := recordWith(e, language)
		if err != nil {
			return fmt.Errorf("%s plugin: %w", language, err)
		}
		if first == "" {
			first = text
		}
		if text != first {
			return fmt.Errorf("expected the same session with each plugin\n"+
				"%s:\n%s\n%s:\n%s", e.Plugins[0], first, language, text)
		}
	}
	file := filepath.Join(e.Name, "transcript.txt")
	old, err := os.ReadFile(file)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		fmt.Println(file, "is new")
	case err != nil:
		return err
	case string(old) == first:
		fmt.Println(file, "is unchanged")
		return nil
	default:
		fmt.Println(file, "has changed")
	}
	return os.WriteFile(file, []byte(first), 0o644)
}

func recordWith(e *example.Example, language string) (string, error) {
	ctx, cancel := context.WithTimeout(context.Background(), timeout)
	defer cancel()
	dir, err := os.MkdirTemp("", e.Name)
	if err != nil {
		return "", err
	}
	defer os.RemoveAll(dir)
	native, err := filepath.Abs(filepath.Join(".build", "native"))
	if err != nil {
		return "", err
	}
	plugin, err := pluginFile(e, language)
	if err != nil {
		return "", err
	}
	if err := session.Install(plugin, dir, e.Name); err != nil {
		return "", err
	}
	host := filepath.Join(native, "compiler", e.Name)
	steps, err := session.Record(ctx, e, []string{host}, dir)
	if err != nil {
		return "", err
	}
	if !session.ReportsDeadlock(steps) {
		return transcript.Format(steps)
	}
	host = filepath.Join(native, "cgo", e.Name)
	if _, err := os.Stat(host); err != nil {
		return "", fmt.Errorf("expected a C compiler, to see whether the host "+
			"reports its deadlock when it is linked with cgo: %w", err)
	}
	err = session.ReplayUnder(ctx, e, steps, []string{host}, dir,
		session.Conditions{Hangs: true})
	if err != nil {
		return "", fmt.Errorf("with cgo: %w", err)
	}
	return transcript.Format(steps, transcript.CgoHangs)
}
