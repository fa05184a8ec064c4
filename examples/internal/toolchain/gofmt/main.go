// Gofmt formats a Go file as gofmt does, and writes it to stdout. It is what the
// page runs: go/format without the parts of gofmt that read folders and compare.
// Errors are gofmt's; the exit status is 2 then.
//
// Usage: gofmt file.go
package main

import (
	"fmt"
	"go/format"
	"go/parser"
	"go/scanner"
	"go/token"
	"os"
)

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: gofmt file.go")
		os.Exit(2)
	}
	name := os.Args[1]
	source, err := os.ReadFile(name)
	if err != nil {
		fail(err)
	}
	// With its name, for the errors.
	const mode = parser.ParseComments | parser.SkipObjectResolution
	if _, err := parser.ParseFile(token.NewFileSet(), name, source, mode); err != nil {
		fail(err)
	}
	formatted, err := format.Source(source)
	if err != nil {
		fail(err)
	}
	if _, err := os.Stdout.Write(formatted); err != nil {
		fail(err)
	}
}

func fail(err error) {
	scanner.PrintError(os.Stderr, err)
	os.Exit(2)
}
