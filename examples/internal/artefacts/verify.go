package main

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"

	"block-or-eof/examples/internal/manifest"
)

// clean is a folder in which everything is built again.
type clean struct {
	// below is its path below a temporary folder. The lengths differ, since
	// a path that gets into a file changes it.
	below string
	// emptyCache says to build without what the go command has built before,
	// the standard library included. Once must do: it takes a minute.
	emptyCache bool
}

// folders returns where to build. The published artefacts come from a third
// folder, so one is enough to find what depends on it; npm run deep builds in
// both, once without a cache.
func folders() []clean {
	all := []clean{
		{below: filepath.Join("a-folder with spaces", "of-another-length")},
		{below: "a", emptyCache: true},
	}
	if os.Getenv("DEEP") == "true" {
		return all
	}
	return all[:1]
}

// verify builds the artefacts in clean folders and compares them with one
// another and with the published ones.
func verify(clang, rustc string) (err error) {
	want, err := manifest.Read(filepath.Join("..", published))
	if err != nil {
		return err
	}
	found, err := findTools(clang, rustc)
	if err != nil {
		return err
	}
	for _, tool := range []struct{ name, want, found string }{
		{"wazero", want.Wazero, found.wazero},
		{"go", want.Go, found.golang},
		{"clang", want.Clang, found.clang},
		{"rustc", want.Rust, found.rust},
	} {
		note := "as expected"
		if tool.found != tool.want {
			note = fmt.Sprintf("but the published artefacts were built with %q",
				tool.want)
		}
		fmt.Printf("%-7s %s, %s\n", tool.name, tool.found, note)
	}

	temporary, err := os.MkdirTemp("", "verify")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(temporary)) }()
	built := []string{filepath.Join("..", published)}
	for i, c := range folders() {
		root := filepath.Join(temporary, c.below)
		if err := c.build(root, clang, rustc, filepath.Join(
			temporary, fmt.Sprintf("cache-%d", i))); err != nil {
			return fmt.Errorf("build in a clean folder: %w", err)
		}
		built = append(built, filepath.Join(root, published))
	}
	differences, err := compare(built)
	if err != nil {
		return err
	}
	if len(differences) > 0 {
		return fmt.Errorf("expected the same bytes in all builds, found:\n  %s\n"+
			"If the sources or the toolchain have changed: npm run wasm",
			strings.Join(differences, "\n  "))
	}
	fmt.Printf("%d artefacts are the same, bit by bit, in %d clean "+
		"folder(s) and in %s\n", len(want.Artefacts), len(built)-1,
		filepath.ToSlash(published))
	return nil
}

// build copies this folder to root and builds the artefacts there.
func (c clean) build(root, clang, rustc, cache string) error {
	to := filepath.Join(root, "examples")
	if err := copySources(".", to); err != nil {
		return err
	}
	build := exec.Command("make", "--silent", "artefacts",
		"CLANG="+clang, "RUSTC="+rustc, "ALL=1")
	build.Dir = to
	build.Env = os.Environ()
	if c.emptyCache {
		build.Env = append(build.Env, "GOCACHE="+cache)
	}
	build.Stdout, build.Stderr = os.Stderr, os.Stderr
	return build.Run()
}

// copySources copies a folder, without what was built in it.
func copySources(from, to string) error {
	walk := func(file string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		name, err := filepath.Rel(from, file)
		if err != nil {
			return err
		}
		target := filepath.Join(to, name)
		if entry.IsDir() {
			if entry.Name() == ".build" {
				return filepath.SkipDir
			}
			return os.MkdirAll(target, 0o755)
		}
		content, err := os.ReadFile(file)
		if err != nil {
			return err
		}
		return os.WriteFile(target, content, 0o644)
	}
	return filepath.WalkDir(from, walk)
}

// compare compares the files of the first folder, the published one, with
// those of the others. It returns a line for each that is not the same. The
// toolchain's names in the manifest may differ where the bytes do not.
func compare(folders []string) ([]string, error) {
	published, err := manifest.Read(folders[0])
	if err != nil {
		return nil, err
	}
	var differences []string
	for i, folder := range folders {
		m, err := manifest.Read(folder)
		if err != nil {
			return nil, err
		}
		place := "in public/wasm"
		if i > 0 {
			place = fmt.Sprintf("in clean folder %d", i)
		}
		names := map[string]bool{}
		for name := range published.Artefacts {
			names[name] = true
		}
		for name := range m.Artefacts {
			names[name] = true
		}
		for name := range names {
			want, expected := published.Artefacts[name]
			found, built := m.Artefacts[name]
			switch {
			case !built:
				differences = append(differences, fmt.Sprintf(
					"%s: expected %s, found none", name, place))
				continue
			case !expected:
				differences = append(differences, fmt.Sprintf(
					"%s: found %s, but not in public/wasm", name, place))
				continue
			case found.Sources != want.Sources:
				differences = append(differences, fmt.Sprintf(
					"%s: the sources have changed since it was published",
					name))
			}
			difference, err := compareFiles(
				filepath.Join(folders[0], want.File),
				filepath.Join(folder, found.File))
			if err != nil {
				return nil, err
			}
			content, err := os.ReadFile(filepath.Join(folder, found.File))
			if err != nil {
				return nil, err
			}
			if manifest.Hash(content) != found.SHA256 ||
				len(content) != found.Bytes {
				difference = "is not what manifest.json says"
			}
			if difference != "" {
				differences = append(differences, fmt.Sprintf(
					"%s: %s %s", name, place, difference))
			}
		}
	}
	slices.Sort(differences)
	return slices.Compact(differences), nil
}

// compareFiles says in which way the second file differs from the first.
func compareFiles(first, second string) (string, error) {
	a, err := os.ReadFile(first)
	if err != nil {
		return "", err
	}
	b, err := os.ReadFile(second)
	if err != nil {
		return "", err
	}
	if bytes.Equal(a, b) {
		return "", nil
	}
	at := 0
	for at < min(len(a), len(b)) && a[at] == b[at] {
		at++
	}
	return fmt.Sprintf("differs from byte %d on (%d bytes, %d are published)",
		at, len(b), len(a)), nil
}
