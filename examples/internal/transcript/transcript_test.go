package transcript

import (
	"slices"
	"strings"
	"testing"
)

const whole = `$ host pipe-waits.wasm
> Name: \
! tick 1
…
< Ada
>
> Hello, 世界!
…
< Zoë\
^D
= 3
`

func TestParseReadsEveryKindOfStep(t *testing.T) {
	steps, err := Parse(whole)
	if err != nil {
		t.Fatal(err)
	}
	want := []Step{
		{Kind: Command, Text: "host pipe-waits.wasm"},
		{Kind: Stdout, Text: "Name: "},
		{Kind: Stderr, Text: "tick 1\n"},
		{Kind: Waiting},
		{Kind: Typed, Text: "Ada\n"},
		{Kind: Stdout, Text: "\n"},
		{Kind: Stdout, Text: "Hello, 世界!\n"},
		{Kind: Waiting},
		{Kind: Typed, Text: "Zoë"},
		{Kind: Closed},
		{Kind: Exit, Status: 3},
	}
	if !slices.Equal(steps, want) {
		t.Errorf("expected %v, found %v", want, steps)
	}
}

func TestFormatWritesWhatParseReads(t *testing.T) {
	steps, err := Parse(whole)
	if err != nil {
		t.Fatal(err)
	}
	text, err := Format(steps)
	if err != nil {
		t.Fatal(err)
	}
	if text != whole {
		t.Errorf("expected %q, found %q", whole, text)
	}
}

func TestAVariantFollowsTheSteps(t *testing.T) {
	const text = "$ host sample.wasm\n= 2\n? cgo hangs\n"
	steps, variants, err := ParseAll(text)
	if err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(variants, []Variant{CgoHangs}) || len(steps) != 2 {
		t.Errorf("expected two steps and one variant, found %v and %v",
			steps, variants)
	}
	if again, err := Format(steps, variants...); again != text || err != nil {
		t.Errorf("expected %q, found %q and %v", text, again, err)
	}
	for _, wrong := range []string{
		"$ host sample.wasm\n? cgo hangs\n= 2\n",
		"$ host sample.wasm\n= 2\n? cgo sings\n",
	} {
		if _, err := Parse(wrong); err == nil {
			t.Errorf("expected an error for %q, found none", wrong)
		}
	}
}

func TestFormatRefusesWhatTheFormatCannotSay(t *testing.T) {
	for _, text := range []string{"C:\\\n", "a\nb\n", ""} {
		_, err := Format([]Step{{Kind: Stdout, Text: text}})
		if err == nil {
			t.Errorf("expected an error for %q, found none", text)
		}
	}
}

func TestParseErrorsNameTheLine(t *testing.T) {
	for _, test := range []struct{ source, want string }{
		{"", "line 1: expected a step"},
		{"> hello", "line 1: expected the command"},
		{"$ host a.wasm\n$ host a.wasm", "line 2: expected the command"},
		{"$ host a.wasm\n\n= 0", "line 2: expected a step"},
		{"$ host a.wasm\n>hello", "line 2: expected a mark and a space"},
		{"$ host a.wasm\n* hello", "line 2: expected one of"},
		{"$ host a.wasm\n= zero", `line 2: expected a whole number`},
		{"$ host a.wasm\n= 0\n> late", `line 3: expected nothing after "= 0"`},
		{"$ host a.wasm\n^C\n= 0", `line 3: expected nothing after "^C"`},
		{"$ host a.wasm\n> \\", `line 2: expected text before`},
	} {
		_, err := Parse(test.source)
		if err == nil || !strings.HasPrefix(err.Error(), test.want) {
			t.Errorf("%q: expected the error %q, found %v",
				test.source, test.want, err)
		}
	}
}

func TestMergeJoinsAndSplitsLines(t *testing.T) {
	pieces := []Step{
		{Kind: Stdout, Text: "He"}, {Kind: Stdout, Text: "llo\nNa"},
		{Kind: Stderr, Text: "tick\n"},
		{Kind: Stdout, Text: "me: "},
		{Kind: Waiting},
		{Kind: Stdout, Text: "end\n"},
	}
	for _, test := range []struct {
		byStream bool
		want     string
	}{
		{false, "> Hello\n> Na\\\n! tick\n> me: \\\n…\n> end\n"},
		{true, "> Hello\n> Name: \\\n! tick\n…\n> end\n"},
	} {
		found, err := Format(Merge(pieces, test.byStream))
		if err != nil {
			t.Fatal(err)
		}
		if found != test.want {
			t.Errorf("by stream %t: expected %q, found %q",
				test.byStream, test.want, found)
		}
	}
}
