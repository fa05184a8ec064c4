//go:build unix

package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"block-or-eof/examples/internal/manifest"
)

// compiler makes a program that says its version, and does nothing else.
func compiler(t *testing.T, version string) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), "compiler")
	text := "#!/bin/sh\necho '" + version + "'\n"
	if err := os.WriteFile(file, []byte(text), 0o755); err != nil {
		t.Fatal(err)
	}
	return file
}

func TestAnotherCompilerIsRefused(t *testing.T) {
	clang, rustc := compiler(t, "clang 14"), compiler(t, "rustc 1.95.0")
	published := manifest.Manifest{Clang: "clang 14", Rust: "rustc 1.63.0"}
	for _, test := range []struct {
		names []string
		want  string
	}{
		{nil, ""},
		{[]string{"hosts", "plugins-go", "x.go"}, ""},
		{[]string{"hosts", "x.c"}, ""},
		{[]string{"x.c", "y.rust"}, `y.rust: expected "rustc 1.63.0", which ` +
			`built the other artefacts, found "rustc 1.95.0"`},
	} {
		err := sameCompilers(published, test.names, clang, rustc)
		if (err == nil) != (test.want == "") ||
			err != nil && !strings.HasPrefix(err.Error(), test.want) {
			t.Errorf("%v: expected the error %q, found %v",
				test.names, test.want, err)
		}
	}
	absent := sameCompilers(published, []string{"x.c"}, "no-such-clang", rustc)
	if absent == nil ||
		!strings.Contains(absent.Error(), "The C plugins need clang") {
		t.Errorf("expected advice to install clang, found %v", absent)
	}
	first := manifest.Manifest{}
	if err := sameCompilers(first, []string{"x.c"}, clang, rustc); err != nil {
		t.Errorf("expected any compiler for the first artefact, found %v", err)
	}
}
