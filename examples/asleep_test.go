//go:build linux

package examples_test

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/tetratelabs/wazero"
	wasi "github.com/tetratelabs/wazero/imports/wasi_snapshot_preview1"
	"github.com/tetratelabs/wazero/sys"

	"block-or-eof/examples/internal/session"
)

// reportsFile is what the pages' table is made of. UPDATE=1 writes it.
var reportsFile = filepath.Join("..", "src", "data", "when-go-reports.json")

// A report is a line of the table: what Go says to a host that waits for ever,
// built with and without cgo, and what it says to SIGQUIT then.
type report struct {
	Situation string `json:"situation"`
	Label     string `json:"label"`
	Cgo       string `json:"cgo"`
	Pure      string `json:"pure"`
	Sigquit   string `json:"sigquit"`
}

// reported is what Go says.
const reported = "fatal error: all goroutines are asleep - deadlock!\n"

var situations = []report{
	{Situation: "nothing", Label: "nothing else"},
	{Situation: "signal", Label: "`signal.Notify` was called"},
	{Situation: "listener", Label: "a server accepts connections"},
	{Situation: "stdin", Label: "a goroutine reads a stdin that is open"},
	{Situation: "timer", Label: "a timer runs, as with `context.WithTimeout`"},
	{Situation: "computes", Label: "another plugin computes"},
	{Situation: "catches", Label: "`signal.Notify` was called for SIGQUIT"},
}

func TestWhenGoReportsADeadlock(t *testing.T) {
	pure := build(t, "0")
	var cgo string
	if _, err := exec.LookPath("gcc"); err == nil {
		cgo = build(t, "1")
	} else if os.Getenv("CI") == "true" || os.Getenv("UPDATE") != "" {
		t.Fatal("expected gcc, for the builds with cgo; found", err)
	}
	var recorded []report
	if os.Getenv("UPDATE") == "" {
		if err := json.Unmarshal(content(t, reportsFile), &recorded); err != nil {
			t.Fatal(err)
		}
		if len(recorded) != len(situations) {
			t.Fatalf("%s: expected %d rows, found %d",
				reportsFile, len(situations), len(recorded))
		}
	}
	found := make([]report, len(situations))
	for i, row := range situations {
		t.Run(row.Situation, func(t *testing.T) {
			var sigquit string
			row.Pure, row.Sigquit = waitForEver(t, pure, row.Situation)
			if cgo == "" {
				row.Cgo = recorded[i].Cgo
				row.Sigquit = recorded[i].Sigquit
			} else {
				row.Cgo, sigquit = waitForEver(t, cgo, row.Situation)
				if row.Pure == "silent" && row.Sigquit != sigquit {
					t.Errorf("SIGQUIT: expected the same with cgo, found "+
						"%s and %s", row.Sigquit, sigquit)
				}
				row.Sigquit = sigquit
			}
			if recorded != nil && row != recorded[i] {
				t.Errorf("expected %+v, found %+v", recorded[i], row)
			}
			found[i] = row
		})
	}
	if os.Getenv("UPDATE") == "" || t.Failed() {
		return
	}
	text, err := json.MarshalIndent(found, "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(reportsFile, append(text, '\n'), 0o644); err != nil {
		t.Fatal(err)
	}
}

// A plugin in Go has a runtime of its own, and that reports too: the host goes
// on, with an exit code of 2.
func TestAPluginReportsADeadlockOfItsOwn(t *testing.T) {
	file := filepath.Join(t.TempDir(), "plugin.wasm")
	command := exec.Command("go", "build", "-o", file, "./internal/asleep/plugin")
	command.Env = append(os.Environ(), "GOOS=wasip1", "GOARCH=wasm")
	if output, err := command.CombinedOutput(); err != nil {
		t.Fatalf("go build: %v\n%s", err, output)
	}
	ctx := t.Context()
	r := wazero.NewRuntime(ctx)
	defer r.Close(ctx)
	wasi.MustInstantiate(ctx, r)
	var stderr bytes.Buffer
	_, err := r.InstantiateWithConfig(ctx, content(t, file),
		wazero.NewModuleConfig().WithStderr(&stderr))
	var exit *sys.ExitError
	if !errors.As(err, &exit) || exit.ExitCode() != 2 {
		t.Errorf("expected exit_code(2), found %v", err)
	}
	if text := stderr.String(); !strings.HasPrefix(text, reported) {
		t.Errorf("expected %q, found %q", reported, text)
	}
}

// build builds the host that waits for ever.
func build(t *testing.T, cgo string) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), "asleep")
	command := exec.Command("go", "build", "-o", file, "./internal/asleep")
	command.Env = append(os.Environ(), "CGO_ENABLED="+cgo)
	if output, err := command.CombinedOutput(); err != nil {
		t.Fatalf("go build: %v\n%s", err, output)
	}
	return file
}

// waitForEver runs the host until nothing in it goes on, but for a plugin that
// computes. If Go has not reported that, it gets SIGQUIT.
func waitForEver(t *testing.T, file, situation string) (said, sigquit string) {
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	command := exec.CommandContext(ctx, file, situation)
	// Not what the tests were started with.
	command.Env = append(os.Environ(), "GOTRACEBACK=")
	stdin, err := command.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	defer stdin.Close()
	stdout, err := command.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	// A file has at once what a process has written.
	stderr := filepath.Join(t.TempDir(), "stderr")
	messages, err := os.Create(stderr)
	if err != nil {
		t.Fatal(err)
	}
	defer messages.Close()
	command.Stderr = messages
	if err := command.Start(); err != nil {
		t.Fatal(err)
	}
	lines := make(chan string, 2)
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		scanner := bufio.NewScanner(stdout)
		for scanner.Scan() {
			lines <- scanner.Text()
		}
		if err := scanner.Err(); err != nil {
			t.Error(err)
		}
		close(lines)
		command.Wait()
	}()
	if line := <-lines; line != "ready" {
		<-ended
		t.Fatalf("expected ready, found %q and %s", line, content(t, stderr))
	}

	thread, silent := settle(ctx, t, command.Process.Pid, situation, stderr)
	if !silent {
		<-ended
		text := string(content(t, stderr))
		if !strings.HasPrefix(text, reported) {
			t.Fatalf("expected Go's report, found %s", text)
		}
		return "reports", "nothing"
	}
	// To the process, or to the thread that computes: Linux chooses one, and
	// that one is the rule.
	syscall.Syscall(syscall.SYS_TGKILL,
		uintptr(command.Process.Pid), uintptr(thread), uintptr(syscall.SIGQUIT))
	if line, ok := <-lines; ok {
		if line != "caught" {
			t.Errorf("expected caught, found %q", line)
		}
		cancel()
		<-ended
		if text := content(t, stderr); len(text) > 0 {
			t.Errorf("expected no goroutines, found %s", text)
		}
		return "silent", "nothing"
	}
	<-ended
	text := string(content(t, stderr))
	if ctx.Err() != nil || !strings.HasPrefix(text, "SIGQUIT: quit\n") {
		t.Fatalf("expected SIGQUIT to end the host, found %v and %s",
			ctx.Err(), text)
	}
	if strings.Contains(text, "io.(*pipe).read") {
		return "silent", "goroutines"
	}
	return "silent", "breaks off"
}

// settle waits until Go says something, or the host does nothing any more. It
// returns the thread that a signal finds: the one that computes, or the first.
func settle(
	ctx context.Context, t *testing.T, pid int, situation, stderr string,
) (thread int, silent bool) {
	for ctx.Err() == nil {
		running, settled := session.Settled(pid)
		// In this order: Go writes first, and may sleep then.
		if len(content(t, stderr)) > 0 {
			return 0, false
		}
		switch {
		case settled && situation == "computes" && len(running) == 1:
			return running[0], true
		case settled && situation != "computes" && len(running) == 0:
			return pid, true
		}
		runtime.Gosched()
	}
	return 0, false
}
