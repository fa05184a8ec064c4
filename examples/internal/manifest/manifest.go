// Package manifest describes the built wasm files that the website loads, and
// what each is built from.
package manifest

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"block-or-eof/examples/internal/example"
)

// Manifest is public/wasm/manifest.json.
type Manifest struct {
	// Wazero is the release in the hosts.
	Wazero string `json:"wazero"`
	// Go, Clang and Rust are the compilers' versions.
	Go    string `json:"go"`
	Clang string `json:"clang"`
	Rust  string `json:"rust"`
	// Artefacts are "hosts", "plugins-go", "<example>.c", "<example>.rust",
	// and "<example>.go" for a plugin whose functions the host calls.
	Artefacts map[string]Artefact `json:"artefacts"`
}

// Artefact is one wasm file.
type Artefact struct {
	// File is its name beside the manifest. The build of the site adds the
	// content hash; without it, git keeps what has changed alone.
	File string `json:"file"`
	// Bytes is its size, not compressed.
	Bytes int `json:"bytes"`
	// SHA256 is over its content, in hexadecimal.
	SHA256 string `json:"sha256"`
	// Sources is a SHA-256 over the files it is made from: see HashFiles.
	Sources string `json:"sources"`
}

// Sources lists, by artefact, the files it is made from, as slash-separated
// paths below the folder root (examples/), sorted. Flags and toolchains are not
// among them: "make verify" sees what those change.
func Sources(root string) (map[string][]string, error) {
	examples, err := example.List(root)
	if err != nil {
		return nil, err
	}
	hosts := []string{"go.mod", "go.sum"}
	plugins := []string{"go.mod", "go.sum"}
	for _, pattern := range []string{
		"internal/dispatch/*.go",
		"internal/memorylimit/*.go",
		"internal/overlay/*.go",
		"internal/overlay/added/*",
	} {
		found, err := glob(root, pattern)
		if err != nil {
			return nil, err
		}
		hosts = append(hosts, found...)
		if strings.HasPrefix(pattern, "internal/dispatch") {
			plugins = append(plugins, found...)
		}
	}
	all := map[string][]string{}
	for _, e := range examples {
		if e.Runs("page") {
			host, err := glob(root, e.Name+"/host/*.go")
			if err != nil {
				return nil, err
			}
			hosts = append(hosts, host...)
		}
		for _, language := range e.Plugins {
			plugin, err := glob(root, e.Name+"/plugin/*"+
				path.Ext(example.PluginFile(language)))
			if err != nil {
				return nil, err
			}
			switch {
			case language == "go" && !e.Runs("page"):
				// Native tests build it; they have no C or Rust compiler.
			case language == "go" && e.Reactor:
				all[e.Name+".go"] = append(plugin, "go.mod", "go.sum")
			case language == "go":
				plugins = append(plugins, plugin...)
			default:
				all[e.Name+"."+language] = plugin
			}
		}
	}
	all["hosts"] = hosts
	all["plugins-go"] = plugins
	for _, files := range all {
		slices.Sort(files)
	}
	return all, nil
}

func glob(root, pattern string) ([]string, error) {
	found, err := filepath.Glob(filepath.Join(root, filepath.FromSlash(pattern)))
	if err != nil {
		return nil, err
	}
	var files []string
	for _, file := range found {
		if strings.HasSuffix(file, "_test.go") {
			continue
		}
		name, err := filepath.Rel(root, file)
		if err != nil {
			return nil, err
		}
		files = append(files, filepath.ToSlash(name))
	}
	if len(files) == 0 {
		return nil, fmt.Errorf("expected %s, found no such file", pattern)
	}
	return files, nil
}

// HashFiles hashes the lines "<sha256 of the content>  <path>" of the files,
// which is what sha256sum prints.
func HashFiles(root string, files []string) (string, error) {
	var sums strings.Builder
	for _, file := range files {
		content, err := os.ReadFile(
			filepath.Join(root, filepath.FromSlash(file)))
		if err != nil {
			return "", err
		}
		fmt.Fprintf(&sums, "%s  %s\n", Hash(content), file)
	}
	return Hash([]byte(sums.String())), nil
}

// Hash is the SHA-256 of content, in hexadecimal.
func Hash(content []byte) string {
	sum := sha256.Sum256(content)
	return hex.EncodeToString(sum[:])
}

// Read reads manifest.json in a folder.
func Read(folder string) (Manifest, error) {
	var m Manifest
	text, err := os.ReadFile(filepath.Join(folder, "manifest.json"))
	if err != nil {
		return m, err
	}
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&m); err != nil {
		return m, fmt.Errorf("%s/manifest.json: %w",
			filepath.ToSlash(folder), err)
	}
	return m, nil
}
