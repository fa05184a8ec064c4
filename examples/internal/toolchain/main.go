// Toolchain makes what a page needs to compile Go: the compiler, the linker and
// gofmt as programs for WASI, and the packages that a program can import.
//
// Usage:
//
//	toolchain overlay output-folder   writes overlay.json, with which the go
//	                                  command builds a smaller cmd/compile and
//	                                  cmd/link: for WebAssembly alone
//	toolchain pack output-folder list-flags...
//	                                  runs "go list -export" with the flags and
//	                                  writes exports.bin and objects.bin
//
// It runs in the folder examples. Nothing is changed in the toolchain's source:
// each patch replaces text of it, which must be there exactly once. Otherwise
// the tool fails: read the new source and mend the patch.
package main

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strings"
)

// version is the toolchain that the patches were written for.
const version = "go1.26.10"

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "toolchain:", err)
		os.Exit(1)
	}
}

func run(args []string) error {
	if len(args) < 2 {
		return errors.New("usage: toolchain overlay|pack output-folder …")
	}
	switch args[0] {
	case "overlay":
		root, err := goroot()
		if err != nil {
			return err
		}
		return writeOverlay(root, args[1])
	case "pack":
		return writePack(args[1], args[2:])
	}
	return fmt.Errorf("unknown command %q", args[0])
}

// goroot is the folder of the pinned toolchain.
func goroot() (string, error) {
	env := exec.Command("go", "env", "GOVERSION", "GOROOT")
	env.Stderr = os.Stderr
	output, err := env.Output()
	if err != nil {
		return "", fmt.Errorf("go env: %w", err)
	}
	found, root, _ := strings.Cut(strings.TrimSpace(string(output)), "\n")
	if found != version {
		return "", fmt.Errorf("expected the toolchain %s, found %s; read the "+
			"new source, mend the patches and set the version in "+
			"internal/toolchain", version, found)
	}
	return root, nil
}
