package main

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
)

// plugins is what a plugin can import, and hosts what a host can besides. What
// these import in turn goes into the pack too, for the linker.
var (
	plugins = []string{
		"bufio", "bytes", "cmp", "container/heap", "container/list",
		"container/ring", "context", "embed", "encoding", "encoding/base64",
		"encoding/binary", "encoding/csv", "encoding/hex", "encoding/json",
		"errors", "flag", "fmt", "hash", "hash/crc32", "hash/fnv", "io",
		"io/fs", "iter", "log", "maps", "math", "math/bits", "math/rand",
		"math/rand/v2", "os", "os/signal", "path", "path/filepath", "reflect",
		"regexp", "runtime", "runtime/debug", "slices", "sort", "strconv",
		"strings", "sync", "sync/atomic", "syscall", "testing/iotest",
		"text/tabwriter", "time", "unicode", "unicode/utf16", "unicode/utf8",
		"unique", "unsafe", "weak",
	}
	hosts = []string{
		"github.com/tetratelabs/wazero",
		"github.com/tetratelabs/wazero/api",
		"github.com/tetratelabs/wazero/experimental",
		"github.com/tetratelabs/wazero/experimental/logging",
		"github.com/tetratelabs/wazero/experimental/sys",
		"github.com/tetratelabs/wazero/imports/wasi_snapshot_preview1",
		"github.com/tetratelabs/wazero/sys",
	}
)

// An index stands before the contents, in UTF-8 JSON, and its length before it,
// in 4 bytes, little-endian. The contents follow one another.
type (
	// exportsIndex heads exports.bin: what the compiler has to know of each
	// package that can be imported.
	exportsIndex struct {
		Language string         `json:"language"` // as in go.mod, e.g. "go1.26"
		Packages []exportedSize `json:"packages"`
	}
	exportedSize struct {
		Path string `json:"path"`
		// Target is "plugin" if plugins can import it too, else "host".
		Target string `json:"target"`
		Size   int    `json:"size"`
	}
	// objectsIndex heads objects.bin: the code of all packages.
	objectsIndex struct {
		Packages []object `json:"packages"`
	}
	object struct {
		Path    string   `json:"path"`
		Members []member `json:"members"`
	}
	member struct {
		Name string `json:"name"`
		Size int    `json:"size"`
	}
)

// language is the version of Go that the examples are written in (go.mod).
const language = "go1.26"

// listed is what the go command tells of a package.
type listed struct{ ImportPath, Export string }

func writePack(out string, flags []string) error {
	packages, err := list(flags)
	if err != nil {
		return err
	}
	exports := exportsIndex{Language: language}
	var objects objectsIndex
	var exported, code []byte
	found := map[string]bool{"unsafe": true}
	for _, p := range packages {
		if p.Export == "" { // unsafe
			continue
		}
		members, err := archive(p.Export)
		if err != nil {
			return fmt.Errorf("%s: %w", p.ImportPath, err)
		}
		target := "host"
		if slices.Contains(plugins, p.ImportPath) {
			target = "plugin"
		}
		if target == "plugin" || slices.Contains(hosts, p.ImportPath) {
			found[p.ImportPath] = true
			exports.Packages = append(exports.Packages, exportedSize{
				p.ImportPath, target, len(members[0].content)})
			exported = append(exported, members[0].content...)
		}
		o := object{Path: p.ImportPath}
		for _, m := range members[1:] {
			o.Members = append(o.Members, member{m.name, len(m.content)})
			code = append(code, m.content...)
		}
		objects.Packages = append(objects.Packages, o)
	}
	for _, path := range slices.Concat(plugins, hosts) {
		if !found[path] {
			return fmt.Errorf("expected the package %s, found none", path)
		}
	}
	if err := writeBin(out, "exports.bin", exports, exported); err != nil {
		return err
	}
	return writeBin(out, "objects.bin", objects, code)
}

// list compiles the packages and all that they import, sorted by path.
func list(flags []string) ([]listed, error) {
	args := slices.Concat([]string{"list"}, flags,
		[]string{"-export", "-deps", "-json=ImportPath,Export"}, plugins, hosts)
	command := exec.Command("go", args...)
	command.Stderr = os.Stderr
	output, err := command.Output()
	if err != nil {
		return nil, fmt.Errorf("go list: %w", err)
	}
	var packages []listed
	for decoder := json.NewDecoder(bytes.NewReader(output)); decoder.More(); {
		var p listed
		if err := decoder.Decode(&p); err != nil {
			return nil, err
		}
		packages = append(packages, p)
	}
	slices.SortFunc(packages, func(a, b listed) int {
		return strings.Compare(a.ImportPath, b.ImportPath)
	})
	return packages, nil
}

// piece is a file in an archive.
type piece struct {
	name    string
	content []byte
}

// archive reads what the compiler wrote (cmd/internal/archive): first what
// others must know of the package, then its code. The build id is left out: it
// says how a file was built, which may differ where the results do not.
func archive(file string) ([]piece, error) {
	const (
		magic      = "!<arch>\n"
		headerSize = 60
		nameSize   = 16
		sizeAt     = 48
		sizeSize   = 10
	)
	text, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	rest, found := bytes.CutPrefix(text, []byte(magic))
	if !found {
		return nil, fmt.Errorf("expected an archive, found %.20q", text)
	}
	var all []piece
	for len(rest) >= headerSize {
		name := strings.TrimSpace(string(rest[:nameSize]))
		size, err := strconv.Atoi(strings.TrimSpace(
			string(rest[sizeAt : sizeAt+sizeSize])))
		if err != nil || headerSize+size > len(rest) {
			return nil, fmt.Errorf("%s: expected a size, found %q", name,
				rest[sizeAt:sizeAt+sizeSize])
		}
		content := rest[headerSize : headerSize+size]
		all = append(all, piece{name, withoutBuildID(content)})
		rest = rest[headerSize+size:]
		if size%2 == 1 && len(rest) > 0 { // aligned
			rest = rest[1:]
		}
	}
	if len(all) < 2 || all[0].name != "__.PKGDEF" {
		return nil, fmt.Errorf("expected __.PKGDEF and code, found %d files",
			len(all))
	}
	return all, nil
}

// withoutBuildID drops the line that starts with "build id" after the first.
func withoutBuildID(content []byte) []byte {
	first, rest, found := bytes.Cut(content, []byte("\n"))
	if !found || !bytes.HasPrefix(rest, []byte("build id ")) {
		return content
	}
	_, rest, _ = bytes.Cut(rest, []byte("\n"))
	return slices.Concat(first, []byte("\n"), rest)
}

func writeBin(out, name string, index any, content []byte) error {
	head, err := json.Marshal(index)
	if err != nil {
		return err
	}
	bin := binary.LittleEndian.AppendUint32(nil, uint32(len(head)))
	return os.WriteFile(filepath.Join(out, name),
		slices.Concat(bin, head, content), 0o644)
}
