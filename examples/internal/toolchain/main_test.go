package main

import (
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestAPatchNeedsItsTextsExactlyOnce(t *testing.T) {
	p := patch{file: "f.go", first: "from\n", next: "to\n", new: "new\n"}
	text, err := p.apply("a\nfrom\nb\nto\nc\n")
	if err != nil || text != "a\nnew\nto\nc\n" {
		t.Errorf("expected the patched text, found %q and %v", text, err)
	}
	whole := patch{file: "f.go", first: "from\n"}
	if text, err = whole.apply("a\nfrom\nb\n"); err != nil || text != "a\nb\n" {
		t.Errorf("expected the text without it, found %q and %v", text, err)
	}
	for source, want := range map[string]string{
		"a\nto\n":              "found it 0 times:\nfrom\n",
		"from\nfrom\nto\n":     "found it 2 times:\nfrom\n",
		"to\nfrom\na\n":        "found it 0 times:\nto\n",
		"from\na\nto\nb\nto\n": "found it 2 times:\nto\n",
	} {
		_, err := p.apply(source)
		if err == nil || !strings.HasSuffix(err.Error(), want) {
			t.Errorf("expected an error with %q, found %v", want, err)
		}
	}
}

func TestThePatchesFitThePinnedToolchain(t *testing.T) {
	root, err := goroot()
	if err != nil {
		t.Fatal(err) // "make test" pins the toolchain
	}
	contents, err := patched(filepath.Join(root, "src"))
	if err != nil {
		t.Fatal(err)
	}
	for file, text := range contents {
		original, err := os.ReadFile(filepath.Join(root, "src", file))
		if err != nil {
			t.Fatal(err)
		}
		if text == string(original) {
			t.Errorf("%s: expected a change, found none", file)
		}
		if _, err := parser.ParseFile(token.NewFileSet(), file, text, parser.SkipObjectResolution); err != nil {
			t.Error(err)
		}
	}
}

func TestABuildIDIsLeftOut(t *testing.T) {
	const head, body = "go object wasip1 wasm\n", "\n$$B\n"
	found := string(withoutBuildID([]byte(head + "build id \"a/b\"\n" + body)))
	if found != head+body {
		t.Errorf("expected %q, found %q", head+body, found)
	}
	if found := string(withoutBuildID([]byte(head + body))); found != head+body {
		t.Errorf("expected %q, found %q", head+body, found)
	}
}

func TestAnArchiveIsReadAsTheCompilerWroteIt(t *testing.T) {
	header := func(name, size string) string {
		return (name + strings.Repeat(" ", 48))[:48] + (size + strings.Repeat(" ", 10))[:10] + "`\n"
	}
	file := filepath.Join(t.TempDir(), "x.a")
	text := "!<arch>\n" + header("__.PKGDEF", "3") + "abc\n" + header("_go_.o", "2") + "de"
	if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	members, err := archive(file)
	if err != nil || len(members) != 2 || string(members[0].content) != "abc" ||
		members[1].name != "_go_.o" || string(members[1].content) != "de" {
		t.Errorf("expected two files, found %v and %v", members, err)
	}
	if err := os.WriteFile(file, []byte(text[:20]), 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := archive(file); err == nil {
		t.Error("expected an error for an archive that is cut short, found none")
	}
}
