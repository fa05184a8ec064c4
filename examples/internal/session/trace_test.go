//go:build unix

package session

import (
	"reflect"
	"strings"
	"testing"

	"block-or-eof/examples/internal/transcript"
)

const crash = "fatal error: all goroutines are asleep - deadlock!\n\n" +
	"goroutine 1 [select]:\nmain.main()\n\t/home/me/main.go:5 +0x1d\n\n" +
	"goroutine 7 [chan receive]:\nmain.wait()\n"

func TestWithoutTrace(t *testing.T) {
	for _, test := range []struct{ text, want string }{
		{"", ""},
		{"one\n\ntwo\n", "one\n\ntwo\n"},
		{"goroutine 1 is busy\n", "goroutine 1 is busy\n"},
		{"before\n\n" + crash,
			"before\n\nfatal error: all goroutines are asleep - deadlock!\n"},
	} {
		if got := withoutTrace(test.text); got != test.want {
			t.Errorf("%q: expected %q, found %q", test.text, test.want, got)
		}
	}
	// However much of it has come.
	whole := withoutTrace(crash)
	for i := range crash {
		if got := withoutTrace(crash[:i]); !strings.HasPrefix(whole, got) {
			t.Errorf("%q: expected a beginning of %q, found %q",
				crash[:i], whole, got)
		}
	}
}

func TestDropTrace(t *testing.T) {
	step := func(kind transcript.Kind, text string) transcript.Step {
		return transcript.Step{Kind: kind, Text: text}
	}
	half := strings.Index(crash, "main.go")
	found := dropTrace([]transcript.Step{
		step(transcript.Stderr, crash[:10]),
		step(transcript.Stdout, "out\n"),
		step(transcript.Stderr, crash[10:half]),
		step(transcript.Stderr, crash[half:]),
		{Kind: transcript.Exit, Status: 2},
	})
	expected := []transcript.Step{
		step(transcript.Stderr, "fatal erro"),
		step(transcript.Stdout, "out\n"),
		step(transcript.Stderr, "r: all goroutines are asleep - deadlock!\n"),
		{Kind: transcript.Exit, Status: 2},
	}
	if !reflect.DeepEqual(found, expected) {
		t.Errorf("expected %v, found %v", expected, found)
	}
}
