//go:build unix

package examples_test

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
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

			ctx, cancel := context.WithTimeout(t.Context(), timeout)
			defer cancel()
			plugins := t.TempDir()
			for _, language := range e.Plugins {
				plugin := nativePlugin(t, e, language)
				err := session.Install(plugin, plugins, e.Name)
				if err != nil {
					t.Fatal(err)
				}
				err = session.Replay(ctx, e, read(t, e), []string{host}, plugins)
				if err != nil {
					t.Errorf("%s plugin: %v", language, err)
				}
			}
		})
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
