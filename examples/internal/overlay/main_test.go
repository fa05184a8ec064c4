package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestAPatchNeedsItsTextExactlyOnce(t *testing.T) {
	p := patch{file: "runtime.go", old: "old\n", new: "new\n"}
	if text, err := p.apply("a\nold\nb\n"); err != nil || text != "a\nnew\nb\n" {
		t.Errorf("expected the patched text, found %q and %v", text, err)
	}
	for source, want := range map[string]string{
		"a\nb\n":        "runtime.go: expected this text once in wazero " + version + ", found it 0 times:\nold",
		"old\na\nold\n": "runtime.go: expected this text once in wazero " + version + ", found it 2 times:\nold",
	} {
		_, err := p.apply(source)
		if err == nil || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("expected the error %q, found %v", want, err)
		}
	}
}

func TestAnAddedFileMustBeNew(t *testing.T) {
	source := t.TempDir()
	file := filepath.Join(source, "page_cache.go")
	if err := os.WriteFile(file, nil, 0o644); err != nil {
		t.Fatal(err)
	}
	v := variant{added: map[string]string{"page_cache.go": "page_cache.go.txt"}}
	_, err := v.patched(source)
	want := "page_cache.go: expected no such file in wazero"
	if err == nil || err.Error() != want {
		t.Errorf("expected the error %q, found %v", want, err)
	}
}

func TestEveryVariantFitsThePinnedWazero(t *testing.T) {
	source, err := wazeroDir()
	if err != nil {
		t.Fatal(err)
	}
	for name, v := range variants {
		contents, err := v.patched(source)
		if err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if len(contents) == 0 {
			t.Errorf("%s: expected changes, found none", name)
		}
	}
}
