package main

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing/iotest"
	"time"

	"github.com/tetratelabs/wazero"
	"github.com/tetratelabs/wazero/experimental/sys"
)

// A source is a stream on which a plugin reads.
type source struct {
	in io.Reader
	// give lets five bytes come. Nothing if none can.
	give func()
	// end lets the end come. Nothing if there is no way to.
	end func()
	// free lets go of whoever waits, at the latest.
	free func()
}

// A stdinKind makes sources, each of them new.
type stdinKind struct {
	id, code, note string
	open           func() (source, error)
}

const five = "five\n"

var errCut = errors.New("the cable is cut")

func pipeSource(wrap func(io.Reader) io.Reader,
	end func(*io.PipeReader, *io.PipeWriter)) func() (source, error) {
	return func() (source, error) {
		r, w := io.Pipe()
		return source{
			in:   wrap(r),
			give: func() { go io.WriteString(w, five) },
			end:  func() { end(r, w) },
			free: func() { w.Close() },
		}, nil
	}
}

func asItIs(r io.Reader) io.Reader { return r }

func closeWriter(_ *io.PipeReader, w *io.PipeWriter) { w.Close() }

func readerSource(r func() io.Reader) func() (source, error) {
	return func() (source, error) { return source{in: r()}, nil }
}

func bufferSource(content string) func() (source, error) {
	return func() (source, error) {
		buffer := bytes.NewBufferString(content)
		return source{in: buffer,
			give: func() { buffer.WriteString(five) }}, nil
	}
}

// readFunc is a reader.
type readFunc func([]byte) (int, error)

func (f readFunc) Read(p []byte) (int, error) { return f(p) }

// A pollable is a pipe that can say whether there is something to read.
type pollable struct {
	*bufio.Reader
	ready chan struct{}
}

func (p pollable) Poll(flag sys.Pflag, milliseconds int32) (bool, sys.Errno) {
	select {
	case <-p.ready:
		return true, 0
	case <-time.After(time.Duration(milliseconds) * time.Millisecond):
		return false, 0
	}
}

// anywhere are the kinds that need no operating system.
var anywhere = []stdinKind{
	{"nil", "nil", "or no WithStdin",
		readerSource(func() io.Reader { return nil })},
	{"buffer-empty", "new(bytes.Buffer)", "", bufferSource("")},
	{"buffer-filled", `bytes.NewBufferString("five\n")`, "", bufferSource(five)},
	{"strings-reader", `strings.NewReader("five\n")`, "also bytes.Reader",
		readerSource(func() io.Reader { return strings.NewReader(five) })},
	{"pipe", "io.Pipe()", "you close its writer",
		pipeSource(asItIs, closeWriter)},
	{"pipe-error", "io.Pipe()", "you call CloseWithError on its writer",
		pipeSource(asItIs, func(_ *io.PipeReader, w *io.PipeWriter) {
			w.CloseWithError(errCut)
		})},
	{"pipe-reader", "io.Pipe()", "you close its reader",
		pipeSource(asItIs, func(r *io.PipeReader, _ *io.PipeWriter) {
			r.Close()
		})},
	{"bufio", "bufio.NewReader(pipe)", "pipe: the reader of an io.Pipe",
		pipeSource(func(r io.Reader) io.Reader { return bufio.NewReader(r) },
			closeWriter)},
	{"multi", "io.MultiReader(text, pipe)", "text: a strings.Reader",
		pipeSource(func(r io.Reader) io.Reader {
			return io.MultiReader(strings.NewReader(five), r)
		}, closeWriter)},
	{"pollable", "a reader with Poll", "experimental/sys.Pollable, over an io.Pipe",
		func() (source, error) {
			r, w := io.Pipe()
			ready := make(chan struct{}, 1)
			return source{
				in: pollable{bufio.NewReader(r), ready},
				give: func() {
					select {
					case ready <- struct{}{}:
					default:
					}
					go io.WriteString(w, five)
				},
				end:  func() { w.Close() },
				free: func() { w.Close() },
			}, nil
		}},
	{"one-byte", "iotest.OneByteReader(text)", "a byte for each Read",
		readerSource(func() io.Reader {
			return iotest.OneByteReader(strings.NewReader("ab"))
		})},
	{"data-error", "iotest.DataErrReader(text)", "the last bytes together with io.EOF",
		readerSource(func() io.Reader {
			return iotest.DataErrReader(strings.NewReader(five))
		})},
	{"zero-nil", "a reader of 0, nil", "it returns nothing, and no error",
		readerSource(func() io.Reader {
			return readFunc(func([]byte) (int, error) { return 0, nil })
		})},
	{"error", "a reader of 0, err", "err: from errors.New",
		readerSource(func() io.Reader { return iotest.ErrReader(errCut) })},
	{"data-and-error", "a reader of n, err", "five bytes, and an error from errors.New",
		readerSource(func() io.Reader {
			return readFunc(func(p []byte) (int, error) {
				return copy(p, five), errCut
			})
		})},
	{"panics", "a reader that panics", "",
		readerSource(func() io.Reader {
			return readFunc(func([]byte) (int, error) { panic("at the disco") })
		})},
	{"nil-buffer", "(*bytes.Buffer)(nil)", "a typed nil",
		readerSource(func() io.Reader { return (*bytes.Buffer)(nil) })},
}

// observeStdin fills one row.
func (l *lab) observeStdin(kind stdinKind) (row, error) {
	seen := row{ID: kind.id, Code: kind.code, Note: kind.note, Cells: cells{}}
	patience := func(column string) time.Duration {
		if l.expected == nil {
			return recordPatience
		}
		return l.patience(cell(l.expected.Stdin, kind.id, column))
	}

	// A plugin that asks for O_NONBLOCK.
	s, err := kind.open()
	if err != nil {
		return seen, err
	}
	plugin, err := l.runtime.InstantiateModule(l.ctx, l.probe,
		config(s.in, nil))
	if err != nil {
		seen.Cells["start"] = failure(err)
		return seen, nil
	}
	set := l.start(plugin, doneText, "nonblock", 0).await(longPatience)
	if set == "yes" {
		read := l.start(plugin, readText, "read", 100, 0)
		set += ", then " + read.await(patience("nonblock"))
	}
	seen.Cells["nonblock"] = set
	s.release()
	plugin.Close(l.ctx)

	// A Go plugin. It matters only where a read waits, which is not known yet;
	// but what can end can also wait.
	if s, err = kind.open(); err != nil {
		return seen, err
	}
	var goroutines string
	if s.end != nil {
		if err := l.readParts(s, seen.Cells, patience("parts")); err != nil {
			return seen, fmt.Errorf("%s: %w", kind.id, err)
		}
		if goroutines, err = l.goroutines(s); err != nil {
			return seen, fmt.Errorf("%s: %w", kind.id, err)
		}
	}
	s.release()

	// A plugin that looks, and then reads.
	if s, err = kind.open(); err != nil {
		return seen, err
	}
	plugin, err = l.runtime.InstantiateModule(l.ctx, l.probe, config(s.in, nil))
	if err != nil {
		return seen, err
	}
	seen.Cells["type"] = l.start(plugin, statText, "stat", 0).
		await(longPatience)
	seen.Cells["poll"] = l.start(plugin, pollText, "poll", 100).
		await(longPatience)
	var reading *call
	read := func(column string) {
		if reading == nil || reading.old != "" {
			reading = l.start(plugin, readText, "read", 100, 0)
		}
		seen.Cells[column] = reading.await(patience(column))
	}
	read("first")
	if s.give != nil {
		s.give()
		read("given")
	}
	read("next")
	if s.end != nil {
		s.end()
		read("ended")
		read("after")
	}
	s.release()
	if reading.await(longPatience) == waits {
		return seen, errors.New(kind.id + ": expected the last read to return")
	}
	plugin.Close(l.ctx)

	if seen.Cells["first"] == waits {
		seen.Cells["goroutines"] = goroutines
	}
	return seen, nil
}

// readParts reads into two buffers of five bytes each, when there are five.
func (l *lab) readParts(s source, seen cells, patience time.Duration) error {
	plugin, err := l.runtime.InstantiateModule(l.ctx, l.probe, config(s.in, nil))
	if err != nil {
		return err
	}
	defer plugin.Close(l.ctx)
	reading := l.start(plugin, readText, "read", 5, 5)
	s.give()
	seen["parts"] = reading.await(patience)
	if seen["parts"] == waits {
		s.give()
	}
	if reading.await(longPatience) == waits {
		return errors.New("expected the read into two buffers to return")
	}
	return nil
}

func (s source) release() {
	if s.free != nil {
		s.free()
	}
}

// goroutines runs a Go plugin of two goroutines: one reads, the other counts.
func (l *lab) goroutines(s source) (string, error) {
	said := make(lines, 10)
	done := make(chan error, 1)
	go func() {
		_, err := l.runtime.InstantiateModule(l.ctx, l.words[0].compiled,
			wazero.NewModuleConfig().
				WithName("").
				WithArgs("plugin.wasm", "ticks").
				WithStdin(s.in).
				WithStderr(said).
				WithSysNanotime().
				WithSysNanosleep())
		done <- err
	}()
	<-said
	// Time for tens of ticks.
	time.Sleep(shortPatience)
	s.give()
	if err := <-done; err != nil {
		return "", err
	}
	return <-said, nil
}

// lines is a writer for a plugin that writes whole lines.
type lines chan string

func (l lines) Write(p []byte) (int, error) {
	l <- strings.TrimSuffix(string(p), "\n")
	return len(p), nil
}
