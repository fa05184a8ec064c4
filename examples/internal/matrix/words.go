package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strconv"
	"strings"
	"syscall"

	"github.com/tetratelabs/wazero"
)

// A failing stream gives this once.
type failing struct {
	id, code string
	n        int
	err      error
}

var failures = []failing{
	{"nil", "0, nil", 0, nil},
	{"eof", "0, io.EOF", 0, io.EOF},
	{"n-eof", "5, io.EOF", 5, io.EOF},
	{"path-eof", "0, &fs.PathError{Err: io.EOF}", 0,
		&fs.PathError{Op: "read", Path: "names", Err: io.EOF}},
	{"wrapped-eof", `0, fmt.Errorf("…: %w", io.EOF)`, 0,
		fmt.Errorf("reading names: %w", io.EOF)},
	{"unexpected-eof", "0, io.ErrUnexpectedEOF", 0, io.ErrUnexpectedEOF},
	{"new", `0, errors.New("…")`, 0, errCut},
	{"n-new", `5, errors.New("…")`, 5, errCut},
	{"closed-pipe", "0, io.ErrClosedPipe", 0, io.ErrClosedPipe},
	{"short-write", "0, io.ErrShortWrite", 0, io.ErrShortWrite},
	{"deadline", "0, os.ErrDeadlineExceeded", 0, os.ErrDeadlineExceeded},
	{"cancelled", "0, context.Canceled", 0, context.Canceled},
	{"context", "0, context.DeadlineExceeded", 0, context.DeadlineExceeded},
	{"file-closed", "0, fs.ErrClosed", 0, fs.ErrClosed},
	{"wrapped-closed", `0, fmt.Errorf("…: %w", fs.ErrClosed)`, 0,
		fmt.Errorf("reading names: %w", fs.ErrClosed)},
	{"not-exist", "0, fs.ErrNotExist", 0, fs.ErrNotExist},
	{"exist", "0, fs.ErrExist", 0, fs.ErrExist},
	{"permission", "0, fs.ErrPermission", 0, fs.ErrPermission},
	{"invalid", "0, fs.ErrInvalid", 0, fs.ErrInvalid},
	{"eagain", "0, syscall.EAGAIN", 0, syscall.EAGAIN},
	{"eintr", "0, syscall.EINTR", 0, syscall.EINTR},
	{"ebadf", "0, syscall.EBADF", 0, syscall.EBADF},
	{"eio", "0, syscall.EIO", 0, syscall.EIO},
	{"enosys", "0, syscall.ENOSYS", 0, syscall.ENOSYS},
	{"epipe", "0, syscall.EPIPE", 0, syscall.EPIPE},
	{"enospc", "0, syscall.ENOSPC", 0, syscall.ENOSPC},
	{"econnreset", "0, syscall.ECONNRESET", 0, syscall.ECONNRESET},
	{"syscall-error", `0, os.NewSyscallError("read", syscall.EPIPE)`, 0,
		os.NewSyscallError("read", syscall.EPIPE)},
}

// A rehearsal gives one failure after another to a plugin. The plugin says a
// line about each on stderr, and that is when the next is on; until then a
// plugin that tries again finds the end, or room.
type rehearsal struct {
	reads   bool
	current int
	given   bool
	line    strings.Builder
	said    []string
}

// next is the failure that is on, or nothing if it was given already.
func (r *rehearsal) next() *failing {
	if r.given || r.current >= len(failures) {
		return nil
	}
	r.given = true
	return &failures[r.current]
}

func (r *rehearsal) Read(p []byte) (int, error) {
	if f := r.next(); r.reads && f != nil {
		return min(f.n, copy(p, five)), f.err
	}
	return 0, io.EOF
}

func (r *rehearsal) Write(p []byte) (int, error) {
	if f := r.next(); !r.reads && f != nil {
		return min(f.n, len(p)), f.err
	}
	return len(p), nil
}

// stderr is where the plugin says its lines.
func (r *rehearsal) stderr(p []byte) (int, error) {
	r.line.Write(p)
	for {
		line, rest, found := strings.Cut(r.line.String(), "\n")
		if !found {
			return len(p), nil
		}
		r.said = append(r.said, line)
		r.line.Reset()
		r.line.WriteString(rest)
		r.current++
		r.given = false
	}
}

// observeWords tells for each failure which number crosses, and which words
// the plugins' languages have for it.
func (l *lab) observeWords(reads bool) ([]row, error) {
	var rows []row
	for _, f := range failures {
		rows = append(rows, row{ID: f.id, Code: f.code, Cells: cells{}})
	}

	// The number.
	for i, f := range failures {
		only := &rehearsal{reads: reads, current: i}
		plugin, err := l.runtime.InstantiateModule(l.ctx, l.probe,
			config(only, only))
		if err != nil {
			return nil, err
		}
		name, text := "write", writeText
		if reads {
			name, text = "read", readText
		}
		rows[i].Cells["wasi"] = l.start(plugin, text, name, 7, 0).
			await(longPatience)
		plugin.Close(l.ctx)
		if rows[i].Cells["wasi"] == waits {
			return nil, fmt.Errorf("%s: expected an answer", f.id)
		}
	}

	// The words.
	verb := "write"
	if reads {
		verb = "read"
	}
	for _, plugin := range l.words {
		r := &rehearsal{reads: reads}
		ctx, cancel := context.WithTimeout(l.ctx, longPatience)
		_, err := l.runtime.InstantiateModule(ctx, plugin.compiled,
			wazero.NewModuleConfig().
				WithName("").
				WithArgs("plugin.wasm", verb, strconv.Itoa(len(failures))).
				WithStdin(r).
				WithStdout(r).
				WithStderr(writeFunc(r.stderr)))
		cancel()
		if err != nil {
			return nil, fmt.Errorf("%s plugin: %w", plugin.language, err)
		}
		if len(r.said) != len(failures) {
			return nil, fmt.Errorf("%s plugin: expected %d lines, found %q",
				plugin.language, len(failures), r.said)
		}
		for i, said := range r.said {
			rows[i].Cells[plugin.language] = said
		}
	}
	return rows, nil
}

var errNoPlugin = errors.New("usage: matrix plugin.wasm")
