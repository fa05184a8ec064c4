//go:build unix

package session

import (
	"context"
	"errors"
	"fmt"
	"os"
	"runtime"
	"strings"
	"sync"
	"syscall"
	"time"

	"block-or-eof/examples/internal/terminal"
	"block-or-eof/examples/internal/transcript"
)

// sharedTerminal is the terminal on which a process runs: one open file for
// its three standard streams.
type sharedTerminal struct {
	program *os.File // the process's end
	before  int      // its flags, before the process

	once  sync.Once
	after int // its flags, after the process
	err   error
}

// startOnTerminal starts the program as a shell does: one terminal is its
// stdin, its stdout and its stderr, and Ctrl-C reaches it. All output is taken
// for stdout: nobody can tell them apart on a screen.
func startOnTerminal(
	ctx context.Context, program []string, dir string, environment ...string,
) (*process, error) {
	person, end, err := terminal.Open()
	if err != nil {
		return nil, err
	}
	p := newProcess(ctx, program, dir, environment)
	p.stdin = person
	p.terminal = &sharedTerminal{program: end}
	if err := terminal.Plain(end); err != nil {
		return nil, err
	}
	if p.terminal.before, err = terminal.Flags(end); err != nil {
		return nil, err
	}
	p.cmd.Stdin, p.cmd.Stdout, p.cmd.Stderr = end, end, end
	p.cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true, Setctty: true}
	if err := p.read(transcript.Stdout, person); err != nil {
		return nil, err
	}
	return p, p.run()
}

// Conversation is what a person types on a terminal, and waits for.
type Conversation struct {
	// First is what the person waits for before typing anything.
	First string
	// Lines are typed one by one, and then Ctrl-D is pressed.
	Lines []string
	// Answers are what the person waits for on the screen: the first one after
	// the first line, and so on. There may be fewer of them.
	Answers []string
	// Pause is how long the person does nothing after half of the lines.
	Pause time.Duration
	// Hangs says that the host hangs in the end, and is shown by SIGQUIT.
	Hangs bool
}

// Converse runs the host on a terminal, and returns what was on the screen and
// the exit status. The program may be one that starts the host, as go run does.
func Converse(
	ctx context.Context, program []string, dir string, c Conversation,
) (screen string, status int, err error) {
	p, err := startOnTerminal(ctx, program, dir)
	if err != nil {
		return "", 0, err
	}
	defer p.end()
	if err := p.converse(ctx, c, &screen); err != nil {
		return screen, 0, err
	}
	if c.Hangs {
		host, err := p.hung(ctx)
		if err != nil {
			return screen, 0, err
		}
		if err := syscall.Kill(host, syscall.SIGQUIT); err != nil {
			return screen, 0, err
		}
	}
	if status, err = p.status(); err != nil {
		return screen, 0, err
	}
	p.untilSaid()
	p.look(&screen)
	return screen, status, p.terminal.asBefore()
}

func (p *process) converse(
	ctx context.Context, c Conversation, screen *string,
) error {
	seen := 0
	await := func(text string) error {
		for {
			open, changed := p.look(screen)
			if at := strings.Index((*screen)[seen:], text); at >= 0 {
				seen += at + len(text)
				return nil
			}
			if !open {
				return fmt.Errorf("expected %q, found the end", text)
			}
			select {
			case <-changed:
			case <-ctx.Done():
				return fmt.Errorf("expected %q: %w", text, ctx.Err())
			}
		}
	}
	if err := await(c.First); err != nil {
		return err
	}
	for i, line := range c.Lines {
		if i == len(c.Lines)/2 {
			<-time.After(c.Pause)
		}
		err := p.act(transcript.Step{Kind: transcript.Typed, Text: line + "\n"})
		if err != nil && !hasLeft(err) {
			return err
		}
		if i < len(c.Answers) {
			if err := await(c.Answers[i]); err != nil {
				return err
			}
		}
	}
	if len(c.Lines) == 0 {
		return nil
	}
	if err := p.press(transcript.Closed); err != nil && !hasLeft(err) {
		return err
	}
	return nil
}

// hasLeft says whether nobody could be typed to: the host has ended, and what a
// person types goes to the shell.
func hasLeft(err error) bool {
	return errors.Is(err, os.ErrClosed) || errors.Is(err, syscall.EIO)
}

// look adds new output to what is on the screen.
func (p *process) look(screen *string) (open bool, changed <-chan struct{}) {
	chunks, open, changed := p.take()
	*screen += byStream(chunks, transcript.Stdout)
	return open, changed
}

// hung waits until the host sleeps and does not wait for its stdin, so that
// nothing can wake it. It returns the host's process id.
func (p *process) hung(ctx context.Context) (int, error) {
	for {
		host := hostOf(p.cmd.Process.Pid)
		if sleeps(host) {
			if waits, _ := waitsForStdin(host); !waits && sleeps(host) {
				return host, nil
			}
		}
		if p.ended() {
			return 0, errors.New("expected the host to hang, found its end")
		}
		if ctx.Err() != nil {
			return 0, fmt.Errorf("expected the host to hang: %w", ctx.Err())
		}
		runtime.Gosched()
	}
}

// untilSaid waits until all that the process has said is there.
func (p *process) untilSaid() {
	for {
		p.mutex.Lock()
		open, changed := len(p.open) > 0, p.changed
		p.mutex.Unlock()
		if !open {
			return
		}
		<-changed
	}
}

// leave looks at the flags that the process left behind, and gives the
// terminal back: then its output ends.
func (t *sharedTerminal) leave() {
	if t == nil {
		return
	}
	t.once.Do(func() {
		t.after, t.err = terminal.Flags(t.program)
		t.program.Close()
	})
}

// asBefore says whether the process, which has ended, left the terminal as it
// found it.
func (t *sharedTerminal) asBefore() error {
	switch {
	case t == nil:
		return nil
	case t.err != nil:
		return t.err
	case t.after != t.before:
		return fmt.Errorf("expected the flags of the terminal as they were, "+
			"%#x, found %#x (O_NONBLOCK is %#x)",
			t.before, t.after, syscall.O_NONBLOCK)
	}
	return nil
}

// press presses Ctrl-D or Ctrl-C. Ctrl-D sends what was typed: it is the end
// of stdin only where nothing was.
func (p *process) press(act transcript.Kind) error {
	keys := "\x04"
	switch {
	case act == transcript.Stopped:
		keys = "\x03"
	case p.halfLine:
		keys += "\x04"
	}
	p.halfLine = false
	_, err := p.stdin.WriteString(keys)
	return err
}

// shuffled says whether text is a beginning of a and b shuffled like cards.
func shuffled(text, a, b string) bool {
	// Numbers of bytes that can be from a, so far.
	taken := map[int]bool{0: true}
	for i := range len(text) {
		next := map[int]bool{}
		for n := range taken {
			if n < len(a) && a[n] == text[i] {
				next[n+1] = true
			}
			if m := i - n; m < len(b) && b[m] == text[i] {
				next[n] = true
			}
		}
		if taken = next; len(taken) == 0 {
			return false
		}
	}
	return true
}
