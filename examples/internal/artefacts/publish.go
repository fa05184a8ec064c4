package main

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"

	"block-or-eof/examples/internal/manifest"
)

// publish puts the named artefacts, which make has built, into the published
// folder. The others stay as they are, and so do the names of compilers that
// built none of these; what is made from nothing here goes.
func publish(clang, rustc string, names []string) error {
	m, err := readPublished()
	if err != nil {
		return err
	}
	if err := nameTools(&m, clang, rustc, names); err != nil {
		return err
	}
	sources, err := manifest.Sources(".")
	if err != nil {
		return err
	}
	contents := map[string][]byte{}
	artefacts := map[string]manifest.Artefact{}
	for name, files := range sources {
		artefact, content := m.Artefacts[name], []byte(nil)
		if slices.Contains(names, name) {
			artefact, content, err = newArtefact(name, files)
		} else {
			content, err = os.ReadFile(
				filepath.Join("..", published, artefact.File))
		}
		if err != nil {
			return err
		}
		contents[artefact.File], artefacts[name] = content, artefact
	}
	m.Artefacts = artefacts
	text, err := json.MarshalIndent(m, "", "  ")
	if err != nil {
		return err
	}
	contents["manifest.json"] = append(text, '\n')

	return writePublished(contents)
}

// nameTools names what builds the artefacts.
func nameTools(
	m *manifest.Manifest, clang, rustc string, names []string,
) (err error) {
	if m.Wazero, err = wazeroVersion(); err != nil {
		return err
	}
	if m.Go, err = goVersion(); err != nil {
		return err
	}
	for _, name := range names {
		switch filepath.Ext(name) {
		case ".c":
			m.Clang, err = clangVersion(clang)
		case ".rust":
			m.Rust, err = rustVersion(rustc)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func newArtefact(
	name string, files []string,
) (manifest.Artefact, []byte, error) {
	content, err := built(name)
	if err != nil {
		return manifest.Artefact{}, nil, err
	}
	from, err := manifest.HashFiles(".", files)
	if err != nil {
		return manifest.Artefact{}, nil, err
	}
	sum := manifest.Hash(content)
	return manifest.Artefact{
		File:    name + ".wasm",
		Bytes:   len(content),
		SHA256:  sum,
		Sources: from,
	}, content, nil
}

// writePublished makes these the files of the published folder, and no others.
func writePublished(contents map[string][]byte) error {
	out := filepath.Join("..", published)
	if err := os.MkdirAll(out, 0o755); err != nil {
		return err
	}
	old, err := os.ReadDir(out)
	if err != nil {
		return err
	}
	for _, entry := range old {
		if _, found := contents[entry.Name()]; found {
			continue
		}
		if err := os.Remove(filepath.Join(out, entry.Name())); err != nil {
			return err
		}
	}
	for name, content := range contents {
		file := filepath.Join(out, name)
		if same, err := os.ReadFile(file); err == nil &&
			bytes.Equal(same, content) {
			continue
		}
		if err := os.WriteFile(file, content, 0o644); err != nil {
			return err
		}
	}
	return nil
}
