//go:build unix

// Package session runs a host as a process, and records or replays what it
// says to a reader who types.
package session

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"syscall"
	"time"

	"block-or-eof/examples/internal/transcript"
)

// process is a running host. Its output arrives in the background.
type process struct {
	cmd   *exec.Cmd
	stdin *os.File
	exit  chan error // receives what Wait returned, then is closed

	terminal *sharedTerminal // nil: a pipe for each stream

	acts     []Act // so far
	halfLine bool  // what was typed last had no Enter

	mutex   sync.Mutex
	chunks  []transcript.Step // output that nobody has taken yet
	open    []*stream         // streams that may still say something
	changed chan struct{}     // closed at the next change of the above
}

// stream is the reading end of one of the process's outputs.
type stream struct {
	kind transcript.Kind
	file *os.File
	raw  syscall.RawConn
}

// Act is something that the reader did.
type Act struct {
	Step transcript.Step
	At   time.Time
}

// start starts the program, with a pipe for each of its standard streams.
// Cancelling ctx kills it.
func start(
	ctx context.Context, program []string, dir string, environment ...string,
) (*process, error) {
	p := newProcess(ctx, program, dir, environment)
	stdin, feed, err := os.Pipe()
	if err != nil {
		return nil, err
	}
	defer stdin.Close()
	p.cmd.Stdin, p.stdin = stdin, feed

	for _, kind := range []transcript.Kind{
		transcript.Stdout, transcript.Stderr,
	} {
		r, w, err := os.Pipe()
		if err != nil {
			return nil, err
		}
		defer w.Close()
		if err := p.read(kind, r); err != nil {
			return nil, err
		}
		if kind == transcript.Stdout {
			p.cmd.Stdout = w
		} else {
			p.cmd.Stderr = w
		}
	}
	return p, p.run()
}

func newProcess(
	ctx context.Context, program []string, dir string, environment []string,
) *process {
	p := &process{
		cmd:     exec.CommandContext(ctx, program[0], program[1:]...),
		exit:    make(chan error, 1),
		changed: make(chan struct{}),
	}
	p.cmd.Dir = dir
	p.cmd.Env = append(os.Environ(), environment...)
	return p
}

// read makes a file one of those that the process's output comes from.
func (p *process) read(kind transcript.Kind, file *os.File) error {
	raw, err := file.SyscallConn()
	if err != nil {
		return err
	}
	p.open = append(p.open, &stream{kind: kind, file: file, raw: raw})
	return nil
}

// run starts the process, and what follows it in the background.
func (p *process) run() error {
	if err := p.cmd.Start(); err != nil {
		return err
	}
	for _, s := range p.open {
		go p.readAll(s)
	}
	go func() {
		err := p.cmd.Wait()
		p.terminal.leave()
		p.exit <- err
		close(p.exit)
	}()
	return nil
}

// end kills the process, if it is still there, and waits for all that is left.
func (p *process) end() {
	p.cmd.Process.Kill()
	p.stdin.Close()
	for range p.exit {
	}
}

// readAll takes over a stream's bytes until its end.
func (p *process) readAll(s *stream) {
	buffer := make([]byte, 1<<16)
	defer s.file.Close()
	s.raw.Read(func(fd uintptr) bool {
		for {
			switch n, err := p.takeOver(s, fd, buffer); {
			case err == syscall.EAGAIN:
				return false // wait until there is more
			case n <= 0:
				return true
			}
		}
	})
	p.mutex.Lock()
	defer p.mutex.Unlock()
	p.open = slices.DeleteFunc(slices.Clone(p.open), func(other *stream) bool {
		return other == s
	})
	p.announce()
}

// takeOver reads once, without waiting. Reading and appending are one step, so
// that drain can know that nothing is in between.
func (p *process) takeOver(s *stream, fd uintptr, buffer []byte) (int, error) {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	for {
		n, err := syscall.Read(int(fd), buffer)
		if err == syscall.EINTR {
			continue
		}
		if n > 0 {
			p.chunks = append(p.chunks,
				transcript.Step{Kind: s.kind, Text: string(buffer[:n])})
			p.announce()
		}
		return n, err
	}
}

// announce wakes whoever waits for a change. The mutex must be held.
func (p *process) announce() {
	close(p.changed)
	p.changed = make(chan struct{})
}

// take returns the output that arrived since the last call, whether the
// process may still say more, and a channel that is closed at the next change.
func (p *process) take() ([]transcript.Step, bool, <-chan struct{}) {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	chunks := p.chunks
	p.chunks = nil
	return chunks, len(p.open) > 0, p.changed
}

// ended says whether the process can say no more.
func (p *process) ended() bool {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	return len(p.open) == 0
}

// drain reads what is in the pipes of a process that waits.
func (p *process) drain() error {
	p.mutex.Lock()
	streams := p.open
	p.mutex.Unlock()
	buffer := make([]byte, 1<<16)
	for _, s := range streams {
		err := s.raw.Control(func(fd uintptr) {
			for {
				if n, err := p.takeOver(s, fd, buffer); n <= 0 || err != nil {
					return
				}
			}
		})
		if err != nil && !errors.Is(err, os.ErrClosed) {
			return err
		}
	}
	return nil
}

// act does what a reader does.
func (p *process) act(step transcript.Step) error {
	p.acts = append(p.acts, Act{step, time.Now()})
	if p.terminal != nil && step.Kind != transcript.Typed {
		return p.press(step.Kind)
	}
	switch step.Kind {
	case transcript.Typed:
		p.halfLine = !strings.HasSuffix(step.Text, "\n")
		_, err := p.stdin.WriteString(step.Text)
		return err
	case transcript.Closed:
		return p.stdin.Close()
	case transcript.Stopped:
		return p.cmd.Process.Signal(os.Interrupt)
	}
	return fmt.Errorf("expected an act, found %q", step)
}

// status waits for the process to end.
func (p *process) status() (int, error) {
	err := <-p.exit
	state := p.cmd.ProcessState
	if state == nil {
		return 0, err
	}
	if !state.Exited() {
		return 0, fmt.Errorf("the host was ended from outside: %s", state)
	}
	return state.ExitCode(), nil
}

// stopped waits for the process to end, and checks that stop ended it.
func (p *process) stopped() error {
	<-p.exit
	state := p.cmd.ProcessState
	status, ok := state.Sys().(syscall.WaitStatus)
	if !ok || !status.Signaled() || status.Signal() != syscall.SIGINT {
		return fmt.Errorf("expected a host that ^C stops, found: %s", state)
	}
	return nil
}

// command returns the program that the first line of a transcript starts.
func command(host []string, name string) ([]string, string) {
	text := "host " + name + ".wasm"
	return append(host[:len(host):len(host)], strings.Fields(text)[1:]...), text
}

// Install puts a plugin into the folder in which a host is to run, under the
// name that the command gives it.
func Install(plugin, dir, name string) error {
	content, err := os.ReadFile(plugin)
	if err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(dir, name+".wasm"), content, 0o644)
}
