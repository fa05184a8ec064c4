//go:build unix

package examples_test

import (
	"bytes"
	"context"
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

// Hosts compile where a reader may be: on one other system by the seed of npm
// test, on all of them in npm run deep, and without a seed. One that does not
// says so in its first lines, with a constraint.
func TestHostsCompileElsewhere(t *testing.T) {
	systems := []string{"darwin", "windows"}
	seed, err := strconv.Atoi(os.Getenv("SEED"))
	if err == nil && os.Getenv("DEEP") != "true" {
		systems = systems[seed%2:][:1]
	}
	for _, system := range systems {
		t.Run(system, func(t *testing.T) {
			// As go build, which would link each of them.
			args := []string{"vet"}
			for _, e := range examples(t) {
				source := content(t, filepath.Join(e.Name, "host", "main.go"))
				if system != "windows" ||
					!bytes.Contains(source, []byte("\n//go:build unix\n")) {
					args = append(args, "./"+e.Name+"/host")
				}
			}
			t.Setenv("GOOS", system)
			runIn(t, ".", "go", args...)
		})
	}
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
