//go:build unix

package session

import (
	"context"
	"fmt"
	"runtime"
	"slices"
	"strings"
	"syscall"

	"block-or-eof/examples/internal/example"
	"block-or-eof/examples/internal/transcript"
)

// Replay runs the host with the plugin in the folder dir, does what a reader
// does in the recorded session, and compares what the host says, that it waits
// where the session says so, and how it ends. It does not sleep: it acts as
// soon as all that is expected has come.
func Replay(
	ctx context.Context, e *example.Example, recorded []transcript.Step,
	host []string, dir string,
) error {
	return ReplayUnder(ctx, e, recorded, host, dir, Conditions{})
}

// Conditions are the reader's, where they are not those of the recording: a
// pipe for each standard stream, and a host without cgo.
type Conditions struct {
	// Terminal says that one terminal is stdin, stdout and stderr. The host
	// must leave its flags as they were.
	Terminal bool
	// Hangs says that the host hangs where it reports a deadlock in the
	// recording. Then SIGQUIT must show its goroutines.
	Hangs bool
	// Environment is added to the host's, as "name=value".
	Environment []string
}

// ReplayUnder is Replay under other conditions.
func ReplayUnder(
	ctx context.Context, e *example.Example, recorded []transcript.Step,
	host []string, dir string, conditions Conditions,
) error {
	program, text := command(host, e.Name)
	if found := recorded[0].Text; found != text {
		return fmt.Errorf("expected the command %q, found %q", text, found)
	}
	if conditions.Hangs {
		recorded = withoutReport(recorded)
	}
	begin := start
	if conditions.Terminal {
		begin = startOnTerminal
	}
	p, err := begin(ctx, program, dir, conditions.Environment...)
	if err != nil {
		return err
	}
	defer p.end()

	r := &replay{
		process: p,
		example: e,
		found:   slices.Clone(recorded[:1]),
		hangs:   conditions.Hangs,
	}
	var expected []transcript.Step
	for i, step := range recorded[1:] {
		if step.Kind.IsOutput() {
			expected = append(expected, step)
			continue
		}
		if err := r.step(ctx, step, expected); err != nil {
			return &Difference{
				Expected: transcript.Merge(recorded[:i+2], e.ByStream),
				Found:    transcript.Merge(r.found, e.ByStream),
				Reason:   err.Error(),
			}
		}
		expected = nil
	}
	return nil
}

// replay is a replay under way.
type replay struct {
	process *process
	example *example.Example
	hangs   bool              // in place of the end
	found   []transcript.Step // so far, all of it
	section []transcript.Step // output since the last other step
}

// step waits for the output expected before a step, then does or checks it.
func (r *replay) step(
	ctx context.Context, step transcript.Step, expected []transcript.Step,
) error {
	defer func() {
		r.found = append(r.found, r.section...)
		r.section = nil
	}()
	flood := step.Kind == transcript.Stopped && r.example.CutAfterLines > 0
	if err := r.expect(ctx, expected, flood); err != nil {
		return err
	}
	pass := func() {
		r.found = append(append(r.found, r.section...), step)
		r.section = nil
	}
	switch {
	case step.Kind == transcript.Waiting:
		if err := r.waits(ctx, expected); err != nil {
			return err
		}
	case step.Kind == transcript.Exit && r.hangs:
		if err := r.hung(ctx, expected); err != nil {
			return err
		}
	case step.Kind == transcript.Exit:
		status, err := r.ended(ctx, expected)
		if err != nil {
			return err
		}
		if found := (transcript.Step{
			Kind: transcript.Exit, Status: status,
		}); found != step {
			step = found
			pass()
			return fmt.Errorf("the exit status differs")
		}
	case step.Kind == transcript.Stopped:
		if flood {
			r.section = slices.Clone(expected) // the rest is cut
		}
		if err := r.process.act(step); err != nil {
			return err
		}
		if err := r.process.stopped(); err != nil {
			return err
		}
		if err := r.process.terminal.asBefore(); err != nil {
			return err
		}
	default:
		if err := r.process.act(step); err != nil {
			return err
		}
	}
	pass()
	return nil
}

// ended waits until the host has ended, and checks that it said no more and
// left the terminal as it was. It returns the exit status.
func (r *replay) ended(
	ctx context.Context, expected []transcript.Step,
) (int, error) {
	for {
		open, changed := r.take()
		if !r.fits(expected, false) {
			return 0, fmt.Errorf("expected the host to end, found more output")
		}
		if !open {
			break
		}
		select {
		case <-changed:
		case <-ctx.Done():
			return 0, fmt.Errorf("expected the host to end: %w", ctx.Err())
		}
	}
	status, err := r.process.status()
	if err != nil {
		return 0, err
	}
	return status, r.process.terminal.asBefore()
}

// hung waits until nothing in the host can go on, checks that it said no more,
// and lets it show its goroutines (SIGQUIT, Ctrl-\).
func (r *replay) hung(ctx context.Context, expected []transcript.Step) error {
	host, err := r.process.hung(ctx)
	if err != nil {
		return err
	}
	if err := r.process.drain(); err != nil {
		return err
	}
	r.take()
	if !r.fits(expected, false) {
		return fmt.Errorf("expected the host to hang, found more output")
	}
	said := slices.Clone(r.section)
	if err := syscall.Kill(host, syscall.SIGQUIT); err != nil {
		return err
	}
	for {
		open, changed := r.take()
		if !open {
			break
		}
		select {
		case <-changed:
		case <-ctx.Done():
			return fmt.Errorf("expected SIGQUIT to end it: %w", ctx.Err())
		}
	}
	shown := inOrder(r.section[len(said):])
	r.section = said
	for _, part := range []string{"SIGQUIT: quit", "\n" + goroutine} {
		if !strings.Contains(shown, part) {
			return fmt.Errorf("expected %q after SIGQUIT, found %q", part, shown)
		}
	}
	if _, err := r.process.status(); err != nil {
		return err
	}
	return r.process.terminal.asBefore()
}

// report begins what Go's runtime says of a deadlock, on stderr.
const report = "fatal error: all goroutines are asleep - deadlock!\n"

// ReportsDeadlock says whether the host ends since Go reports a deadlock in it.
func ReportsDeadlock(recorded []transcript.Step) bool {
	return slices.ContainsFunc(recorded, isReport) &&
		recorded[len(recorded)-1] ==
			transcript.Step{Kind: transcript.Exit, Status: 2}
}

func isReport(step transcript.Step) bool {
	return step.Kind == transcript.Stderr && step.Text == report
}

// withoutReport removes the report of a deadlock from a session.
func withoutReport(recorded []transcript.Step) []transcript.Step {
	return slices.DeleteFunc(slices.Clone(recorded), isReport)
}

// take moves new output into the section.
func (r *replay) take() (open bool, changed <-chan struct{}) {
	chunks, open, changed := r.process.take()
	r.section = append(r.section, chunks...)
	return open, changed
}

// expect waits until the section has all that is expected.
func (r *replay) expect(
	ctx context.Context, expected []transcript.Step, flood bool,
) error {
	for {
		open, changed := r.take()
		if !r.fits(expected, flood) {
			return fmt.Errorf("the output differs")
		}
		if r.complete(expected) {
			return nil
		}
		if !open {
			return fmt.Errorf("expected more output, found its end")
		}
		select {
		case <-changed:
		case <-ctx.Done():
			return fmt.Errorf("expected more output: %w", ctx.Err())
		}
	}
}

// waits waits until the process waits, and checks that it said no more.
func (r *replay) waits(ctx context.Context, expected []transcript.Step) error {
	for {
		waits, known := waitsForStdin(r.process.cmd.Process.Pid)
		if waits {
			if err := r.process.drain(); err != nil {
				return err
			}
		}
		open, _ := r.take()
		if !r.fits(expected, false) {
			return fmt.Errorf("expected the host to wait, found more output")
		}
		if !open {
			return fmt.Errorf("expected the host to wait, found that it ended")
		}
		if waits || !known {
			return nil
		}
		if ctx.Err() != nil {
			return fmt.Errorf("expected the host to wait for stdin: %w",
				ctx.Err())
		}
		runtime.Gosched()
	}
}

// fits says whether the section is a beginning of what is expected, or, in a
// flood, the other way round.
func (r *replay) fits(expected []transcript.Step, flood bool) bool {
	if r.mixed() {
		a, b, found := r.screen(expected)
		return shuffled(found, a, b)
	}
	return r.compare(expected, func(found, expected string) bool {
		return strings.HasPrefix(expected, found) ||
			flood && strings.HasPrefix(found, expected)
	})
}

// complete says whether the section begins with all that is expected.
func (r *replay) complete(expected []transcript.Step) bool {
	if r.mixed() { // and it fits
		a, b, found := r.screen(expected)
		return len(found) >= len(a)+len(b)
	}
	return r.compare(expected, strings.HasPrefix)
}

// compare compares the section with what is expected, as the example wants.
func (r *replay) compare(
	expected []transcript.Step, compare func(found, expected string) bool,
) bool {
	if r.process.terminal != nil {
		a, b, found := r.screen(expected)
		return compare(found, a+b)
	}
	if !r.example.ByStream {
		return compare(inOrder(r.section), inOrder(expected))
	}
	for _, kind := range []transcript.Kind{
		transcript.Stdout, transcript.Stderr,
	} {
		found, expected := byStream(r.section, kind), byStream(expected, kind)
		if kind == transcript.Stderr {
			found, expected = withoutTrace(found), withoutTrace(expected)
		}
		if !compare(found, expected) {
			return false
		}
	}
	return true
}

// mixed says whether both streams are on one screen, in any order.
func (r *replay) mixed() bool {
	return r.process.terminal != nil && r.example.ByStream
}

// screen returns what is expected of stdout and of stderr, and what is on the
// screen. Output that has an order is all in the first.
func (r *replay) screen(expected []transcript.Step) (a, b, found string) {
	for _, step := range expected {
		if r.example.ByStream && step.Kind == transcript.Stderr {
			b += step.Text
		} else {
			a += step.Text
		}
	}
	found = byStream(r.section, transcript.Stdout)
	return withoutTrace(a), withoutTrace(b), withoutTrace(found)
}

// inOrder joins output; a mark shows where the stream changes.
func inOrder(steps []transcript.Step) string {
	var text strings.Builder
	kind := transcript.Stdout
	for _, step := range steps {
		if step.Kind != kind {
			kind = step.Kind
			text.WriteString("\x00" + string(kind))
		}
		text.WriteString(step.Text)
	}
	return text.String()
}

func byStream(steps []transcript.Step, kind transcript.Kind) string {
	var text strings.Builder
	for _, step := range steps {
		if step.Kind == kind {
			text.WriteString(step.Text)
		}
	}
	return text.String()
}

// Difference says where a session left its transcript.
type Difference struct {
	Expected, Found []transcript.Step
	Reason          string
}

func (d *Difference) Error() string {
	same := 0
	for same < len(d.Expected) && same < len(d.Found) &&
		d.Expected[same] == d.Found[same] {
		same++
	}
	const context, most = 4, 12
	var text strings.Builder
	fmt.Fprintf(&text, "%s in line %d of the transcript:\n", d.Reason, same+1)
	for _, step := range d.Expected[max(0, same-context):same] {
		fmt.Fprintf(&text, "    %s\n", step)
	}
	list := func(mark string, steps []transcript.Step) {
		for i, step := range steps {
			if i == most {
				fmt.Fprintf(&text, "  %s and %d more\n", mark, len(steps)-i)
				break
			}
			fmt.Fprintf(&text, "  %s %s\n", mark, step)
		}
	}
	list("- expected", d.Expected[same:])
	list("+ found   ", d.Found[same:])
	text.WriteString("If the new behaviour is right: make record")
	return text.String()
}
