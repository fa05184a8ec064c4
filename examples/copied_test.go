//go:build unix

package examples_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"testing"

	"block-or-eof/examples/internal/example"
	"block-or-eof/examples/internal/session"
)

// pageToCopy tells the reader to copy its hosts into an empty folder.
var pageToCopy = filepath.Join(
	"..", "src", "content", "docs", "fix-it-now.mdx")

var (
	commandLine = regexp.MustCompile("(?m)^\\d\\. `(go (?:mod|get) .+)`$")
	exampleUsed = regexp.MustCompile(`<Sandbox example="([a-z-]+)"`)
)

// The hosts of the page "Fix it now" build with the commands of that page, in
// a folder that has nothing else, and then run as recorded.
func TestHostsRunAsCopied(t *testing.T) {
	page := content(t, pageToCopy)
	commands := commandLine.FindAllSubmatch(page, -1)
	if len(commands) != 2 {
		t.Fatalf("%s: expected the commands go mod init and go get, found %q",
			pageToCopy, commands)
	}
	used := exampleUsed.FindAllSubmatch(page, -1)
	if len(used) == 0 {
		t.Fatalf("%s: expected sandboxes, found none", pageToCopy)
	}
	// Nothing is fetched: the module cache has what go.mod pins.
	t.Setenv("GOPROXY", "off")
	t.Setenv("GOSUMDB", "off")
	t.Setenv("GOFLAGS", "")
	t.Setenv("GOWORK", "off")
	// As a plain go build has it: with cgo where there is a C compiler.
	t.Setenv("CGO_ENABLED", "")
	for _, name := range used {
		e, err := example.Load(string(name[1]))
		if err != nil {
			t.Fatal(err)
		}
		t.Run(e.Name, func(t *testing.T) {
			dir := t.TempDir()
			source := content(t, filepath.Join(e.Name, "host", "main.go"))
			file := filepath.Join(dir, "main.go")
			if err := os.WriteFile(file, source, 0o644); err != nil {
				t.Fatal(err)
			}
			host := filepath.Join(t.TempDir(), "host")
			for _, command := range commands {
				runIn(t, dir, "sh", "-c", string(command[1]))
			}
			runIn(t, dir, "go", "build", "-o", host, ".")
			runAsCopied(t, e, []string{host})
		})
	}
}

// runAsCopied replays the session, on pipes and on a terminal. A host that
// takes lines gets ten of them there.
func runAsCopied(t *testing.T, e *example.Example, host []string) {
	t.Helper()
	onLinux := runtime.GOOS == "linux" // a terminal is opened there only
	for _, language := range e.Plugins {
		replayUnder(t, e, language, host, session.Conditions{})
		if onLinux {
			replayUnder(t, e, language, host, session.Conditions{Terminal: true})
		}
	}
	if !onLinux || !copyable(e) {
		return
	}
	for _, language := range []string{"go", "c", "rust"} {
		converse(t, e, host, pluginThatAnswers(t, e, language))
	}
}

func runIn(t *testing.T, dir, name string, args ...string) {
	t.Helper()
	command := exec.Command(name, args...)
	command.Dir = dir
	if output, err := command.CombinedOutput(); err != nil {
		t.Fatalf("%v: %v\n%s", command.Args, err, output)
	}
}
