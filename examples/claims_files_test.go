//go:build unix

package examples_test

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/tetratelabs/wazero"
)

// What pages claim of plugins that wait on a file or on a request's body. Each
// test names the page. Where nothing may happen, a fifth of a second is how
// long nothing does.
const still = time.Second / 5

// launched runs a plugin on a goroutine, until the test ends.
func launched(
	t *testing.T, name string, config wazero.ModuleConfig,
) <-chan error {
	t.Helper()
	r := newRuntime(t, wazero.NewRuntimeConfig())
	compiled, err := r.CompileModule(t.Context(), content(t, artefact(t, name)))
	if err != nil {
		t.Fatal(err)
	}
	done := make(chan error, 1)
	go func() {
		_, err := r.InstantiateModule(context.Background(), compiled, config)
		done <- err
	}()
	return done
}

func expectWaiting(t *testing.T, done <-chan error, after string) {
	t.Helper()
	select {
	case err := <-done:
		t.Errorf("expected the plugin to wait on after %s, found its end: %v",
			after, err)
	case <-time.After(still):
	}
}

// never-wait-for-ever.mdx, "When the stream is a file".
func TestAPipeThatTheProgramWasStartedWithTakesNoDeadline(t *testing.T) {
	reading, writing := pipe(t)
	defer writing.Close()
	number, err := syscall.Dup(int(reading.Fd()))
	if err != nil {
		t.Fatal(err)
	}
	inherited := os.NewFile(uintptr(number), "inherited")
	defer inherited.Close()
	err = inherited.SetReadDeadline(time.Now())
	if !errors.Is(err, os.ErrNoDeadline) {
		t.Errorf("expected %q, found %v", os.ErrNoDeadline, err)
	}
}

// never-wait-for-ever.mdx, "When the stream is a file".
func TestAPluginThatWritesToAFullPipeIsFreedByItsReadingEnd(t *testing.T) {
	answers, stdout := pipe(t)
	done := launched(t, "eof-loop.c", wazero.NewModuleConfig().WithStdout(stdout))
	// It is full when nothing more comes.
	expectWaiting(t, done, "filling the pipe")
	if err := stdout.Close(); err != nil {
		t.Errorf("expected Close to report success, found %v", err)
	}
	expectWaiting(t, done, "closing its own end")
	answers.Close()
	<-done
}

// never-wait-for-ever.mdx, "When the stream is a file".
func TestAPipeThatAPluginHadBareCannotBeWrappedLater(t *testing.T) {
	stdin, feed := pipe(t)
	// wazero asks for it.
	stdin.Fd()
	done := launched(t, "pipe-waits.c", wazero.NewModuleConfig().
		WithStdin(struct{ io.Reader }{stdin}))
	expectWaiting(t, done, "its start")
	if err := stdin.SetReadDeadline(time.Now()); err != nil {
		t.Errorf("expected success to be reported, found %v", err)
	}
	expectWaiting(t, done, "the deadline")
	feed.Close()
	<-done
}

// never-wait-for-ever.mdx, "When the stream is a file"; troubleshooting.mdx,
// "read /dev/stdin: I/O error".
func TestAWrappedPipeThatIsClosedIsEOFToRustAlone(t *testing.T) {
	for plugin, want := range map[string]string{
		"read-answers.c":  "error 8",
		"plugins-go":      "Bad file number",
		"pipe-waits.rust": "EOF: no more names.",
	} {
		t.Run(plugin, func(t *testing.T) {
			stdin, _ := pipe(t)
			said, stdout := io.Pipe()
			done := launched(t, plugin, wazero.NewModuleConfig().
				WithArgs("pipe-waits.wasm").
				WithStdin(struct{ io.Reader }{stdin}).
				WithStdout(stdout).WithStderr(stdout))
			output := make(chan string)
			go func() {
				var text strings.Builder
				buffer := make([]byte, 100)
				for !strings.Contains(text.String(), want) {
					n, err := said.Read(buffer)
					text.Write(buffer[:n])
					if err != nil {
						break
					}
				}
				// One that asks again has nobody to tell.
				said.Close()
				output <- text.String()
			}()
			expectWaiting(t, done, "its start")
			stdin.Close()
			<-done
			stdout.Close()
			if text := <-output; !strings.Contains(text, want) {
				t.Errorf("expected %q, found %q", want, text)
			}
		})
	}
}

// troubleshooting.mdx, "fatal error: all goroutines are asleep - deadlock!".
func TestGoRunEndsWithOneWhateverTheStatus(t *testing.T) {
	file := filepath.Join(t.TempDir(), "main.go")
	const source = "package main\n\nimport \"os\"\n\nfunc main() { os.Exit(2) }\n"
	if err := os.WriteFile(file, []byte(source), 0o600); err != nil {
		t.Fatal(err)
	}
	said, err := exec.Command("go", "run", file).CombinedOutput()
	var exit *exec.ExitError
	if !errors.As(err, &exit) || exit.ExitCode() != 1 ||
		string(said) != "exit status 2\n" {
		t.Errorf("expected status 1 and \"exit status 2\", found %v and %q",
			err, said)
	}
}

// once-for-each-request.mdx, "An HTTP handler".
func TestABodyThatIsClosedDoesNotWakeAPluginAndItsDeadlineDoes(t *testing.T) {
	closed := make(chan struct{})
	handler := func(w http.ResponseWriter, request *http.Request) {
		done := launched(t, "pipe-waits.c", wazero.NewModuleConfig().
			WithStdin(request.Body))
		expectWaiting(t, done, "its start")
		go func() {
			request.Body.Close()
			close(closed)
		}()
		expectWaiting(t, done, "Body.Close")
		control := http.NewResponseController(w)
		if err := control.SetReadDeadline(time.Now()); err != nil {
			t.Error(err)
		}
		<-done
		<-closed
	}
	server := httptest.NewServer(http.HandlerFunc(handler))
	defer server.Close()
	body, feed := io.Pipe()
	defer feed.Close()
	response, err := http.Post(server.URL, "text/plain", body)
	if err == nil {
		response.Body.Close()
	}
}

func pipe(t *testing.T) (reading, writing *os.File) {
	t.Helper()
	reading, writing, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		reading.Close()
		writing.Close()
	})
	return reading, writing
}
