package main

import (
	"io"
	"os"

	"block-or-eof/examples/internal/terminal"
)

// atOnce says that kinds do not share anything here, and may run together.
const atOnce = true

func osPipe(hide bool) func() (source, error) {
	return func() (source, error) {
		r, w, err := os.Pipe()
		if err != nil {
			return source{}, err
		}
		var in io.Reader = r
		if hide {
			in = struct{ io.Reader }{r}
		}
		return source{in: in,
			give: func() { w.WriteString(five) },
			end:  func() { w.Close() },
			free: func() { w.Close() }}, nil
	}
}

// temporary is a file that is gone with the program.
func temporary(content string) (*os.File, error) {
	file, err := os.CreateTemp("", "matrix")
	if err != nil {
		return nil, err
	}
	defer os.Remove(file.Name())
	if _, err = file.WriteString(content); err == nil {
		_, err = file.Seek(0, io.SeekStart)
	}
	return file, err
}

var stdinKinds = append(anywhere[:len(anywhere):len(anywhere)], []stdinKind{
	{"os-stdin-pipe", "*os.File", "a pipe: os.Stdin after |, or the reader of os.Pipe()",
		osPipe(false)},
	{"os-stdin-terminal", "*os.File", "a terminal: os.Stdin at a prompt; Ctrl-D ends it",
		func() (source, error) {
			person, program, err := terminal.Open()
			return source{in: program,
				give: func() { person.WriteString(five) },
				end:  func() { person.WriteString("\x04") },
				free: func() { person.Close() }}, err
		}},
	{"os-stdin-file", "*os.File", "a file of five bytes: os.Stdin after <",
		func() (source, error) {
			file, err := temporary(five)
			return source{in: file, give: func() {
				file.WriteAt([]byte(five), int64(len(five)))
			}}, err
		}},
	{"os-stdin-null", "*os.File", "/dev/null",
		func() (source, error) {
			file, err := os.Open(os.DevNull)
			return source{in: file}, err
		}},
	{"os-hidden", "struct{ io.Reader }{file}", "file: the reader of os.Pipe(); the struct hides it",
		osPipe(true)},
	{"os-closed", "*os.File", "closed before the plugin starts",
		func() (source, error) {
			r, _, err := os.Pipe()
			if err == nil {
				err = r.Close()
			}
			return source{in: r}, err
		}},
}...)

func osPipeSink(hide, drains bool) func() (sink, error) {
	return func() (sink, error) {
		r, w, err := os.Pipe()
		if err != nil {
			return sink{}, err
		}
		var t tally
		s := sink{out: w, free: func() { go t.drain(r) }}
		if hide {
			s.out = struct{ io.Writer }{w}
		}
		if drains {
			go t.drain(r)
			s.has = t.count
			return s, nil
		}
		s.next = func() (int, error) { return r.Read(make([]byte, 1)) }
		return s, nil
	}
}

func fileSink(name string) func() (sink, error) {
	return func() (sink, error) {
		file, err := os.OpenFile(name, os.O_WRONLY, 0)
		return sink{out: file}, err
	}
}

var stdoutKinds = append(anywhereOut[:len(anywhereOut):len(anywhereOut)],
	[]stdoutKind{
		{"os-stdout-pipe", "*os.File", "a pipe that is read: os.Stdout before |, or the writer of os.Pipe()",
			osPipeSink(false, true)},
		{"os-stdout-open", "*os.File", "a pipe that nobody reads",
			osPipeSink(false, false)},
		{"os-stdout-parted", "*os.File", "a pipe whose reader is gone; not file descriptor 1",
			func() (sink, error) {
				r, w, err := os.Pipe()
				if err == nil {
					err = r.Close()
				}
				return sink{out: w}, err
			}},
		{"os-hidden", "struct{ io.Writer }{file}", "file: the writer of os.Pipe(), which is read",
			osPipeSink(true, true)},
		{"os-stdout-terminal", "*os.File", "a terminal: os.Stdout at a prompt",
			func() (sink, error) {
				person, program, err := terminal.Open()
				var t tally
				go t.drain(person)
				return sink{out: program, has: t.count}, err
			}},
		{"os-stdout-file", "*os.File", "a file: os.Stdout after >",
			func() (sink, error) {
				file, err := temporary("")
				return sink{out: file, has: func() int {
					info, err := file.Stat()
					if err != nil {
						return -1
					}
					return int(info.Size())
				}}, err
			}},
		{"os-stdout-null", "*os.File", "/dev/null", fileSink(os.DevNull)},
		{"os-stdout-full", "*os.File", "/dev/full, a disk without room",
			fileSink("/dev/full")},
		{"os-closed", "*os.File", "closed before the plugin starts",
			func() (sink, error) {
				_, w, err := os.Pipe()
				if err == nil {
					err = w.Close()
				}
				return sink{out: w}, err
			}},
	}...)
