//go:build unix

package examples_test

import (
	"bytes"
	"context"
	"go/ast"
	target "go/build"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"testing"

	"block-or-eof/examples/internal/example"
	"block-or-eof/examples/internal/session"
	"block-or-eof/examples/internal/transcript"
)

// A reader has one terminal, and not three pipes. Each session is the same
// there, and the terminal's flags afterwards are what they were.
func TestTranscriptsOnATerminal(t *testing.T) {
	needLinux(t)
	sessions(t, "tty", func(t *testing.T, e *example.Example, language string) {
		replayUnder(t, e, language, nativeHost("compiler")(t, e),
			session.Conditions{Terminal: true})
	})
}

// A plain go build on Linux links cgo where there is a C compiler. Then Go
// reports no deadlock: the transcript says so, as a variant.
func TestTranscriptsWithCgo(t *testing.T) {
	needCompiler(t)
	sessions(t, "cgo", func(t *testing.T, e *example.Example, language string) {
		recorded, variants := readAll(t, e)
		hangs := slices.Contains(variants, transcript.CgoHangs)
		if hangs != session.ReportsDeadlock(recorded) {
			t.Fatalf("%s/transcript.txt: expected the line %q "+
				"where the host reports a deadlock, and only there: "+
				"make record", e.Name, transcript.CgoHangs)
		}
		replayUnder(t, e, language, nativeHost("cgo")(t, e),
			session.Conditions{Hangs: hangs})
	})
}

// Hosts compile where a reader may be: they and all they import are checked as
// a compiler for that system checks them, and no code is made. On one system by
// the seed of npm test, on all in npm run deep and without a seed. A host that
// means nothing on Windows has a constraint, and says why in its first lines.
func TestHostsCompileElsewhere(t *testing.T) {
	systems := []string{"darwin", "windows"}
	seed, err := strconv.Atoi(os.Getenv("SEED"))
	if err == nil && os.Getenv("DEEP") != "true" {
		systems = systems[seed%2:][:1]
	}
	for _, system := range systems {
		t.Run(system, func(t *testing.T) {
			imports := importerFor(t, system)
			for _, e := range examples(t) {
				file := filepath.Join(e.Name, "host", "main.go")
				source := content(t, file)
				if system == "windows" &&
					bytes.Contains(source, []byte("\n//go:build unix\n")) {
					if !bytes.Contains(source, []byte("\n// For Unix: ")) {
						t.Errorf("%s: expected why it is for Unix", file)
					}
					continue
				}
				if err := checkTypes(file, imports); err != nil {
					t.Errorf("for %s: %v", system, err)
				}
			}
			// What does not compile there is found.
			file := filepath.Join("left-nonblocking", "host", "main.go")
			err := checkTypes(file, imports)
			if compiles := system != "windows"; compiles != (err == nil) {
				t.Errorf("%s for %s: expected compiles=%t, found: %v",
					file, system, compiles, err)
			}
		})
	}
}

// importerFor finds packages as they are on a system, in their sources.
func importerFor(t *testing.T, system string) types.ImporterFrom {
	t.Helper()
	before := target.Default
	t.Cleanup(func() { target.Default = before })
	target.Default.GOOS, target.Default.CgoEnabled = system, false
	return importer.ForCompiler(token.NewFileSet(), "source", nil).(types.ImporterFrom)
}

// checkTypes type-checks a program of one file.
func checkTypes(file string, imports types.Importer) error {
	files := token.NewFileSet()
	program, err := parser.ParseFile(files, file, nil, 0)
	if err != nil {
		return err
	}
	config := types.Config{Importer: imports}
	_, err = config.Check("main", files, []*ast.File{program}, nil)
	return err
}

// sessions are those that are drawn to be replayed under the conditions.
func sessions(
	t *testing.T, conditions string,
	run func(t *testing.T, e *example.Example, language string),
) {
	for _, e := range examples(t) {
		for _, language := range e.Plugins {
			if !drawn(t, e, language, conditions) {
				continue
			}
			t.Run(e.Name+"/"+language, func(t *testing.T) {
				t.Parallel()
				run(t, e, language)
			})
		}
	}
}

func replayUnder(
	t *testing.T, e *example.Example, language string, host []string,
	conditions session.Conditions,
) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), timeout)
	defer cancel()
	dir := t.TempDir()
	err := session.Install(nativePlugin(t, e, language), dir, e.Name)
	if err != nil {
		t.Fatal(err)
	}
	err = session.ReplayUnder(ctx, e, read(t, e), host, dir, conditions)
	if err != nil {
		t.Errorf("%s/transcript.txt, %s plugin: %v", e.Name, language, err)
	}
}

// needLinux skips a test where nobody opens a terminal, or looks into a process.
func needLinux(t *testing.T) {
	t.Helper()
	if runtime.GOOS != "linux" {
		t.Skip("terminals are opened on Linux only")
	}
}

// needCompiler skips a test on a machine without the C compiler that cgo needs,
// and fails it under CI, where nothing is skipped.
func needCompiler(t *testing.T) {
	t.Helper()
	needLinux(t)
	name, err := exec.Command("go", "env", "CC").Output()
	if err != nil {
		t.Fatal(err)
	}
	compiler := strings.TrimSpace(string(name))
	if _, err := exec.LookPath(compiler); err == nil {
		return
	}
	if os.Getenv("CI") == "true" {
		t.Fatalf("expected the C compiler %s, found none", compiler)
	}
	t.Skipf("no C compiler (%s) on this machine: a plain go build links no cgo",
		compiler)
}
