//go:build unix

package session

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"block-or-eof/examples/internal/example"
	"block-or-eof/examples/internal/transcript"
)

const (
	// quiet is how long a host must be silent before it counts as waiting.
	// Only recording knows it: a replay knows what is to come.
	quiet = 400 * time.Millisecond
	// patience is the same for a host that goes on by itself after a time, even
	// while its stdin is read.
	patience = 3 * time.Second
	// limit is the output, in bytes, after which a host counts as a flood.
	limit = 1 << 20
)

// Record runs the host with the plugin in the folder dir, does the example's
// acts, each when the host waits, and returns the session.
func Record(
	ctx context.Context, e *example.Example, host []string, dir string,
) ([]transcript.Step, error) {
	steps, _, err := RecordTimes(ctx, e, host, dir)
	return steps, err
}

// Times says when things happened in a session.
type Times struct {
	Ended time.Time
	Acts  []Act
}

// RecordTimes is Record, and says when the acts were done.
func RecordTimes(
	ctx context.Context, e *example.Example, host []string, dir string,
) ([]transcript.Step, *Times, error) {
	program, text := command(host, e.Name)
	p, err := start(ctx, program, dir)
	if err != nil {
		return nil, nil, err
	}
	defer p.end()
	steps, err := p.record(ctx, e, text)
	return steps, &Times{time.Now(), p.acts}, err
}

func (p *process) record(
	ctx context.Context, e *example.Example, text string,
) ([]transcript.Step, error) {
	silence := quiet
	if e.Timed {
		silence = patience
	}
	steps := []transcript.Step{{Kind: transcript.Command, Text: text}}
	for i, act := range e.Acts {
		if e.CutAfterLines > 0 && i == len(e.Acts)-1 {
			flood, err := p.takeLines(ctx, e.CutAfterLines)
			if err != nil {
				return nil, err
			}
			p.acts = append(p.acts, Act{act, time.Now()})
			steps = append(append(steps, flood...), act)
			break
		}
		output, waits, err := p.settle(ctx, silence)
		if err != nil {
			return nil, err
		}
		steps = append(steps, output...)
		if !waits {
			return nil, fmt.Errorf(
				"expected a host that waits for %q, found that it ended", act)
		}
		steps = append(steps, transcript.Step{Kind: transcript.Waiting}, act)
		if err := p.act(act); err != nil {
			return nil, err
		}
	}
	if n := len(e.Acts); n > 0 && e.Acts[n-1].Kind == transcript.Stopped {
		return finish(steps, e)
	}
	output, waits, err := p.settle(ctx, silence)
	if err != nil {
		return nil, err
	}
	if waits {
		return nil, errors.New("expected a host that ends, found that it " +
			`waits after the last act; end the acts with "^D" or "^C"`)
	}
	status, err := p.status()
	if err != nil {
		return nil, err
	}
	steps = append(append(steps, output...),
		transcript.Step{Kind: transcript.Exit, Status: status})
	return finish(steps, e)
}

func finish(
	steps []transcript.Step, e *example.Example,
) ([]transcript.Step, error) {
	if !e.ByStream && mixed(steps) {
		return nil, errors.New("stdout and stderr both wrote something " +
			"between two acts, and nobody knows in which order: " +
			`set "compare" to "by-stream"`)
	}
	return transcript.Merge(dropTrace(steps), e.ByStream), nil
}

// mixed says whether both streams wrote something between two acts.
func mixed(steps []transcript.Step) bool {
	seen := map[transcript.Kind]bool{}
	for _, step := range steps {
		if !step.Kind.IsOutput() {
			clear(seen)
			continue
		}
		seen[step.Kind] = true
		if len(seen) > 1 {
			return true
		}
	}
	return false
}

// settle takes output until the process waits (true) or its output ends. It
// waits if it has been silent for so long.
func (p *process) settle(
	ctx context.Context, quiet time.Duration,
) (output []transcript.Step, waits bool, err error) {
	size := 0
	silence := time.NewTimer(quiet)
	defer silence.Stop()
	for {
		chunks, open, changed := p.take()
		output = append(output, chunks...)
		for _, chunk := range chunks {
			size += len(chunk.Text)
		}
		if !open {
			return output, false, nil
		}
		if size > limit {
			return nil, false, fmt.Errorf("expected a host that waits, found "+
				`%d bytes of output; set "cutAfterLines" if it never waits`,
				size)
		}
		if len(chunks) > 0 {
			silence.Reset(quiet)
		}
		select {
		case <-changed:
		case <-silence.C:
			if waits, known := waitsForStdin(p.cmd.Process.Pid); waits || !known {
				return output, true, nil
			}
			silence.Reset(quiet) // silent, but at work
		case <-ctx.Done():
			return nil, false, ctx.Err()
		}
	}
}

// takeLines takes the first lines of a host that floods.
func (p *process) takeLines(
	ctx context.Context, count int,
) ([]transcript.Step, error) {
	var output []transcript.Step
	for {
		chunks, open, changed := p.take()
		output = append(output, chunks...)
		lines := transcript.Merge(output, false)
		if n := len(lines); n > count || n == count &&
			strings.HasSuffix(lines[n-1].Text, "\n") {
			return lines[:count], nil
		}
		if !open {
			return nil, fmt.Errorf(
				"expected %d lines of output, found %d and the end",
				count, len(lines))
		}
		select {
		case <-changed:
		case <-ctx.Done():
			return nil, ctx.Err()
		}
	}
}
