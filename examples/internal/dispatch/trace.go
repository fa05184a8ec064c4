package main

import (
	"fmt"
	"strings"
)

const (
	untraced = "context.Background()"
	traced   = "traced.Background()"
	module   = `"block-or-eof/examples/internal/traced"`
)

// trace returns the source of a host with the traced context. A reader's own
// host would set the listener itself; ours don't mention it, since their source
// is what a page shows.
func trace(content []byte) ([]byte, error) {
	source := string(content)
	if n := strings.Count(source, untraced); n != 1 {
		return nil, fmt.Errorf(
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
	return []byte(text), nil
}
