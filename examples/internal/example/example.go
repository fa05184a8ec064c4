// Package example reads the folders that each hold one example.
package example

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"block-or-eof/examples/internal/transcript"
)

// Example is one example, as its example.json describes it.
type Example struct {
	// Name is the name of the folder.
	Name string
	// Title heads the example on a page.
	Title string
	// Summary is one sentence.
	Summary string
	// Plugins are the languages the plugin is written in: "go", "c", "rust".
	Plugins []string
	// Acts are what a reader does in the recorded session.
	Acts []transcript.Step
	// CutAfterLines is the number of lines after which the recording of a
	// program that never waits is cut. 0: it is not cut.
	CutAfterLines int
	// ByStream says that the order between stdout and stderr is not fixed.
	ByStream bool
	// RunsIn says where the example can run: "native", "page".
	RunsIn []string
	// Stdin is what the plugin has as stdin: "nothing", "buffer", "pipe",
	// "terminal", or empty for something else.
	Stdin string
	// ReadsStdin says whether the host reads its own stdin.
	ReadsStdin bool
	// Timed says that time decides which calls the plugin makes: a timer of
	// its own, or a timeout that ends it. Not what it prints, though.
	Timed bool
	// Fault is what is wrong in the host, one of the names that
	// src/examples/example-manifest.ts lists, or empty.
	Fault string
	// Reactor says that the host calls functions of the plugin, and that the Go
	// plugin is therefore a program of its own in the page too.
	Reactor bool
}

// PluginFile is where the plugin's source in a language is, below the example.
func PluginFile(language string) string {
	if language == "rust" {
		return "plugin/main.rs"
	}
	return "plugin/main." + language
}

// Runs says whether the example can run in that place.
func (e *Example) Runs(place string) bool {
	return slices.Contains(e.RunsIn, place)
}

// List reads all examples below the folder root, sorted by name. An example
// is a folder with an example.json.
func List(root string) ([]*Example, error) {
	entries, err := os.ReadDir(root)
	if err != nil {
		return nil, err
	}
	var examples []*Example
	for _, entry := range entries {
		dir := filepath.Join(root, entry.Name())
		_, err := os.Stat(filepath.Join(dir, "example.json"))
		if errors.Is(err, fs.ErrNotExist) || !entry.IsDir() {
			continue
		}
		example, err := Load(dir)
		if err != nil {
			return nil, err
		}
		examples = append(examples, example)
	}
	if len(examples) == 0 {
		return nil, fmt.Errorf("expected examples in %s, found none", root)
	}
	return examples, nil
}

// Load reads the example in the folder dir. Errors name the file and the key.
func Load(dir string) (*Example, error) {
	name := filepath.Base(dir)
	file := name + "/example.json"
	source, err := os.ReadFile(filepath.Join(dir, "example.json"))
	if err != nil {
		return nil, err
	}
	example, err := Parse(source)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	example.Name = name
	sources := []string{"host/main.go"}
	for _, language := range example.Plugins {
		sources = append(sources, PluginFile(language))
	}
	for _, source := range sources {
		if _, err := os.Stat(filepath.Join(dir, source)); err != nil {
			return nil, fmt.Errorf(
				"%s: expected the file %s/%s, found none", file, name, source)
		}
	}
	for _, language := range example.Plugins {
		source, err := os.ReadFile(filepath.Join(dir, PluginFile(language)))
		if err != nil {
			return nil, err
		}
		// The Makefile and src/examples/at-home.ts look for the same marks.
		// A program in C may have such functions beside its main.
		if bytes.Contains(source, []byte("\n//go:wasmexport ")) ||
			bytes.Contains(source, []byte("export_name(")) &&
				!bytes.Contains(source, []byte("\nint main(")) {
			example.Reactor = true
		}
	}
	return example, nil
}

// Parse reads the text of an example.json. Errors name the key.
func Parse(source []byte) (*Example, error) {
	values := map[string]json.RawMessage{}
	decoder := json.NewDecoder(bytes.NewReader(source))
	if err := decoder.Decode(&values); err != nil {
		return nil, fmt.Errorf("expected a JSON object: %w", err)
	}
	if _, err := decoder.Token(); !errors.Is(err, io.EOF) {
		return nil, errors.New("expected one JSON object, found more")
	}

	var e Example
	var acts []string
	var compare string
	keys := []struct {
		name     string
		target   any
		optional bool
	}{
		{"title", &e.Title, false},
		{"summary", &e.Summary, false},
		{"plugins", &e.Plugins, false},
		{"acts", &acts, false},
		{"cutAfterLines", &e.CutAfterLines, true},
		{"compare", &compare, false},
		{"runsIn", &e.RunsIn, false},
		{"stdin", &e.Stdin, true},
		{"readsStdin", &e.ReadsStdin, false},
		{"timed", &e.Timed, true},
		{"fault", &e.Fault, true},
	}
	var known []string
	for _, key := range keys {
		known = append(known, key.name)
	}
	for name := range values {
		if !slices.Contains(known, name) {
			return nil, fmt.Errorf("unknown key %q; the keys are %s",
				name, strings.Join(known, ", "))
		}
	}
	for _, key := range keys {
		value, found := values[key.name]
		if !found && key.optional {
			continue
		}
		if !found {
			return nil, fmt.Errorf("key %q: expected, found none", key.name)
		}
		if err := json.Unmarshal(value, key.target); err != nil {
			return nil, fmt.Errorf("key %q: %w", key.name, err)
		}
		if string(bytes.TrimSpace(value)) == "null" {
			return nil, fmt.Errorf("key %q: expected a value, found null",
				key.name)
		}
	}

	for name, text := range map[string]string{
		"title": e.Title, "summary": e.Summary,
	} {
		if strings.TrimSpace(text) == "" {
			return nil, fmt.Errorf("key %q: expected text, found %q",
				name, text)
		}
	}
	if err := oneOf("plugins", e.Plugins, "go", "c", "rust"); err != nil {
		return nil, err
	}
	if err := oneOf("runsIn", e.RunsIn, "native", "page"); err != nil {
		return nil, err
	}
	if _, found := values["stdin"]; found {
		err := oneOf("stdin", []string{e.Stdin},
			"nothing", "buffer", "pipe", "terminal")
		if err != nil {
			return nil, err
		}
	}
	err := oneOf("compare", []string{compare}, "in-order", "by-stream")
	if err != nil {
		return nil, err
	}
	e.ByStream = compare == "by-stream"
	for _, line := range acts {
		act, err := transcript.ParseStep(line)
		if err != nil || !act.Kind.IsAct() {
			return nil, fmt.Errorf(
				`key "acts": expected "< text", "^D" or "^C", found %q`, line)
		}
		e.Acts = append(e.Acts, act)
	}
	if err := checkActs(&e); err != nil {
		return nil, fmt.Errorf(`key "acts": %w`, err)
	}
	if _, found := values["cutAfterLines"]; found {
		if e.CutAfterLines < 1 {
			return nil, fmt.Errorf(
				`key "cutAfterLines": expected 1 or more, found %d`,
				e.CutAfterLines)
		}
		if len(e.Acts) == 0 || e.Acts[len(e.Acts)-1].Kind != transcript.Stopped {
			return nil, errors.New(
				`key "cutAfterLines": expected "^C" as the last of the acts`)
		}
	}
	return &e, nil
}

func oneOf(key string, found []string, known ...string) error {
	if len(found) == 0 {
		return fmt.Errorf("key %q: expected one of %s, found none",
			key, strings.Join(known, ", "))
	}
	for i, value := range found {
		if !slices.Contains(known, value) {
			return fmt.Errorf("key %q: expected one of %s, found %q",
				key, strings.Join(known, ", "), value)
		}
		if slices.Contains(found[:i], value) {
			return fmt.Errorf("key %q: expected %q once, found it twice",
				key, value)
		}
	}
	return nil
}

// checkActs refuses acts that cannot follow one another.
func checkActs(e *Example) error {
	closed := false
	for i, act := range e.Acts {
		switch act.Kind {
		case transcript.Typed, transcript.Closed:
			if !e.ReadsStdin {
				return fmt.Errorf(
					"found %q, but the host does not read its stdin", act)
			}
			if closed {
				return fmt.Errorf("found %q after stdin was closed", act)
			}
			closed = act.Kind == transcript.Closed
		case transcript.Stopped:
			if i != len(e.Acts)-1 {
				return fmt.Errorf(`expected "^C" last, found acts after it`)
			}
		}
	}
	return nil
}
