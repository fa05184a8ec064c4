// Dispatch makes a Go module in which all example hosts are one program, and
// all Go plugins another. Each picks its example by the base name of argv[0].
//
// A program can't import a package main, so the module holds copies: the same
// bytes, but "package main" is "package host" (or plugin), and "func main()"
// is "func Main()". File names and line numbers stay, so a panic in the page
// points to the line that the reader sees.
//
// With -native, the hosts are those of all examples, and nothing is added for
// the page: one program to run each of them natively. With -traced, they write
// down the calls of their plugins, too: see internal/traced.
//
// Usage: dispatch [-native | -traced] examples-folder output-folder
package main

import (
	"bytes"
	"errors"
	"flag"
	"fmt"
	"go/format"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"text/template"

	"block-or-eof/examples/internal/example"
)

func main() {
	native := flag.Bool("native", false, "all hosts, for this machine")
	traced := flag.Bool("traced", false, "all hosts, for this machine, traced")
	flag.Parse()
	if flag.NArg() != 2 {
		fmt.Fprintln(os.Stderr,
			"usage: dispatch [-native | -traced] examples-folder output-folder")
		os.Exit(2)
	}
	root, out := flag.Arg(0), flag.Arg(1)
	var err error
	if *native || *traced {
		err = generateNative(root, out, *traced)
	} else {
		err = generate(root, out)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "dispatch:", err)
		os.Exit(1)
	}
}

// entry is one example in a program.
type entry struct{ Name, Alias, Path string }

// generateNative makes the module for this machine: hosts only.
func generateNative(root, out string, traced bool) error {
	examples, err := begin(root, out)
	if err != nil {
		return err
	}
	change := unchanged
	if traced {
		change = trace
		const listener = "internal/traced/traced.go"
		source, err := os.ReadFile(filepath.Join(root, listener))
		if err != nil {
			return err
		}
		if err := write(filepath.Join(out, listener), source); err != nil {
			return err
		}
	}
	var hosts []entry
	for _, e := range examples {
		host := newEntry(e.Name, "host")
		if err := copyPackage(root, out, host, change); err != nil {
			return err
		}
		hosts = append(hosts, host)
	}
	return program(nativeTemplate, hosts, out, "hosts")
}

// begin empties the output folder but for a go.mod: the same module path, the
// same wazero.
func begin(root, out string) ([]*example.Example, error) {
	examples, err := example.List(root)
	if err != nil {
		return nil, err
	}
	if err := os.RemoveAll(out); err != nil {
		return nil, err
	}
	for _, name := range []string{"go.mod", "go.sum"} {
		content, err := os.ReadFile(filepath.Join(root, name))
		if err != nil {
			return nil, err
		}
		if err := write(filepath.Join(out, name), content); err != nil {
			return nil, err
		}
	}
	return examples, nil
}

func unchanged(source []byte) ([]byte, error) { return source, nil }

func generate(root, out string) error {
	examples, err := begin(root, out)
	if err != nil {
		return err
	}
	var hosts, plugins []entry
	for _, e := range examples {
		if !e.Runs("page") {
			continue
		}
		host := newEntry(e.Name, "host")
		if err := copyPackage(root, out, host, unchanged); err != nil {
			return err
		}
		hosts = append(hosts, host)
		if !slices.Contains(e.Plugins, "go") || e.Reactor {
			continue
		}
		plugin := newEntry(e.Name, "plugin")
		if err := copyPackage(root, out, plugin, unchanged); err != nil {
			return err
		}
		plugins = append(plugins, plugin)
	}
	if err := program(hostsTemplate, hosts, out, "hosts"); err != nil {
		return err
	}
	return program(pluginsTemplate, plugins, out, "plugins")
}

func newEntry(name, role string) entry {
	return entry{
		Name:  name,
		Alias: strings.ReplaceAll(name, "-", "_"),
		Path:  name + "/" + role,
	}
}

// copyPackage copies the Go files of an example's host or plugin, each changed
// by change.
func copyPackage(
	root, out string, e entry, change func([]byte) ([]byte, error),
) error {
	files, err := filepath.Glob(filepath.Join(root, e.Path, "*.go"))
	if err != nil {
		return err
	}
	mains := 0
	for _, file := range files {
		if strings.HasSuffix(file, "_test.go") {
			continue
		}
		source, err := os.ReadFile(file)
		if err != nil {
			return err
		}
		name := e.Path + "/" + filepath.Base(file)
		source, found, err := importable(source, filepath.Base(e.Path))
		if err == nil {
			source, err = change(source)
		}
		if err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		if found {
			mains++
		}
		if err := write(filepath.Join(out, name), source); err != nil {
			return err
		}
	}
	if mains != 1 {
		return fmt.Errorf("%s: expected one func main(), found %d",
			e.Path, mains)
	}
	return nil
}

// importable renames the package main and its func main, and says whether
// there was a func main.
func importable(source []byte, name string) ([]byte, bool, error) {
	lines := bytes.Split(source, []byte("\n"))
	packages, mains := 0, 0
	for i, line := range lines {
		switch string(line) {
		case "package main":
			packages++
			lines[i] = []byte("package " + name)
		case "func main() {":
			mains++
			lines[i] = []byte("func Main() {")
		}
	}
	if packages != 1 {
		return nil, false, fmt.Errorf(
			`expected the line "package main" once, found it %d times`,
			packages)
	}
	if mains > 1 {
		return nil, false, errors.New(`found "func main() {" more than once`)
	}
	return bytes.Join(lines, []byte("\n")), mains == 1, nil
}

func program(text string, entries []entry, out, name string) error {
	var source bytes.Buffer
	tmpl := template.Must(template.New(name).Parse(text))
	if err := tmpl.Execute(&source, entries); err != nil {
		return err
	}
	formatted, err := format.Source(source.Bytes())
	if err != nil {
		return err
	}
	return write(filepath.Join(out, name, "main.go"), formatted)
}

func write(file string, content []byte) error {
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		return err
	}
	return os.WriteFile(file, content, 0o644)
}

const hostsTemplate = `// Code generated by internal/dispatch. DO NOT EDIT.

// Hosts is all example hosts in one program, for the page.
package main

import (
	"context"
	"fmt"
	"os"
	"path"
	"runtime"
	"runtime/debug"

	"github.com/tetratelabs/wazero"

{{range .}}	{{.Alias}} "block-or-eof/examples/{{.Path}}"
{{end}})

// What the page wants done before the example starts; see plan.
const (
	compilePlugin      = 1 << 0
	closeOnContextDone = 1 << 1
)

//go:wasmimport block_or_eof plan
func plan() uint32

// prepared returns when the page wants the example to start.
//
//go:wasmimport block_or_eof prepared
func prepared()

func main() {
	hosts := map[string]func(){
{{range .}}		"{{.Name}}": {{.Alias}}.Main,
{{end}}	}
	name := path.Base(os.Args[0])
	host, found := hosts[name]
	if !found {
		fmt.Fprintf(os.Stderr, "expected an example's name, found %q\n", name)
		os.Exit(2)
	}
	if p := plan(); p&compilePlugin != 0 && len(os.Args) > 1 {
		prepare(os.Args[1], p&closeOnContextDone != 0)
	}
	prepared()
	host()
}

// prepare compiles the plugin, so that the cache has it when the example asks.
// The cache's key includes terminable. Errors are left for the example to meet.
func prepare(file string, terminable bool) {
	plugin, err := os.ReadFile(file)
	if err != nil {
		return
	}
	// Garbage is collected once, and here: a collection that is under way when
	// the example starts would slow it down.
	defer runtime.GC()
	defer debug.SetGCPercent(debug.SetGCPercent(-1))
	ctx := context.Background()
	config := wazero.NewRuntimeConfig().WithCloseOnContextDone(terminable)
	// Never closed: closing would drop the plugin from the cache.
	_, _ = wazero.NewRuntimeWithConfig(ctx, config).CompileModule(ctx, plugin)
}
`

const nativeTemplate = `// Code generated by internal/dispatch. DO NOT EDIT.

// Hosts is all example hosts in one program, for this machine.
package main

import (
	"fmt"
	"os"
	"path/filepath"

{{range .}}	{{.Alias}} "block-or-eof/examples/{{.Path}}"
{{end}})

func main() {
	hosts := map[string]func(){
{{range .}}		"{{.Name}}": {{.Alias}}.Main,
{{end}}	}
	name := filepath.Base(os.Args[0])
	host, found := hosts[name]
	if !found {
		fmt.Fprintf(os.Stderr, "expected an example's name, found %q\n", name)
		os.Exit(2)
	}
	host()
}
`

const pluginsTemplate = `// Code generated by internal/dispatch. DO NOT EDIT.

// Plugins is all examples' Go plugins in one program, for the page.
package main

import (
	"fmt"
	"os"
	"path"
	"strings"

{{range .}}	{{.Alias}} "block-or-eof/examples/{{.Path}}"
{{end}})

func main() {
	plugins := map[string]func(){
{{range .}}		"{{.Name}}": {{.Alias}}.Main,
{{end}}	}
	name := strings.TrimSuffix(path.Base(os.Args[0]), ".wasm")
	plugin, found := plugins[name]
	if !found {
		fmt.Fprintf(os.Stderr, "expected an example's name, found %q\n", name)
		os.Exit(2)
	}
	plugin()
}
`
