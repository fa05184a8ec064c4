//go:build unix

package examples_test

import (
	"context"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"block-or-eof/examples/internal/example"
)

// atHome is at-home.json: the commands that each sandbox gives a reader, with
// WAZERO for the version and EXAMPLE for the example's name.
type atHome struct {
	Module  []string          `json:"module"`
	Plugins map[string]string `json:"plugins"`
	// Reactors build plugins whose functions the host calls.
	Reactors map[string]string `json:"reactors"`
	Run      string            `json:"run"`
}

// build is the command for the plugin of an example in a language.
func (a atHome) build(e *example.Example, language string) string {
	line := a.Plugins[language]
	if e.Reactor {
		line = a.Reactors[language]
	}
	return strings.Replace(line, "rustc --target=wasm32-wasip1", rust(), 1)
}

// rust is the compiler and its target, as the Makefile takes them: before Rust
// 1.78 the target was wasm32-wasi. Empty where there is none.
func rust() string {
	command, err := exec.Command("make", "--silent", "rust").Output()
	if err != nil {
		return ""
	}
	return strings.TrimSpace(string(command))
}

// needPluginCompiler skips a test on a machine that has no compiler for plugins
// in a language, and fails it under CI, where nothing is skipped.
func needPluginCompiler(t *testing.T, language string) {
	t.Helper()
	missing := ""
	switch language {
	case "c":
		if _, err := exec.LookPath("clang"); err != nil {
			missing = "clang"
		}
	case "rust":
		if rust() == "" {
			missing = "rustc with its target for WASI"
		}
	}
	if missing == "" {
		return
	}
	if os.Getenv("CI") == "true" {
		t.Fatalf("expected %s, found none", missing)
	}
	t.Skipf("no %s on this machine", missing)
}

// What a sandbox shows under "Run it at home" builds a plugin of each kind, in a
// folder that has nothing but the files that the reader saved there. Others of
// the kind get the same command.
func TestCommandsAtHomeBuild(t *testing.T) {
	commands := readAtHome(t)
	dir := t.TempDir()
	tried := map[string]bool{}
	hasModule := false
	for _, e := range examples(t) {
		for _, language := range e.Plugins {
			command := commands.build(e, language)
			if tried[command] {
				continue
			}
			tried[command] = true
			t.Run(e.Name+"/"+language, func(t *testing.T) {
				needPluginCompiler(t, language)
				save(t, e, dir)
				// The module is the same for all: made once, it saves a minute.
				for _, line := range commands.Module {
					if !hasModule {
						shell(t, dir, e, line)
					}
				}
				hasModule = true
				// Compiles, and links nothing.
				runIn(t, dir, "go", "build", "-o", os.DevNull, "./host")
				shell(t, dir, e, command)
				header := content(t, filepath.Join(dir, e.Name+".wasm"))[:4]
				if string(header) != "\x00asm" {
					t.Errorf("expected wasm, found %q", header)
				}
			})
		}
	}
}

// One of them is run too, by the last command.
func TestAnExampleRunsAtHome(t *testing.T) {
	commands := readAtHome(t)
	e, err := example.Load("pipe-waits")
	if err != nil {
		t.Fatal(err)
	}
	for _, language := range e.Plugins {
		t.Run(language, func(t *testing.T) {
			needPluginCompiler(t, language)
			dir := t.TempDir()
			save(t, e, dir)
			for _, line := range commands.Module {
				shell(t, dir, e, line)
			}
			shell(t, dir, e, commands.build(e, language))
			ctx, cancel := context.WithTimeout(t.Context(), timeout)
			defer cancel()
			run := exec.CommandContext(ctx, "sh", "-c", fill(t, commands.Run, e))
			run.Dir = dir
			run.Stdin = strings.NewReader("Ada\n")
			output, err := run.Output()
			want := "Name: Hello, Ada!\nName: \nEOF: no more names.\n"
			if err != nil || string(output) != want {
				t.Errorf("expected\n%s\nfound\n%s\nand %v", want, output, err)
			}
		})
	}
}

func readAtHome(t *testing.T) atHome {
	t.Helper()
	var commands atHome
	if err := json.Unmarshal(content(t, "at-home.json"), &commands); err != nil {
		t.Fatal(err)
	}
	// Nothing is fetched: the module cache has what go.mod pins.
	t.Setenv("GOPROXY", "off")
	t.Setenv("GOSUMDB", "off")
	t.Setenv("GOFLAGS", "")
	t.Setenv("GOWORK", "off")
	return commands
}

// save puts the files that the sandbox shows into a folder, and nothing else
// beside them.
func save(t *testing.T, e *example.Example, dir string) {
	t.Helper()
	for _, part := range []string{"host", "plugin"} {
		if err := os.RemoveAll(filepath.Join(dir, part)); err != nil {
			t.Fatal(err)
		}
	}
	files := []string{"host/main.go"}
	for _, language := range e.Plugins {
		files = append(files, example.PluginFile(language))
	}
	for _, file := range files {
		to := filepath.Join(dir, filepath.FromSlash(file))
		if err := os.MkdirAll(filepath.Dir(to), 0o755); err != nil {
			t.Fatal(err)
		}
		source := content(t, filepath.Join(e.Name, filepath.FromSlash(file)))
		if err := os.WriteFile(to, source, 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

func shell(t *testing.T, dir string, e *example.Example, line string) {
	t.Helper()
	if line == "" {
		t.Fatal("at-home.json: expected a command, found none")
	}
	runIn(t, dir, "sh", "-c", fill(t, line, e))
}

// fill puts names into a command, as src/examples/at-home.ts does.
func fill(t *testing.T, line string, e *example.Example) string {
	t.Helper()
	for _, pinned := range strings.Split(string(content(t, "go.mod")), "\n") {
		_, version, found := strings.Cut(pinned, "github.com/tetratelabs/wazero ")
		if found {
			return strings.NewReplacer("WAZERO", version, "EXAMPLE", e.Name).
				Replace(line)
		}
	}
	t.Fatal("go.mod: expected a version of wazero, found none")
	return ""
}
