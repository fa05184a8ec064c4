//go:build unix

package session

import (
	"strings"

	"block-or-eof/examples/internal/transcript"
)

// goroutine begins the part of a Go crash that lists goroutines.
const goroutine = "goroutine "

// withoutTrace returns what a stream said without the list of goroutines with
// which a Go program ends when it crashes: its addresses, numbers and paths are
// those of one build. The list may be arriving still.
func withoutTrace(text string) string {
	for start := 0; ; {
		i := strings.Index(text[start:], "\n\n")
		if i < 0 {
			return text
		}
		start += i + 1
		rest := text[start+1:]
		if strings.HasPrefix(rest, goroutine) ||
			strings.HasPrefix(goroutine, rest) {
			return text[:start]
		}
	}
}

// dropTrace removes the list of goroutines from what was recorded of stderr.
func dropTrace(steps []transcript.Step) []transcript.Step {
	keep := len(withoutTrace(byStream(steps, transcript.Stderr)))
	var kept []transcript.Step
	for _, step := range steps {
		if step.Kind == transcript.Stderr {
			step.Text = step.Text[:min(keep, len(step.Text))]
			if keep -= len(step.Text); step.Text == "" {
				continue
			}
		}
		kept = append(kept, step)
	}
	return kept
}
