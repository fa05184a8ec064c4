// Artefacts publishes the built wasm files, and verifies published ones.
//
// Usage:
//
//	artefacts stale clang rustc [all]
//		prints the names of the artefacts that are not published as their
//		sources are now, or of all. It fails if one of them wants another
//		compiler than the rest was built with.
//	artefacts publish clang rustc name…
//		publishes these from .build/wasm in ../public/wasm: names each file
//		after its content, and writes manifest.json. The others stay.
//	artefacts verify clang rustc
//		rebuilds everything in two clean folders and compares with
//		../public/wasm, bit by bit
//
// It runs in the folder examples; clang and rustc are the compilers that make
// uses.
package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
)

// published is where the artefacts lie, below the folder that has examples/.
var published = filepath.Join("public", "wasm")

func main() {
	if len(os.Args) < 4 {
		fmt.Fprintln(os.Stderr,
			"usage: artefacts stale|publish|verify clang rustc [name…]")
		os.Exit(2)
	}
	var err error
	switch os.Args[1] {
	case "stale":
		var names []string
		all := slices.Equal(os.Args[4:], []string{"all"})
		names, err = stale(os.Args[2], os.Args[3], all)
		fmt.Println(strings.Join(names, " "))
	case "publish":
		err = publish(os.Args[2], os.Args[3], os.Args[4:])
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
	wazero, err := wazeroVersion()
	if err != nil {
		return tools{}, err
	}
	golang, err := goVersion()
	if err != nil {
		return tools{}, err
	}
	version, err := clangVersion(clang)
	if err != nil {
		return tools{}, err
	}
	rust, err := rustVersion(rustc)
	if err != nil {
		return tools{}, err
	}
	return tools{wazero, golang, version, rust}, nil
}

func wazeroVersion() (string, error) {
	return line("go", "list", "-m", "-f", "{{.Version}}",
		"github.com/tetratelabs/wazero")
}

func goVersion() (string, error) { return line("go", "env", "GOVERSION") }

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
