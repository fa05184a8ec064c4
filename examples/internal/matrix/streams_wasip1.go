package main

import (
	"fmt"
	"os"
)

// atOnce says that kinds do not share anything here. They share os.Stdin.
const atOnce = false

// What the host's own streams are is up to the page: it is asked for input, on
// stderr.
var stdinKinds = append(anywhere[:len(anywhere):len(anywhere)],
	stdinKind{"os-stdin-terminal", "*os.File", "a terminal: os.Stdin at a prompt; Ctrl-D ends it",
		func() (source, error) {
			return source{in: os.Stdin,
				give: func() { fmt.Fprintln(os.Stderr, "? give") },
				end:  func() { fmt.Fprintln(os.Stderr, "? end") }}, nil
		}})

var stdoutKinds = append(anywhereOut[:len(anywhereOut):len(anywhereOut)],
	stdoutKind{"os-stdout-terminal", "*os.File", "a terminal: os.Stdout at a prompt",
		func() (sink, error) { return sink{out: os.Stdout}, nil }})
