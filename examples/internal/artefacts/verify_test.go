package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"block-or-eof/examples/internal/manifest"
)

// folder makes a published folder with these artefacts.
func folder(t *testing.T, sources string, contents map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	m := manifest.Manifest{Artefacts: map[string]manifest.Artefact{}}
	for name, content := range contents {
		sum := manifest.Hash([]byte(content))
		file := name + ".wasm"
		m.Artefacts[name] = manifest.Artefact{
			File: file, Bytes: len(content), SHA256: sum, Sources: sources,
		}
		write(t, filepath.Join(dir, file), content)
	}
	text, err := json.Marshal(m)
	if err != nil {
		t.Fatal(err)
	}
	write(t, filepath.Join(dir, "manifest.json"), string(text))
	return dir
}

func write(t *testing.T, file, content string) {
	t.Helper()
	if err := os.WriteFile(file, []byte(content), 0o644); err != nil {
		t.Fatal(err)
	}
}

func TestCompareNamesWhatDiffers(t *testing.T) {
	published := folder(t, "1", map[string]string{"hosts": "abc", "x.c": "x"})
	for _, test := range []struct {
		name  string
		built string
		want  []string
	}{
		{"same", folder(t, "1",
			map[string]string{"hosts": "abc", "x.c": "x"}), nil},
		{"other bytes", folder(t, "1",
			map[string]string{"hosts": "abcd", "x.c": "x"}),
			[]string{"hosts: in clean folder 1 differs from byte 3 on " +
				"(4 bytes, 3 are published)"}},
		{"missing", folder(t, "1", map[string]string{"hosts": "abc"}),
			[]string{"x.c: expected in clean folder 1, found none"}},
		{"more", folder(t, "1",
			map[string]string{"hosts": "abc", "x.c": "x", "y.c": "y"}),
			[]string{"y.c: found in clean folder 1, but not in public/wasm"}},
		{"other sources", folder(t, "2",
			map[string]string{"hosts": "abc", "x.c": "x"}),
			[]string{
				"hosts: the sources have changed since it was published",
				"x.c: the sources have changed since it was published",
			}},
	} {
		t.Run(test.name, func(t *testing.T) {
			found, err := compare([]string{published, test.built})
			if err != nil {
				t.Fatal(err)
			}
			if !slices.Equal(found, test.want) {
				t.Errorf("expected %q, found %q", test.want, found)
			}
		})
	}
}

func TestCompareFindsAnEditedFile(t *testing.T) {
	published := folder(t, "1", map[string]string{"hosts": "abc"})
	write(t, filepath.Join(published, "hosts.wasm"), "abx")
	found, err := compare([]string{published})
	if err != nil {
		t.Fatal(err)
	}
	want := "hosts: in public/wasm is not what manifest.json says"
	if len(found) != 1 || !strings.HasPrefix(found[0], want) {
		t.Errorf("expected %q, found %q", want, found)
	}
}
