//go:build linux

package examples_test

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"testing"

	"github.com/tetratelabs/wazero"
)

// one-plugin-one-thread.mdx, "What it costs": a read that waits on an *os.File
// holds a thread of the host's. Wrapped, the same file holds none.
func TestAReadOfAFileHoldsAThread(t *testing.T) {
	if _, err := os.ReadFile("/proc/self/syscall"); err != nil {
		t.Skip("Linux does not say what a thread waits for:", err)
	}
	const plugins = 5
	r := newRuntime(t, wazero.NewRuntimeConfig())
	compiled, err := r.CompileModule(t.Context(),
		content(t, artefact(t, "no-stdin.c")))
	if err != nil {
		t.Fatal(err)
	}
	for name, stdin := range map[string]func(*os.File) io.Reader{
		"bare":    func(f *os.File) io.Reader { return f },
		"wrapped": func(f *os.File) io.Reader { return told{f, nil} },
	} {
		t.Run(name, func(t *testing.T) {
			var pipes []*os.File
			asks := make(chan struct{}, plugins)
			done := make(chan error, plugins)
			for range plugins {
				reader, writer, err := os.Pipe()
				if err != nil {
					t.Fatal(err)
				}
				defer reader.Close()
				defer writer.Close()
				pipes = append(pipes, reader)
				given := stdin(reader)
				if wrapped, ok := given.(told); ok {
					wrapped.asks = asks
					given = wrapped
				}
				go func() {
					_, err := r.InstantiateModule(t.Context(), compiled,
						wazero.NewModuleConfig().WithName("").WithStdin(given))
					done <- err
				}()
				defer func() {
					writer.Close()
					if err := <-done; err != nil {
						t.Error(err)
					}
				}()
			}
			if name == "bare" {
				for threadsThatRead(t, pipes) < plugins {
					runtime.Gosched()
				}
				return
			}
			for range plugins {
				<-asks
			}
			if threads := threadsThatRead(t, pipes); threads > 0 {
				t.Errorf("expected no thread, found %d", threads)
			}
		})
	}
}

// told is a file, hidden, that tells of each read before it waits.
type told struct {
	file *os.File
	asks chan<- struct{}
}

func (r told) Read(p []byte) (int, error) {
	r.asks <- struct{}{}
	return r.file.Read(p)
}

// threadsThatRead counts the threads of this process that are in a read(2) of
// one of the files, as Linux says.
func threadsThatRead(t *testing.T, files []*os.File) int {
	t.Helper()
	found := 0
	tasks, err := filepath.Glob("/proc/self/task/*/syscall")
	if err != nil {
		t.Fatal(err)
	}
	for _, task := range tasks {
		text, err := os.ReadFile(task)
		if err != nil {
			continue // this thread has ended
		}
		for _, file := range files {
			conn, err := file.SyscallConn()
			if err != nil {
				t.Fatal(err)
			}
			var number uintptr
			if err := conn.Control(func(fd uintptr) { number = fd }); err != nil {
				t.Fatal(err)
			}
			call := fmt.Sprintf("%d %#x ", syscall.SYS_READ, number)
			if strings.HasPrefix(string(text), call) {
				found++
			}
		}
	}
	return found
}
