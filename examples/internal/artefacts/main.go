// Artefacts publishes the built wasm files, and verifies published ones.
//
// Usage:
//
//	artefacts publish clang rustc   from .build/wasm into ../public/wasm: names
//	                                each file after its content, and writes
//	                                manifest.json
//	artefacts verify clang rustc    rebuilds everything in two clean folders and
//	                                compares with ../public/wasm, bit by bit
//
// It runs in the folder examples; clang and rustc are the compilers that make
// uses.
package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// published is where the artefacts lie, below the folder that has examples/.
var published = filepath.Join("public", "wasm")

func main() {
	if len(os.Args) != 4 {
		fmt.Fprintln(os.Stderr, "usage: artefacts publish|verify clang rustc")
		os.Exit(2)
	}
	var err error
	switch os.Args[1] {
	case "publish":
		err = publish(os.Args[2], os.Args[3])
	case "verify":
		err = verify(os.Args[2], os.Args[3])
	default:
		err = fmt.Errorf("unknown command %q", os.Args[1])
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "artefacts:", err)
		os.Exit(1)
	}
}

// tools are the versions of what builds the artefacts.
type tools struct{ wazero, golang, clang, rust string }

func findTools(clang, rustc string) (tools, error) {
	wazero, err := line("go", "list", "-m", "-f", "{{.Version}}",
		"github.com/tetratelabs/wazero")
	if err != nil {
		return tools{}, err
	}
	golang, err := line("go", "env", "GOVERSION")
	if err != nil {
		return tools{}, err
	}
	version, err := line(clang, "--version")
	if err != nil {
		return tools{}, fmt.Errorf("%w\nThe C plugins need clang, lld and "+
			"wasi-libc; on Debian: apt-get install clang lld wasi-libc "+
			"libclang-rt-14-dev-wasm32", err)
	}
	rust, err := line(rustc, "--version")
	if err != nil {
		return tools{}, fmt.Errorf("%w\nThe Rust plugins need rustc; on "+
			"Debian: apt-get install rustc libstd-rust-dev-wasm32", err)
	}
	return tools{wazero, golang, version, rust}, nil
}

// line runs a command and returns the first line of its output.
func line(name string, args ...string) (string, error) {
	command := exec.Command(name, args...)
	command.Stderr = os.Stderr
	output, err := command.Output()
	if err != nil {
		return "", fmt.Errorf("%s: %w", strings.Join(command.Args, " "), err)
	}
	first, _, _ := strings.Cut(string(output), "\n")
	return strings.TrimSpace(first), nil
}
