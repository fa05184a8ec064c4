// Package transcript reads and writes recorded sessions of a host.
//
// A transcript is UTF-8 text, one step a line, a mark and a space before the
// text:
//
//	$ host pipe-waits.wasm    the command (always the first line)
//	> Name: \                 stdout; a trailing backslash: no newline here
//	! tick 1                  stderr
//	…                         blocked: nothing more comes until the next act
//	< Ada                     an act: a typed line (backslash: without Enter)
//	^D                        an act: stdin is closed
//	^C                        an act: the run is stopped; nothing follows
//	= 0                       the exit status
//	? cgo hangs               a variant, after all steps: see Variant
//
// An empty line of output is its mark alone. The website reads the same files
// (src/protocol/transcript.ts).
package transcript

import (
	"fmt"
	"strconv"
	"strings"
)

// Kind is the kind of a step; its text is the step's mark.
type Kind string

// The kinds of steps.
const (
	Command Kind = "$"
	Stdout  Kind = ">"
	Stderr  Kind = "!"
	Waiting Kind = "…"
	Typed   Kind = "<"
	Closed  Kind = "^D"
	Stopped Kind = "^C"
	Exit    Kind = "="
)

// IsAct says whether a step of this kind is something that the reader does.
func (k Kind) IsAct() bool { return k == Typed || k == Closed || k == Stopped }

// IsOutput says whether a step of this kind is something the host wrote.
func (k Kind) IsOutput() bool { return k == Stdout || k == Stderr }

// Step is one line of a transcript.
type Step struct {
	Kind Kind
	// Text is the command, or the bytes written or typed, with the newline
	// that ended them.
	Text string
	// Status is the exit status of a step of kind Exit.
	Status int
}

// String formats the step as a line of a transcript, without a newline.
func (s Step) String() string {
	switch s.Kind {
	case Waiting, Closed, Stopped:
		return string(s.Kind)
	case Exit:
		return fmt.Sprintf("%s %d", s.Kind, s.Status)
	case Command:
		return string(s.Kind) + " " + s.Text
	}
	text, ended := strings.CutSuffix(s.Text, "\n")
	if !ended {
		text += `\`
	}
	if text == "" {
		return string(s.Kind)
	}
	return string(s.Kind) + " " + text
}

// Error says which line of a transcript, counted from 1, is at fault.
type Error struct {
	Line    int
	Message string
}

func (e *Error) Error() string {
	return fmt.Sprintf("line %d: %s", e.Line, e.Message)
}

// Variant is what differs under a condition: a line "? condition outcome"
// after the steps. There is one of each.
//
// Condition "cgo": the host is linked with cgo, as a plain go build links it on
// Linux with a C compiler. Outcome "hangs": all is as recorded, but where Go
// reports a deadlock, and the exit status follows, the host hangs instead.
type Variant struct{ Condition, Outcome string }

// CgoHangs is the one variant there is.
var CgoHangs = Variant{"cgo", "hangs"}

// String formats the variant as a line of a transcript, without a newline.
func (v Variant) String() string { return "? " + v.Condition + " " + v.Outcome }

// Parse reads a transcript, without its variants. Its errors are of type *Error.
func Parse(source string) ([]Step, error) {
	steps, _, err := ParseAll(source)
	return steps, err
}

// ParseAll reads a transcript and its variants. Its errors are of type *Error.
func ParseAll(source string) ([]Step, []Variant, error) {
	text, found := strings.CutSuffix(source, CgoHangs.String()+"\n")
	steps, err := parseSteps(text)
	if err != nil || !found {
		return steps, nil, err
	}
	return steps, []Variant{CgoHangs}, nil
}

func parseSteps(source string) ([]Step, error) {
	lines := strings.Split(strings.TrimSuffix(source, "\n"), "\n")
	steps := make([]Step, 0, len(lines))
	for i, line := range lines {
		step, err := ParseStep(line)
		if err != nil {
			return nil, &Error{i + 1, err.Error()}
		}
		if (step.Kind == Command) != (i == 0) {
			return nil, &Error{i + 1, fmt.Sprintf(
				`expected the command ("$ host …") in the first line `+
					`and only there, found %q`, shorten(line))}
		}
		if i > 0 {
			if last := steps[i-1].Kind; last == Exit || last == Stopped {
				return nil, &Error{i + 1, fmt.Sprintf(
					"expected nothing after %q, found %q",
					steps[i-1], shorten(line))}
			}
		}
		steps = append(steps, step)
	}
	return steps, nil
}

// ParseStep reads one line of a transcript.
func ParseStep(line string) (Step, error) {
	switch kind := Kind(line); kind {
	case Waiting, Closed, Stopped:
		return Step{Kind: kind}, nil
	}
	if line == "" || strings.Contains(line, "\n") {
		return Step{}, fmt.Errorf("expected a step in one line, found %q", line)
	}
	kind, text := Kind(line[:1]), ""
	if len(line) > 1 {
		if line[1] != ' ' {
			return Step{}, fmt.Errorf(
				"expected a mark and a space, found %q", shorten(line))
		}
		text = line[2:]
	}
	switch kind {
	case Command:
		return Step{Kind: kind, Text: text}, nil
	case Stdout, Stderr, Typed:
		if open, cut := strings.CutSuffix(text, `\`); cut {
			if open == "" {
				return Step{}, fmt.Errorf(
					`expected text before "\", found %q`, line)
			}
			return Step{Kind: kind, Text: open}, nil
		}
		return Step{Kind: kind, Text: text + "\n"}, nil
	case Exit:
		status, err := strconv.Atoi(text)
		if err != nil {
			return Step{}, fmt.Errorf(
				`expected a whole number after "=", found %q`, text)
		}
		return Step{Kind: kind, Status: status}, nil
	}
	return Step{}, fmt.Errorf(
		"expected one of $ > ! … < ^D ^C = at the start, or, as the last "+
			"line, %q, found %q",
		CgoHangs.String(),
		shorten(line))
}

// Format writes a transcript. It fails on output that the format cannot say.
func Format(steps []Step, variants ...Variant) (string, error) {
	var out strings.Builder
	for _, step := range steps {
		line := step.String()
		if again, err := ParseStep(line); err != nil || again != step {
			return "", fmt.Errorf(
				"expected text that a transcript can say (one line, no "+
					"backslash at its end), found %q", step.Text)
		}
		out.WriteString(line + "\n")
	}
	for _, variant := range variants {
		out.WriteString(variant.String() + "\n")
	}
	return out.String(), nil
}

// Merge joins output that belongs together and splits it at its newlines, so
// that two ways to write down the same session become equal. With byStream,
// what came between two acts is sorted: first stdout, then stderr.
func Merge(steps []Step, byStream bool) []Step {
	var merged []Step
	for i := 0; i < len(steps); {
		if !steps[i].Kind.IsOutput() {
			merged = append(merged, steps[i])
			i++
			continue
		}
		var section []Step
		for ; i < len(steps) && steps[i].Kind.IsOutput(); i++ {
			section = append(section, steps[i])
		}
		if byStream {
			section = append(only(section, Stdout), only(section, Stderr)...)
		}
		merged = append(merged, splitLines(section)...)
	}
	return merged
}

func only(steps []Step, kind Kind) []Step {
	var found []Step
	for _, step := range steps {
		if step.Kind == kind {
			found = append(found, step)
		}
	}
	return found
}

func splitLines(steps []Step) []Step {
	var lines []Step
	for i := 0; i < len(steps); {
		kind, text := steps[i].Kind, ""
		for ; i < len(steps) && steps[i].Kind == kind; i++ {
			text += steps[i].Text
		}
		for line := range strings.Lines(text) {
			lines = append(lines, Step{Kind: kind, Text: line})
		}
	}
	return lines
}

func shorten(line string) string {
	runes := []rune(line)
	if len(runes) > 24 {
		return string(runes[:24]) + "…"
	}
	return line
}
