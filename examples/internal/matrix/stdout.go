package main

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"math"
	"sync"
	"time"
)

// A sink is a stream to which a plugin writes.
type sink struct {
	out io.Writer
	// has says how many bytes the host has. Nothing if it never has any.
	has func() int
	// part is how the reading side goes away. Nothing if there is none.
	part func()
	// next is the host's own read, once the plugin has gone. Nothing if the
	// host does not read.
	next func() (int, error)
	// free lets go of whoever waits.
	free func()
}

// A stdoutKind makes sinks, each of them new.
type stdoutKind struct {
	id, code, note string
	open           func() (sink, error)
}

// A tally counts what a goroutine reads.
type tally struct {
	mu    sync.Mutex
	bytes int
}

func (t *tally) add(n int) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.bytes += n
}

func (t *tally) count() int {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.bytes
}

// drain reads all that comes.
func (t *tally) drain(r io.Reader) {
	buffer := make([]byte, 64*1024)
	for {
		n, err := r.Read(buffer)
		t.add(n)
		if err != nil {
			return
		}
	}
}

// writeFunc is a writer.
type writeFunc func([]byte) (int, error)

func (f writeFunc) Write(p []byte) (int, error) { return f(p) }

func writerSink(w io.Writer) func() (sink, error) {
	return func() (sink, error) { return sink{out: w}, nil }
}

// anywhereOut are the kinds that need no operating system.
var anywhereOut = []stdoutKind{
	{"nil", "nil", "or no WithStdout", writerSink(nil)},
	{"buffer", "new(bytes.Buffer)", "",
		func() (sink, error) {
			buffer := new(bytes.Buffer)
			return sink{out: buffer, has: buffer.Len,
				next: func() (int, error) {
					buffer.Reset()
					return buffer.Read(make([]byte, 100))
				}}, nil
		}},
	{"pipe-read", "io.Pipe()", "a goroutine reads it",
		func() (sink, error) {
			r, w := io.Pipe()
			var t tally
			go t.drain(r)
			return sink{out: w, has: t.count,
				part: func() { r.Close() },
				free: func() { w.Close() }}, nil
		}},
	{"pipe-open", "io.Pipe()", "nobody reads it",
		func() (sink, error) {
			r, w := io.Pipe()
			return sink{out: w,
				part: func() { r.Close() },
				next: func() (int, error) { return r.Read(make([]byte, 1)) },
				free: func() { w.Close() }}, nil
		}},
	{"pipe-error", "io.Pipe()", "you call CloseWithError on its reader",
		func() (sink, error) {
			r, w := io.Pipe()
			var t tally
			go t.drain(r)
			return sink{out: w, has: t.count,
				part: func() { r.CloseWithError(errCut) },
				free: func() { w.Close() }}, nil
		}},
	{"bufio", "bufio.NewWriter(w)", "not flushed; w: a bytes.Buffer",
		func() (sink, error) {
			buffer := new(bytes.Buffer)
			return sink{out: bufio.NewWriter(buffer), has: buffer.Len}, nil
		}},
	{"short", "a writer of 3, nil", "it takes three bytes, and says so",
		func() (sink, error) {
			var t tally
			return sink{out: writeFunc(func(p []byte) (int, error) {
				n := min(3, len(p))
				t.add(n)
				return n, nil
			}), has: t.count}, nil
		}},
	{"zero-nil", "a writer of 0, nil", "it takes nothing, without an error",
		writerSink(writeFunc(func([]byte) (int, error) { return 0, nil }))},
	{"error", "a writer of 0, err", "err: from errors.New",
		writerSink(writeFunc(func([]byte) (int, error) { return 0, errCut }))},
	{"data-and-error", "a writer of n, err", "it takes three bytes, and has an error",
		func() (sink, error) {
			var t tally
			return sink{out: writeFunc(func(p []byte) (int, error) {
				n := min(3, len(p))
				t.add(n)
				return n, errCut
			}), has: t.count}, nil
		}},
	{"panics", "a writer that panics", "",
		writerSink(writeFunc(func([]byte) (int, error) {
			panic("at the disco")
		}))},
}

// A sleep is a plugin's. One that would not end is seen, and cut short.
type sleep struct{ endless, cut chan struct{} }

func newSleep() sleep {
	return sleep{make(chan struct{}), make(chan struct{})}
}

func (s sleep) nanosleep(ns int64) {
	if ns < math.MaxInt64 {
		time.Sleep(time.Duration(ns))
		return
	}
	s.endless <- struct{}{}
	<-s.cut
}

// watch gives the call's text, or "waits" if the call sleeps without an end.
func (s sleep) watch(c *call) string {
	select {
	case text := <-c.done:
		return text
	case <-s.endless:
		close(s.cut)
		<-c.done
		return waits
	}
}

// observeStdout fills one row.
func (l *lab) observeStdout(kind stdoutKind) (row, error) {
	seen := row{ID: kind.id, Code: kind.code, Note: kind.note, Cells: cells{}}
	patience := func(column string) time.Duration {
		if l.expected == nil {
			return recordPatience
		}
		return l.patience(cell(l.expected.Stdout, kind.id, column))
	}
	s, err := kind.open()
	if err != nil {
		return seen, err
	}
	sleep := newSleep()
	plugin, err := l.runtime.InstantiateModule(l.ctx, l.probe,
		config(nil, s.out).WithNanosleep(sleep.nanosleep))
	if err != nil {
		seen.Cells["start"] = failure(err)
		return seen, nil
	}
	seen.Cells["type"] = l.start(plugin, statText, "stat", 1).
		await(longPatience)
	seen.Cells["poll"] = l.start(plugin, doneText, "poll_write", 1).
		await(longPatience)
	seen.Cells["endless"] = sleep.watch(
		l.start(plugin, doneText, "poll_write", 0))

	write := l.start(plugin, writeText, "write", 5, 0)
	seen.Cells["first"] = write.await(patience("first"))
	if s.has != nil {
		// The reading goroutine may need a moment.
		for range 50 {
			if s.has() >= 5 || seen.Cells["first"] == waits {
				break
			}
			time.Sleep(2 * time.Millisecond)
		}
		seen.Cells["has"] = fmt.Sprintf("%d bytes", s.has())
	}
	if write.old != "" {
		write = l.start(plugin, writeText, "write", 3, 4)
		seen.Cells["parts"] = write.await(patience("parts"))
	}
	if write.old != "" {
		write = l.start(plugin, writeText, "write", 100_000, 0)
		seen.Cells["large"] = write.await(patience("large"))
	}
	if s.part != nil {
		s.part()
		if write.old != "" {
			write = l.start(plugin, writeText, "write", 5, 0)
		}
		seen.Cells["parted"] = write.await(patience("parted"))
	}
	if s.free != nil && write.old == "" {
		s.free()
	}
	if write.await(longPatience) == waits {
		return seen, errors.New(kind.id + ": expected the last write to return")
	}
	plugin.Close(l.ctx)

	// What the host reads when the plugin has gone.
	if s, err = kind.open(); err != nil {
		return seen, err
	}
	if s.next != nil {
		plugin, err := l.runtime.InstantiateModule(l.ctx, l.probe,
			config(nil, s.out))
		if err != nil {
			return seen, err
		}
		plugin.Close(l.ctx)
		reading := &call{done: make(chan string, 1)}
		go func() {
			n, err := s.next()
			switch {
			case errors.Is(err, io.EOF):
				reading.done <- "EOF"
			case err != nil:
				reading.done <- err.Error()
			default:
				reading.done <- fmt.Sprintf("%d bytes", n)
			}
		}()
		seen.Cells["over"] = reading.await(patience("over"))
	}
	if s.free != nil {
		s.free()
	}
	return seen, nil
}
