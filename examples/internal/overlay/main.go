// Overlay writes files for "go build -overlay=… -modfile=…" that add something
// to wazero at build time, without a changed copy of wazero anywhere.
//
// Usage: overlay variant output-folder module-folder
//
// The go command takes no overlay for files in its module cache. So go.mod
// replaces wazero by a folder that exists only in overlay.json, where each file
// is the one in the cache, or its patched version.
//
// Variants:
//
//	page         what the page's build adds: a listener on host functions where
//	             the program sets none (the trace), a yield in the interpreter's
//	             exit check (wasm has no preemption), a compilation cache where
//	             the program sets none, and the last plugin kept decoded.
//	pack         the same, for the packages that a page compiles against; and
//	             without the compiler engine, which has no code for wasm.
//	interpreter  NewRuntimeConfig chooses the interpreter, to replay the
//	             transcripts with it.
//
// Each patch replaces text of wazero's source, which must be there exactly
// once. Otherwise the tool fails: read the new source and mend the patch.
package main

import (
	"embed"
	"encoding/json"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"slices"
	"strings"
)

const (
	module = "github.com/tetratelabs/wazero"
	// version is the release that the patches were written for.
	version = "v1.12.0"
)

// virtualDir is the folder, below the module, that exists in the overlay only.
var virtualDir = filepath.Join(".build", "wazero")

// patch replaces text in a file of wazero.
type patch struct{ file, old, new string }

// variant is a set of patches, and of files added from the folder added/.
type variant struct {
	patches []patch
	added   map[string]string // file in wazero: file in added/
}

var page = variant{
	patches: []patch{{
		file: "runtime.go",
		old: `	fnlf := ctx.Value(expctxkeys.FunctionListenerFactoryKey{})
	if fnlf == nil {
		return nil, nil
	}
`,
		new: `	fnlf := ctx.Value(expctxkeys.FunctionListenerFactoryKey{})
	if fnlf == nil {
		fnlf = pageTrace
	}
`,
	}, {
		file: "internal/wasm/store.go",
		old: `	ModuleInstance struct {
		internalapi.WazeroOnlyType
`,
		new: `	ModuleInstance struct {
		internalapi.WazeroOnlyType

		PageTrace PageTrace
`,
	}, {
		file: "runtime.go",
		old: `	if c := config.cache; c != nil {
`,
		new: `	if c := pageCache(config); c != nil {
`,
	}, {
		file: "runtime.go",
		old: `	internal, err := binaryformat.DecodeModule(binary, r.enabledFeatures,
`,
		new: `	kept, binary := r.pageFind(ctx, binary)
	if kept != nil {
		return kept.compile(ctx, r)
	}
	internal, err := binaryformat.DecodeModule(binary, r.enabledFeatures,
`,
	}, {
		file: "runtime.go",
		old: `	internal.AssignModuleID(binary, listeners, r.ensureTermination)
`,
		new: `	internal.AssignModuleID(binary, listeners, r.ensureTermination)
	r.pageKeep(ctx, binary, internal, listeners)
`,
	}, {
		file: "internal/engine/interpreter/interpreter.go",
		old: `		case operationKindBuiltinFunctionCheckExitCode:
`,
		new: `		case operationKindBuiltinFunctionCheckExitCode:
			pageYield()
`,
	}},
	added: map[string]string{
		"page_trace.go":   "page_trace.go.txt",
		"page_cache.go":   "page_cache.go.txt",
		"page_decoded.go": "page_decoded.go.txt",
		"internal/engine/interpreter/page_yield.go": "page_yield.go.txt",
		"internal/wasm/page_instance.go":            "page_instance.go.txt",
	},
}

// withoutCompiler leaves the compiler engine out, which is a third of wazero. A
// program that insists on it is told what the engine would say on wasm.
var withoutCompiler = []patch{{
	file: "runtime.go",
	old: `	"github.com/tetratelabs/wazero/internal/engine/wazevo"
`,
	new: ``,
}, {
	file: "runtime.go",
	old: `			configEngine = wazevo.NewEngine
`,
	new: `			panic("unsupported architecture") // as wazevo/isa_other.go
`,
}}

var variants = map[string]variant{
	"page": page,
	"pack": {
		patches: slices.Concat(page.patches, withoutCompiler),
		added:   page.added,
	},
	"interpreter": {
		patches: []patch{{
			file: "config.go",
			old: `	ret.engineKind = engineKindAuto
`,
			new: `	ret.engineKind = engineKindInterpreter
`,
		}},
	},
}

//go:embed added
var added embed.FS

func main() {
	if len(os.Args) != 4 {
		fmt.Fprintln(os.Stderr,
			"usage: overlay variant output-folder module-folder")
		os.Exit(2)
	}
	if err := run(os.Args[1], os.Args[2], os.Args[3]); err != nil {
		fmt.Fprintln(os.Stderr, "overlay:", err)
		os.Exit(1)
	}
}

func run(name, out, root string) error {
	v, found := variants[name]
	if !found {
		return fmt.Errorf("unknown variant %q", name)
	}
	source, err := wazeroDir()
	if err != nil {
		return err
	}
	return v.write(source, out, root)
}

// wazeroDir finds the source of the wazero that go.mod pins.
func wazeroDir() (string, error) {
	list := exec.Command("go", "list", "-m", "-f", "{{.Version}} {{.Dir}}", module)
	list.Stderr = os.Stderr
	output, err := list.Output()
	if err != nil {
		return "", fmt.Errorf("go list -m %s: %w", module, err)
	}
	found, dir, _ := strings.Cut(strings.TrimSpace(string(output)), " ")
	if found != version {
		return "", fmt.Errorf(
			"expected wazero %s, found %s in go.mod; read the new source, "+
				"mend the patches and set the version in internal/overlay",
			version, found)
	}
	if dir == "" {
		return "", fmt.Errorf(
			"expected the source of wazero %s on this machine, found none; "+
				`run "go mod download"`, version)
	}
	return dir, nil
}

// write patches the source in a folder. It writes the patched and the added
// files, overlay.json, and a go.mod for the module in the folder root, all into
// the folder out.
func (v variant) write(source, out, root string) error {
	if err := os.RemoveAll(out); err != nil {
		return err
	}
	contents, err := v.patched(source)
	if err != nil {
		return err
	}
	// The go command wants absolute paths or such relative to where it runs.
	virtual, err := filepath.Abs(filepath.Join(root, virtualDir))
	if err != nil {
		return err
	}
	if out, err = filepath.Abs(out); err != nil {
		return err
	}
	replace := map[string]string{}
	files, err := sourceFiles(source)
	if err != nil {
		return err
	}
	for _, file := range files {
		at := filepath.Join(virtual, file)
		replace[at] = filepath.Join(source, file)
		if filepath.Ext(file) != ".s" {
			continue
		}
		// The assembler runs in the folder of its file.
		if err := os.MkdirAll(filepath.Dir(at), 0o755); err != nil {
			return err
		}
	}
	for file, text := range contents {
		to := filepath.Join(out, filepath.FromSlash(file))
		if err := write(to, text); err != nil {
			return err
		}
		replace[filepath.Join(virtual, filepath.FromSlash(file))] = to
	}
	overlay, err := json.MarshalIndent(
		map[string]any{"Replace": replace}, "", "  ")
	if err != nil {
		return err
	}
	err = write(filepath.Join(out, "overlay.json"), string(overlay))
	if err != nil {
		return err
	}

	for _, name := range []string{"go.mod", "go.sum"} {
		text, err := os.ReadFile(filepath.Join(root, name))
		if err != nil {
			return err
		}
		if name == "go.mod" {
			text = fmt.Appendf(text, "\nreplace %s => ./%s\n",
				module, filepath.ToSlash(virtualDir))
		}
		if err := write(filepath.Join(out, name), string(text)); err != nil {
			return err
		}
	}
	return nil
}

// patched returns the files that are not as in the source.
func (v variant) patched(source string) (map[string]string, error) {
	contents := map[string]string{}
	for _, p := range v.patches {
		text, found := contents[p.file]
		if !found {
			original, err := os.ReadFile(filepath.Join(source, p.file))
			if err != nil {
				return nil, err
			}
			text = string(original)
		}
		text, err := p.apply(text)
		if err != nil {
			return nil, err
		}
		contents[p.file] = text
	}
	for file, from := range v.added {
		if _, err := os.Stat(filepath.Join(source, file)); err == nil {
			return nil, fmt.Errorf("%s: expected no such file in wazero", file)
		}
		text, err := added.ReadFile(path.Join("added", from))
		if err != nil {
			return nil, err
		}
		contents[file] = string(text)
	}
	return contents, nil
}

// sourceFiles lists what a build of wazero can need.
func sourceFiles(source string) ([]string, error) {
	var files []string
	walk := func(file string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		name := entry.Name()
		if entry.IsDir() {
			if name == "testdata" {
				return filepath.SkipDir
			}
			return nil
		}
		test := strings.HasSuffix(name, "_test.go")
		switch filepath.Ext(name) {
		case ".go", ".s", ".h", ".mod":
			if test {
				return nil
			}
			relative, err := filepath.Rel(source, file)
			if err != nil {
				return err
			}
			files = append(files, relative)
		}
		return nil
	}
	err := filepath.WalkDir(source, walk)
	return files, err
}

func write(file, text string) error {
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		return err
	}
	return os.WriteFile(file, []byte(text), 0o644)
}

func (p patch) apply(text string) (string, error) {
	if n := strings.Count(text, p.old); n != 1 {
		return "", fmt.Errorf(
			"%s: expected this text once in wazero %s, found it %d times:\n%s",
			p.file, version, n, p.old)
	}
	return strings.Replace(text, p.old, p.new, 1), nil
}
