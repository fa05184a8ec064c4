// Matrix connects a plugin to every kind of stream, and to streams that fail,
// and prints what the plugin saw as JSON.
//
// It is built twice: for this machine, and for the page. With a record, it
// knows for which calls it has to wait, and for which not.
//
// Usage: matrix [-engine interpreter] [-record file] words.wasm
package main

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"runtime"
	"sync"

	"github.com/tetratelabs/wazero"
)

func main() {
	engine := flag.String("engine", "compiler", "compiler or interpreter")
	record := flag.String("record", "", "what was recorded the last time")
	flag.Parse()
	if err := run(*engine, *record, flag.Args()); err != nil {
		fmt.Fprintln(os.Stderr, "matrix:", err)
		os.Exit(1)
	}
}

func run(engine, record string, args []string) error {
	if len(args) != 1 {
		return errNoPlugin
	}
	plugin, err := os.ReadFile(args[0])
	if err != nil {
		return err
	}
	config := wazero.NewRuntimeConfigInterpreter()
	if engine == "compiler" {
		config = wazero.NewRuntimeConfig()
	}
	var expected *table
	if record != "" {
		old, err := readRecord(record)
		if err != nil {
			return err
		}
		expected = &old.Native
		if runtime.GOOS == "wasip1" {
			expected = &old.Page
		}
	}
	found, err := observe(context.Background(), config, plugin, expected)
	if err != nil {
		return err
	}
	text, err := json.Marshal(found)
	if err != nil {
		return err
	}
	// The page's os.Stdout is one of the streams: the mark says where the
	// JSON begins.
	fmt.Printf("\n= %s\n", text)
	return nil
}

// observe fills the tables.
func observe(ctx context.Context, config wazero.RuntimeConfig, goPlugin []byte,
	expected *table) (table, error) {
	var found table
	l, err := newLab(ctx, config, goPlugin, expected)
	if err != nil {
		return found, err
	}
	defer l.close()
	if found.Stdin, err = each(stdinKinds, l.observeStdin); err != nil {
		return found, err
	}
	if found.Stdout, err = each(stdoutKinds, l.observeStdout); err != nil {
		return found, err
	}
	if found.Reads, err = l.observeWords(true); err != nil {
		return found, err
	}
	found.Writes, err = l.observeWords(false)
	return found, err
}

// each observes all kinds, in their order.
func each[Kind any](kinds []Kind, observe func(Kind) (row, error)) (
	[]row, error) {
	rows := make([]row, len(kinds))
	errs := make([]error, len(kinds))
	var running sync.WaitGroup
	for i, kind := range kinds {
		if !atOnce {
			rows[i], errs[i] = observe(kind)
			continue
		}
		running.Go(func() { rows[i], errs[i] = observe(kind) })
	}
	running.Wait()
	for _, err := range errs {
		if err != nil {
			return nil, err
		}
	}
	return rows, nil
}
