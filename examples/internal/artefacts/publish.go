package main

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"

	"block-or-eof/examples/internal/manifest"
)

// publish puts what make built into the published folder, and nothing else.
func publish(clang, rustc string) error {
	found, err := findTools(clang, rustc)
	if err != nil {
		return err
	}
	m := manifest.Manifest{
		Wazero:    found.wazero,
		Go:        found.golang,
		Clang:     found.clang,
		Rust:      found.rust,
		Artefacts: map[string]manifest.Artefact{},
	}
	built, err := manifest.Sources(".")
	if err != nil {
		return err
	}
	contents := map[string][]byte{}
	for name, files := range built {
		content, err := os.ReadFile(
			filepath.Join(".build", "wasm", name+".wasm"))
		if err != nil {
			return err
		}
		from, err := manifest.HashFiles(".", files)
		if err != nil {
			return err
		}
		sum := manifest.Hash(content)
		file := name + "." + sum[:8] + ".wasm"
		contents[file] = content
		m.Artefacts[name] = manifest.Artefact{
			File: file, Bytes: len(content), SHA256: sum, Sources: from,
		}
	}
	text, err := json.MarshalIndent(m, "", "  ")
	if err != nil {
		return err
	}
	contents["manifest.json"] = append(text, '\n')

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
