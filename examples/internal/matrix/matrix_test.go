//go:build linux

package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/tetratelabs/wazero"
)

// root is the folder examples.
var root = filepath.Join("..", "..")

// What is recorded is what wazero does, with both of its engines. A difference
// names the table, the row and the column.
func TestMatrixIsAsRecorded(t *testing.T) {
	record, err := readRecord(filepath.Join(
		root, "..", "src", "data", "stream-matrix.json"))
	if err != nil {
		t.Fatal(err)
	}
	build := exec.Command("make", "--silent", "matrix-words")
	build.Dir = root
	if output, err := build.CombinedOutput(); err != nil {
		t.Fatalf("make matrix-words: %v\n%s", err, output)
	}
	plugin, err := os.ReadFile(filepath.Join(
		root, ".build", "matrix", "words-go.wasm"))
	if err != nil {
		t.Fatal(err)
	}
	for name, config := range map[string]wazero.RuntimeConfig{
		"compiler":    wazero.NewRuntimeConfig(),
		"interpreter": wazero.NewRuntimeConfigInterpreter(),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			found, err := observe(t.Context(), config, plugin, &record.Native)
			if err != nil {
				t.Fatal(err)
			}
			for _, difference := range allDifferences(record.Native, found) {
				t.Error(difference)
			}
		})
	}
}

func TestDifferencesNameTheCell(t *testing.T) {
	one := []row{{ID: "pipe", Code: "io.Pipe()", Cells: cells{"first": "waits"}}}
	other := []row{{ID: "pipe", Code: "io.Pipe()",
		Cells: cells{"first": "EOF", "next": "EOF"}}}
	found := differences("stdin", one, other)
	want := []string{
		`stdin, pipe, column "first": expected "waits", found "EOF"`,
		`stdin, pipe, column "next": expected "", found "EOF"`,
	}
	if len(found) != 2 || found[0] != want[0] || found[1] != want[1] {
		t.Errorf("expected %q, found %q", want, found)
	}
	if found := differences("stdin", one, nil); len(found) != 1 {
		t.Errorf("expected one sentence on the missing row, found %q", found)
	}
}
