package main

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"block-or-eof/examples/internal/manifest"
)

// stale lists the artefacts that are not published as their sources are now; or
// all of them.
func stale(clang, rustc string, all bool) ([]string, error) {
	sources, err := manifest.Sources(".")
	if err != nil {
		return nil, err
	}
	names := slices.Sorted(maps.Keys(sources))
	if all {
		return names, nil
	}
	published, err := readPublished()
	if err != nil {
		return nil, err
	}
	var found []string
	for _, name := range names {
		now, err := manifest.HashFiles(".", sources[name])
		if err != nil {
			return nil, err
		}
		if now != published.Artefacts[name].Sources {
			found = append(found, name)
		}
	}
	if err := sameCompilers(published, found, clang, rustc); err != nil {
		return nil, err
	}
	return found, nil
}

// readPublished reads the manifest, or an empty one where there is none yet.
func readPublished() (manifest.Manifest, error) {
	m, err := manifest.Read(filepath.Join("..", published))
	if errors.Is(err, fs.ErrNotExist) {
		return manifest.Manifest{}, nil
	}
	return m, err
}

// sameCompilers refuses to build a part of what is published with another
// compiler than the rest was built with. A compiler that is not needed may be
// absent.
func sameCompilers(
	published manifest.Manifest, names []string, clang, rustc string,
) error {
	for _, compiler := range []struct {
		ending, variable, program, want string
		find                            func(string) (string, error)
	}{
		{".c", "CLANG", clang, published.Clang, clangVersion},
		{".rust", "RUSTC", rustc, published.Rust, rustVersion},
	} {
		needed := slices.IndexFunc(names, func(name string) bool {
			return strings.HasSuffix(name, compiler.ending)
		})
		if needed < 0 {
			continue
		}
		found, err := compiler.find(compiler.program)
		if err != nil {
			return err
		}
		if compiler.want != "" && found != compiler.want {
			return fmt.Errorf("%s: expected %q, which built the other "+
				"artefacts, found %q; name that one (%s=… npm run wasm), or "+
				"build all with yours (npm run wasm -- ALL=1)",
				names[needed], compiler.want, found, compiler.variable)
		}
	}
	return nil
}

func clangVersion(clang string) (string, error) {
	version, err := line(clang, "--version")
	if err != nil {
		return "", fmt.Errorf("%w\nThe C plugins need clang, lld and "+
			"wasi-libc; on Debian: apt-get install clang lld wasi-libc "+
			"libclang-rt-14-dev-wasm32", err)
	}
	return version, nil
}

func rustVersion(rustc string) (string, error) {
	version, err := line(rustc, "--version")
	if err != nil {
		return "", fmt.Errorf("%w\nThe Rust plugins need rustc; on "+
			"Debian: apt-get install rustc libstd-rust-dev-wasm32", err)
	}
	return version, nil
}

// built reads an artefact that make has built.
func built(name string) ([]byte, error) {
	return os.ReadFile(filepath.Join(".build", "wasm", name+".wasm"))
}
