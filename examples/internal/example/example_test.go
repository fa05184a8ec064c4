package example

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

const valid = `{
  "title": "A title",
  "summary": "One sentence.",
  "plugins": ["go", "c"],
  "acts": ["< Ada", "< Zoë\\", "^D"],
  "compare": "by-stream",
  "runsIn": ["native", "page"],
  "readsStdin": true
}`

func TestParseReadsAValidExample(t *testing.T) {
	e, err := Parse([]byte(valid))
	if err != nil {
		t.Fatal(err)
	}
	if len(e.Acts) != 3 || e.Acts[1].Text != "Zoë" || !e.ByStream ||
		!e.Runs("page") || e.CutAfterLines != 0 {
		t.Errorf("found %+v", e)
	}
}

func TestParseErrorsNameTheKey(t *testing.T) {
	for _, test := range []struct{ old, new, want string }{
		{`"title"`, `"heading"`, `unknown key "heading"; the keys are title,`},
		{`"A title"`, `" "`, `key "title": expected text, found " "`},
		{`"A title"`, `7`, `key "title": json: cannot unmarshal number`},
		{`"A title"`, `null`, `key "title": expected a value, found null`},
		{`"readsStdin": true`, `"cutAfterLines": 1`,
			`key "readsStdin": expected, found none`},
		{`["go", "c"]`, `["go", "zig"]`,
			`key "plugins": expected one of go, c, rust, found "zig"`},
		{`["go", "c"]`, `[]`, `key "plugins": expected one of go, c, rust`},
		{`["go", "c"]`, `["c", "c"]`, `key "plugins": expected "c" once`},
		{`"page"`, `"phone"`, `key "runsIn": expected one of native, page`},
		{`"by-stream"`, `"by-line"`, `key "compare": expected one of in-order`},
		{`"^D"`, `"^Z"`, `key "acts": expected "< text", "^D" or "^C"`},
		{`"^D"`, `"> Ada"`, `key "acts": expected "< text", "^D" or "^C"`},
		{`"^D"`, `"^D", "< Eve"`, `key "acts": found "< Eve" after stdin`},
		{`"^D"`, `"^C", "^D"`, `key "acts": expected "^C" last`},
		{`true`, `false`, `key "acts": found "< Ada", but the host does not`},
		{`true`, `true, "cutAfterLines": 0`,
			`key "cutAfterLines": expected 1 or more, found 0`},
		{`true`, `true, "cutAfterLines": 5`,
			`key "cutAfterLines": expected "^C" as the last`},
		{valid, `[]`, "expected a JSON object"},
		{valid, valid + valid, "expected one JSON object"},
	} {
		source := strings.Replace(valid, test.old, test.new, 1)
		_, err := Parse([]byte(source))
		if err == nil || !strings.HasPrefix(err.Error(), test.want) {
			t.Errorf("%s instead of %s: expected the error %q, found %v",
				test.new, test.old, test.want, err)
		}
	}
}

func TestLoadErrorsNameTheFile(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "sample")
	if err := os.Mkdir(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(dir, "example.json")
	for _, test := range []struct{ source, want string }{
		{"{}", `sample/example.json: key "title": expected, found none`},
		{valid, "sample/example.json: expected the file sample/host/main.go"},
	} {
		if err := os.WriteFile(file, []byte(test.source), 0o644); err != nil {
			t.Fatal(err)
		}
		_, err := List(filepath.Dir(dir))
		if err == nil || !strings.HasPrefix(err.Error(), test.want) {
			t.Errorf("expected the error %q, found %v", test.want, err)
		}
	}
}
