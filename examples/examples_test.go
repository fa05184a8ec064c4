//go:build unix

// Package examples_test replays every recorded session: "make test", or
// "go test ./..." in this folder.
package examples_test

import (
	"bytes"
	"context"
	"fmt"
	"go/format"
	"hash/fnv"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"block-or-eof/examples/internal/example"
	"block-or-eof/examples/internal/manifest"
	"block-or-eof/examples/internal/session"
	"block-or-eof/examples/internal/transcript"
)

// timeout is for one session, on a slow and busy machine.
const timeout = 4 * time.Minute

// published is where the artefacts of the page are.
var published = filepath.Join("..", "public", "wasm")

func TestMain(m *testing.M) {
	// The Makefile is the only place that knows how to build.
	build := exec.Command("make", "--silent", "native")
	build.Stdout, build.Stderr = os.Stderr, os.Stderr
	if err := build.Run(); err != nil {
		fmt.Fprintln(os.Stderr, "make native:", err)
		os.Exit(1)
	}
	os.Exit(m.Run())
}

// An engine runs a host with a plugin of some language.
type engine struct {
	name   string
	host   func(t *testing.T, e *example.Example) []string
	plugin func(t *testing.T, e *example.Example, language string) string
}

var engines = []engine{
	{"compiler", nativeHost("compiler"), nativePlugin},
	{"interpreter", nativeHost("interpreter"), nativePlugin},
	{"page", pageHost, pagePlugin},
}

// nativeHost is the host as a program of this machine.
func nativeHost(name string) func(*testing.T, *example.Example) []string {
	return func(t *testing.T, e *example.Example) []string {
		return []string{absolute(t, ".build", "native", name, e.Name)}
	}
}

// nativePlugin is the plugin as "go build" makes it at home. The C and Rust
// plugins are those of the page, so that this needs no compiler but Go's; "make
// verify" builds them again.
func nativePlugin(t *testing.T, e *example.Example, language string) string {
	if language == "go" {
		return absolute(t, ".build", "native", e.Name+".go.wasm")
	}
	return pagePlugin(t, e, language)
}

// pageHost is the page's build of the host, in a runner that stands in for the
// page.
func pageHost(t *testing.T, e *example.Example) []string {
	return []string{
		absolute(t, ".build", "native", "pagehost"),
		artefact(t, "hosts"),
		e.Name,
	}
}

func pagePlugin(t *testing.T, e *example.Example, language string) string {
	if language == "go" && !e.Reactor {
		return artefact(t, "plugins-go")
	}
	return artefact(t, e.Name+"."+language)
}

func TestTranscripts(t *testing.T) {
	for _, e := range examples(t) {
		t.Run(e.Name, func(t *testing.T) {
			t.Parallel()
			recorded := read(t, e)
			for _, language := range e.Plugins {
				for _, engine := range engines {
					if engine.name == "page" && !e.Runs("page") ||
						!drawn(t, e, language, engine.name) {
						continue
					}
					t.Run(language+"/"+engine.name, func(t *testing.T) {
						t.Parallel()
						replay(t, e, recorded, language, engine)
					})
				}
			}
		})
	}
}

// drawn says whether this run replays an example's session with a plugin under
// some conditions: always with the smallest plugin; with the others, whose
// compilation is most of the time, some by the seed of npm test, and all of them
// in npm run deep and without a seed.
func drawn(t *testing.T, e *example.Example, language, conditions string) bool {
	t.Helper()
	seed := os.Getenv("SEED")
	smallest := e.Plugins[0]
	if slices.Contains(e.Plugins, "c") {
		smallest = "c"
	}
	if language == smallest || seed == "" || os.Getenv("DEEP") == "true" {
		return true
	}
	oneIn := uint32(5)
	if conditions == "page" {
		// There an interpreter within an interpreter compiles it.
		oneIn = 11
	}
	hash := fnv.New32a()
	fmt.Fprint(hash, seed, e.Name, language, conditions)
	return hash.Sum32()%oneIn == 0
}

func replay(
	t *testing.T, e *example.Example, recorded []transcript.Step,
	language string, engine engine, environment ...string,
) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), timeout)
	defer cancel()
	dir := t.TempDir()
	err := session.Install(engine.plugin(t, e, language), dir, e.Name)
	if err != nil {
		t.Fatal(err)
	}
	err = session.ReplayUnder(ctx, e, recorded, engine.host(t, e), dir,
		session.Conditions{Environment: environment})
	if err != nil {
		t.Errorf("%s/transcript.txt, %s plugin, %s: %v",
			e.Name, language, engine.name, err)
	}
}

// The page learns of every call of the plugin: from wazero's own listeners, set
// by the overlay, while the example's source says nothing of them.
func TestTheTraceShowsThePluginsCalls(t *testing.T) {
	e, err := example.Load("pipe-waits")
	if err != nil {
		t.Fatal(err)
	}
	const (
		prompt = "#1 fd_write(1)\n   fd_write(1) = errno 0, 6 bytes\n"
		reads  = "#1 fd_read(0)\n   fd_read(0) = errno 0, "
		writes = "#1 fd_write(1)\n   fd_write(1) = errno 0, "
	)
	greetings := "plan 1\nprepared\n" +
		prompt + reads + "4 bytes\n" + // Ada
		writes + "12 bytes\n" + // Hello, Ada!
		prompt + reads + "7 bytes\n" + // 世界
		writes + "15 bytes\n" +
		prompt + reads + "4 bytes\n" + // Zoë, without Enter
		reads + "0 bytes\n" + // EOF
		writes + "1 bytes\n" +
		writes + "13 bytes\n" +
		writes + "20 bytes\n"
	for language, want := range map[string]string{
		"c":  greetings, // main returns
		"go": greetings + "   proc_exit aborted, exit 1, code 0\n",
	} {
		t.Run(language, func(t *testing.T) {
			file := filepath.Join(t.TempDir(), "trace")
			t.Setenv("PAGEHOST_TRACE", file)
			page := engines[len(engines)-1]
			replay(t, e, read(t, e), language, page)
			if found := string(content(t, file)); found != want {
				t.Errorf("expected\n%s\nfound\n%s", want, found)
			}
		})
	}
}

// Hosts are compared on the same plugin: what differs is theirs.
func TestPluginsOfOneFamilyAreOneProgram(t *testing.T) {
	families := map[string][]string{
		"pipe-waits": {
			"terminal", "host-ticks", "one-pipe", "never-reads",
			"no-stdin", "buffer-fed", "pipe-left-open", "first-line",
		},
		"two-pipes": {
			"hears-itself", "write-too-early", "write-beside", "half-line",
			"write-has-room", "abandoned", "all-first", "os-pipe-ends",
			"os-pipe-wrapped", "stdin-timeout", "stdin-copied",
			"interrupt-unheard", "interrupt-heard", "close-too-early",
			"close-in-order", "number-reused",
		},
		"asks-first":       {"asks-os-pipe"},
		"buffer-once":      {"reads-ahead"},
		"reactor":          {"reactor-gone", "reactor-raw", "linked-stdin"},
		"stop-in-time":     {"timeout-alone"},
		"output-live":      {"output-open"},
		"config-reused":    {"shared-stdin", "name-taken"},
		"plugin-freezes":   {"plugin-runs-on", "copied-in"},
		"left-nonblocking": {"cut-short"},
	}
	for first, others := range families {
		for _, name := range others {
			e, err := example.Load(name)
			if err != nil {
				t.Fatal(err)
			}
			for _, language := range e.Plugins {
				file := example.PluginFile(language)
				want := content(t, filepath.Join(first, file))
				if !bytes.Equal(content(t, filepath.Join(name, file)), want) {
					t.Errorf("expected %s/%s to be as %s/%s",
						name, file, first, file)
				}
			}
		}
	}
}

func TestSourcesFitThePage(t *testing.T) {
	const columns, tab = 80, 4
	var files []string
	for _, e := range examples(t) {
		files = append(files, filepath.Join(e.Name, "host", "main.go"))
		for _, language := range e.Plugins {
			files = append(files,
				filepath.Join(e.Name, example.PluginFile(language)))
		}
	}
	for _, file := range files {
		source := content(t, file)
		number := 0
		for line := range strings.Lines(string(source)) {
			number++
			line = strings.TrimSuffix(line, "\n")
			width := utf8.RuneCountInString(line) +
				strings.Count(line, "\t")*(tab-1)
			if width > columns {
				t.Errorf("%s:%d: expected at most %d columns, found %d",
					file, number, columns, width)
			}
		}
		if filepath.Ext(file) != ".go" {
			continue
		}
		formatted, err := format.Source(source)
		if err != nil {
			t.Errorf("%s: %v", file, err)
		}
		if !bytes.Equal(formatted, source) {
			t.Errorf("%s: expected the format of \"go fmt\"", file)
		}
	}
}

func TestArtefactsAreMadeFromTheseSources(t *testing.T) {
	m, err := manifest.Read(published)
	if err != nil {
		t.Fatal(err)
	}
	sources, err := manifest.Sources(".")
	if err != nil {
		t.Fatal(err)
	}
	for name, files := range sources {
		want, err := manifest.HashFiles(".", files)
		if err != nil {
			t.Fatal(err)
		}
		if m.Artefacts[name].Sources != want {
			t.Errorf("%s was made from other sources: npm run wasm", name)
		}
	}
	for name := range m.Artefacts {
		if _, found := sources[name]; !found {
			t.Errorf("%s is made from nothing here: npm run wasm", name)
		}
	}
}

func examples(t *testing.T) []*example.Example {
	t.Helper()
	all, err := example.List(".")
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// read reads the transcript of an example, and checks that its acts are those
// of example.json.
func read(t *testing.T, e *example.Example) []transcript.Step {
	t.Helper()
	steps, _ := readAll(t, e)
	return steps
}

// readAll is read, with the variants of the transcript.
func readAll(t *testing.T, e *example.Example) (
	[]transcript.Step, []transcript.Variant,
) {
	t.Helper()
	file := filepath.Join(e.Name, "transcript.txt")
	steps, variants, err := transcript.ParseAll(string(content(t, file)))
	if err != nil {
		t.Fatalf("%s: %v", file, err)
	}
	var acts []transcript.Step
	for _, step := range steps {
		if step.Kind.IsAct() {
			acts = append(acts, step)
		}
	}
	if fmt.Sprint(acts) != fmt.Sprint(e.Acts) {
		t.Fatalf("%s: expected the acts of example.json, %v, found %v: "+
			"make record", file, e.Acts, acts)
	}
	return steps, variants
}

func artefact(t *testing.T, name string) string {
	t.Helper()
	m, err := manifest.Read(published)
	if err != nil {
		t.Fatal(err)
	}
	entry, found := m.Artefacts[name]
	if !found {
		t.Fatalf("expected the artefact %q in manifest.json, found none: "+
			"npm run wasm", name)
	}
	return absolute(t, published, entry.File)
}

func absolute(t *testing.T, parts ...string) string {
	t.Helper()
	file, err := filepath.Abs(filepath.Join(parts...))
	if err != nil {
		t.Fatal(err)
	}
	return file
}

func content(t *testing.T, file string) []byte {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return text
}
