package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// patch replaces a piece of a file: from the text first up to the text next,
// which stays. Without next, the piece is first.
type patch struct{ file, first, next, new string }

// patches leave out what only other architectures need, and let the compiler
// stop after it has checked a program. What is left of the tools is the same
// code, and so are their results: the tests compare them with what the unpatched
// toolchain makes.
var patches = []patch{{
	file:  "cmd/compile/main.go",
	first: "\t\"cmd/compile/internal/amd64\"\n",
	next:  "\t\"cmd/compile/internal/base\"\n",
}, {
	file:  "cmd/compile/main.go",
	first: "\t\"cmd/compile/internal/loong64\"\n",
	next:  "\t\"cmd/compile/internal/ssagen\"\n",
}, {
	file:  "cmd/compile/main.go",
	first: "\t\"cmd/compile/internal/x86\"\n",
}, {
	file:  "cmd/compile/main.go",
	first: "\t\"386\":      x86.Init,\n",
	next:  "\t\"wasm\":     wasm.Init,\n",
}, {
	// The rules of the other architectures, which are most of the compiler.
	file:  "cmd/compile/internal/ssa/config.go",
	first: "\tcase \"amd64\":\n\t\tc.PtrSize = 8\n",
	next:  "\tcase \"wasm\":\n",
}, {
	// Checks alone are told as fast as one types; see src/toolchain.
	file:  "cmd/compile/internal/gc/main.go",
	first: "\tnoder.LoadPackage(flag.Args())\n",
	new: `	noder.LoadPackage(flag.Args())
	if os.Getenv("TYPECHECK_ONLY") != "" {
		base.ExitIfErrors()
		base.Exit(0)
	}
`,
}, {
	// An experiment for amd64.
	file:  "cmd/compile/internal/ssagen/intrinsics.go",
	first: "\t\tsimdIntrinsics(addF)\n",
}, {
	file:  "cmd/link/main.go",
	first: "\t\"cmd/link/internal/amd64\"\n",
	next:  "\t\"cmd/link/internal/ld\"\n",
}, {
	file:  "cmd/link/main.go",
	first: "\t\"cmd/link/internal/loong64\"\n",
	next:  "\t\"cmd/link/internal/wasm\"\n",
}, {
	file:  "cmd/link/main.go",
	first: "\t\"cmd/link/internal/x86\"\n",
}, {
	file:  "cmd/link/main.go",
	first: "\tcase \"386\":\n",
	next:  "\tcase \"wasm\":\n",
}}

// opcodes is the compiler's table of all architectures' instructions.
const opcodes = "cmd/compile/internal/ssa/opGen.go"

// writeOverlay writes the patched files and overlay.json into the folder out,
// and a link goroot to the toolchain: it may lie in the module cache, where the
// go command takes no overlay.
func writeOverlay(root, out string) error {
	if err := os.RemoveAll(out); err != nil {
		return err
	}
	contents, err := patched(filepath.Join(root, "src"))
	if err != nil {
		return err
	}
	if out, err = filepath.Abs(out); err != nil {
		return err
	}
	if err := os.MkdirAll(out, 0o755); err != nil {
		return err
	}
	linked := filepath.Join(out, "goroot")
	if err := os.Symlink(root, linked); err != nil {
		return err
	}
	replace := map[string]string{}
	for file, text := range contents {
		to := filepath.Join(out, filepath.FromSlash(file))
		if err := write(to, text); err != nil {
			return err
		}
		replace[filepath.Join(linked, "src", filepath.FromSlash(file))] = to
	}
	overlay, err := json.MarshalIndent(
		map[string]any{"Replace": replace}, "", "  ")
	if err != nil {
		return err
	}
	return write(filepath.Join(out, "overlay.json"), string(overlay))
}

// patched returns the files that are not as in the source.
func patched(source string) (map[string]string, error) {
	contents := map[string]string{}
	read := func(file string) (string, error) {
		if text, found := contents[file]; found {
			return text, nil
		}
		text, err := os.ReadFile(filepath.Join(source, filepath.FromSlash(file)))
		return string(text), err
	}
	for _, p := range patches {
		text, err := read(p.file)
		if err != nil {
			return nil, err
		}
		if contents[p.file], err = p.apply(text); err != nil {
			return nil, err
		}
	}
	text, err := read(opcodes)
	if err != nil {
		return nil, err
	}
	contents[opcodes], err = wasmOpcodes(text)
	return contents, err
}

func (p patch) apply(text string) (string, error) {
	start, err := find(p.file, text, p.first)
	if err != nil {
		return "", err
	}
	end := start + len(p.first)
	if p.next != "" {
		length, err := find(p.file, text[end:], p.next)
		if err != nil {
			return "", err
		}
		end += length
	}
	return text[:start] + p.new + text[end:], nil
}

// find returns where the text is, which must be there exactly once.
func find(file, in, text string) (int, error) {
	if n := strings.Count(in, text); n != 1 {
		return 0, fmt.Errorf(
			"%s: expected this text once in %s, found it %d times:\n%s",
			file, version, n, text)
	}
	return strings.Index(in, text), nil
}

// wasmOpcodes empties the table's entries for other architectures; the numbers
// of the others stay. The table and the list of their names have a group for
// each architecture, in the same order, with an empty line between two.
func wasmOpcodes(text string) (string, error) {
	const (
		namesStart = "\nconst (\n\tOpInvalid Op = iota\n\n"
		tableStart = "\nvar opcodeTable = [...]opInfo{\n\t{name: \"OpInvalid\"},\n\n"
	)
	names, _, namesEnd, err := groups(text, namesStart, "\n)\n")
	if err != nil {
		return "", err
	}
	table, start, end, err := groups(text, tableStart, "\n}\n")
	if err != nil {
		return "", err
	}
	if namesEnd > start || len(names) != len(table) {
		return "", fmt.Errorf("%s: expected as many groups of names as of "+
			"instructions, found %d and %d", opcodes, len(names), len(table))
	}
	var kept []string
	for i, group := range names {
		all := strings.Fields(group)
		if found := strings.Count("\n"+table[i], "\n\t{\n"); found != len(all) {
			return "", fmt.Errorf("%s: expected %d instructions from %s on, "+
				"found %d", opcodes, len(all), all[0], found)
		}
		generic := i == len(names)-1
		if !generic && !strings.HasPrefix(all[0], "OpWasm") {
			continue
		}
		kept = append(kept, "\t"+all[0]+": "+strings.TrimPrefix(table[i], "\t"))
	}
	if len(kept) != 2 {
		return "", fmt.Errorf("%s: expected instructions of wasm, and generic "+
			"ones, found %d groups of them", opcodes, len(kept))
	}
	text = text[:start] + strings.Join(kept, "\n\n") + text[end:]
	// The registers, which only a configuration that is gone refers to.
	for _, name := range []string{
		"386", "AMD64", "ARM", "ARM64", "LOONG64", "MIPS", "MIPS64", "PPC64",
		"RISCV64", "S390X",
	} {
		first := "\nvar registers" + name + " = [...]Register{\n"
		_, start, end, err := groups(text, first, "\n}\n")
		if err != nil {
			return "", err
		}
		text = text[:start-len(first)] + text[end+len("\n}"):]
	}
	// What only they and the entries that are gone imported.
	for _, name := range []string{
		"arm", "arm64", "loong64", "mips", "ppc64", "riscv", "s390x", "x86",
	} {
		line := "\t\"cmd/internal/obj/" + name + "\"\n"
		at, err := find(opcodes, text, line)
		if err != nil {
			return "", err
		}
		text = text[:at] + text[at+len(line):]
	}
	return text, nil
}

// groups splits what stands between two texts at its empty lines.
func groups(text, first, last string) (all []string, start, end int, err error) {
	start, err = find(opcodes, text, first)
	if err != nil {
		return nil, 0, 0, err
	}
	start += len(first)
	length := strings.Index(text[start:], last)
	if length < 0 {
		return nil, 0, 0, fmt.Errorf("%s: expected %q after %q, found none",
			opcodes, last, first)
	}
	end = start + length
	return strings.Split(text[start:end], "\n\n"), start, end, nil
}

func write(file, text string) error {
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		return err
	}
	return os.WriteFile(file, []byte(text), 0o644)
}
