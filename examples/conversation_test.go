//go:build unix

package examples_test

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"block-or-eof/examples/internal/example"
	"block-or-eof/examples/internal/session"
	"block-or-eof/examples/internal/transcript"
)

// answersLines has a plugin in each language that answers a line with a line.
const answersLines = "pipe-waits"

// wrong are the hosts that are wrong on purpose, and answer nobody: what is on
// the screen before a person types.
var wrong = map[string]string{
	"buffer-fed":    "EOF: no more names.", // an empty buffer is at its end
	"never-reads":   "",                    // nobody reads what is written
	"timeout-alone": "the plugin still waits.",
	// The time is up, or Ctrl-C was pressed, before anybody types.
	"stdin-timeout":     "the plugin still waits.",
	"interrupt-unheard": "the plugin still waits.",
}

// hostsOwn is what the plugin answers to a line of its host, before a person
// types.
var hostsOwn = map[string]string{"first-line": "Hello, Ada!"}

// copyable says whether a reader who copies the host has a conversation.
func copyable(e *example.Example) bool {
	return slices.ContainsFunc(e.Acts, func(act transcript.Step) bool {
		return act.Kind == transcript.Typed
	})
}

// Hosts that people copy answer the tenth line as the first, on one terminal,
// built as a plain go build does, with plugins in each language. They leave the
// terminal as they found it.
func TestHostsThatPeopleCopyOnATerminal(t *testing.T) {
	needCompiler(t)
	for _, e := range examples(t) {
		if !copyable(e) {
			continue
		}
		for _, language := range []string{"go", "c", "rust"} {
			t.Run(e.Name+"/"+language, func(t *testing.T) {
				t.Parallel()
				converse(t, e, nativeHost("cgo")(t, e),
					pluginThatAnswers(t, e, language))
			})
		}
	}
}

// pluginThatAnswers is the example's own where it has one in the language.
func pluginThatAnswers(
	t *testing.T, e *example.Example, language string,
) string {
	t.Helper()
	if slices.Contains(e.Plugins, language) {
		return nativePlugin(t, e, language)
	}
	if e.Reactor {
		return rustReactor(t)
	}
	other, err := example.Load(answersLines)
	if err != nil {
		t.Fatal(err)
	}
	return nativePlugin(t, other, language)
}

// rustReactor builds testdata/handle.rs, a plugin whose function is called.
func rustReactor(t *testing.T) string {
	t.Helper()
	rustc := os.Getenv("RUSTC")
	if rustc == "" {
		rustc = "/usr/bin/rustc"
	}
	if _, err := exec.LookPath(rustc); err != nil {
		if os.Getenv("CI") == "true" {
			t.Fatal(err)
		}
		t.Skip(err)
	}
	file := filepath.Join(t.TempDir(), "handle.wasm")
	runIn(t, ".", rustc, "--edition=2021", "--crate-type=cdylib",
		"--target=wasm32-wasi", "-O", "-o", file,
		filepath.Join("testdata", "handle.rs"))
	return file
}

// converse types ten names, with a pause, and then Ctrl-D.
func converse(
	t *testing.T, e *example.Example, host []string, plugin string,
) {
	t.Helper()
	dir := t.TempDir()
	if err := session.Install(plugin, dir, e.Name); err != nil {
		t.Fatal(err)
	}
	program := append(slices.Clone(host), e.Name+".wasm")
	recorded := read(t, e)
	want := recorded[len(recorded)-1].Status
	if status, screen := converseWith(t, e, program, dir); status != want {
		t.Errorf("expected the exit status %d, found %d; on the screen:\n%s",
			want, status, screen)
	}
}

// converseWith checks the answers, and whether the host hangs if it should.
func converseWith(
	t *testing.T, e *example.Example, program []string, dir string,
) (status int, screen string) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), timeout)
	defer cancel()
	var lines, answers []string
	if e.ReadsStdin {
		for i := range 10 {
			name := fmt.Sprintf("Ada%d", i)
			lines = append(lines, name)
			answers = append(answers, "Hello, "+name+"!")
		}
	}
	first, isWrong := wrong[e.Name]
	if isWrong {
		answers = nil
	}
	greetings := len(answers)
	if own, ok := hostsOwn[e.Name]; ok {
		first = own
		greetings++
	}
	_, variants := readAll(t, e)
	hangs := slices.Contains(variants, transcript.CgoHangs)
	screen, status, err := session.Converse(ctx, program, dir,
		session.Conversation{
			First:   first,
			Lines:   lines,
			Answers: answers,
			Pause:   1100 * time.Millisecond,
			Hangs:   hangs,
		})
	if err != nil {
		t.Fatalf("%v; on the screen:\n%s", err, screen)
	}
	if found := strings.Count(screen, "Hello, "); found != greetings {
		t.Fatalf("expected %d answers, found %d; on the screen:\n%s",
			greetings, found, screen)
	}
	if hangs && !strings.Contains(screen, "SIGQUIT: quit") {
		t.Errorf("expected a host that hangs, found:\n%s", screen)
	}
	return status, screen
}

// Two of them by the page's own commands, in an empty folder, as a reader has
// them: go run on a terminal, and cgo, since there is a C compiler.
func TestAtHomeOnATerminal(t *testing.T) {
	needCompiler(t)
	commands := readAtHome(t)
	t.Setenv("CGO_ENABLED", "1")
	for name, want := range map[string]int{
		"one-pipe": 1, // go run's; the host's is 2
		"terminal": 0,
	} {
		t.Run(name, func(t *testing.T) {
			e, err := example.Load(name)
			if err != nil {
				t.Fatal(err)
			}
			dir := t.TempDir()
			save(t, e, dir)
			for _, line := range commands.Module {
				shell(t, dir, e, line)
			}
			shell(t, dir, e, commands.build(e, "go"))
			program := strings.Fields(fill(t, commands.Run, e))
			status, screen := converseWith(t, e, program, dir)
			if status != want {
				t.Errorf("expected the exit status %d, found %d; "+
					"on the screen:\n%s", want, status, screen)
			}
		})
	}
}
