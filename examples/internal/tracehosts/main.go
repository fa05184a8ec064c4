// Tracehosts makes an overlay in which the example hosts are traced: in each,
// "context.Background()" becomes "traced.Background()", and nothing else
// changes. A reader's own host would set the listener itself; ours don't
// mention it, since their source is what a page shows.
//
// It runs in the folder examples. Usage: tracehosts output-folder
package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"block-or-eof/examples/internal/example"
)

const (
	untraced = "context.Background()"
	traced   = "traced.Background()"
	module   = `"block-or-eof/examples/internal/traced"`
)

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: tracehosts output-folder")
		os.Exit(2)
	}
	if err := run(os.Args[1]); err != nil {
		fmt.Fprintln(os.Stderr, "tracehosts:", err)
		os.Exit(1)
	}
}

func run(out string) error {
	examples, err := example.List(".")
	if err != nil {
		return err
	}
	if err := os.MkdirAll(out, 0o755); err != nil {
		return err
	}
	replace := map[string]string{}
	for _, e := range examples {
		file, err := filepath.Abs(filepath.Join(e.Name, "host", "main.go"))
		if err != nil {
			return err
		}
		source, err := os.ReadFile(file)
		if err != nil {
			return err
		}
		text, err := trace(string(source))
		if err != nil {
			return fmt.Errorf("%s/host/main.go: %w", e.Name, err)
		}
		copied, err := filepath.Abs(filepath.Join(out, e.Name+".go"))
		if err != nil {
			return err
		}
		if err := os.WriteFile(copied, []byte(text), 0o644); err != nil {
			return err
		}
		replace[file] = copied
	}
	overlay, err := json.MarshalIndent(
		map[string]any{"Replace": replace}, "", "  ")
	if err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(out, "overlay.json"), overlay, 0o644)
}

// trace returns the source of a host with the traced context. Lines keep their
// numbers.
func trace(source string) (string, error) {
	if n := strings.Count(source, untraced); n != 1 {
		return "", fmt.Errorf(
			"expected %s once, where the host's context begins, found it "+
				"%d times; derive the others from it", untraced, n)
	}
	text := strings.Replace(source, untraced, traced, 1)
	// The import stands on the line of another one; context may be unused now.
	text = strings.Replace(text, "import (",
		"import (\n\t"+module, 1)
	if !strings.Contains(text, "context.") {
		text = strings.Replace(text, "\t\"context\"\n", "", 1)
	}
	return text, nil
}
