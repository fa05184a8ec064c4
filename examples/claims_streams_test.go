//go:build unix

package examples_test

import (
	"encoding/binary"
	"errors"
	"io"
	"net"
	"os"
	"runtime"
	"testing"
	"time"

	"github.com/tetratelabs/wazero"
	experimentalsys "github.com/tetratelabs/wazero/experimental/sys"
	wasi "github.com/tetratelabs/wazero/imports/wasi_snapshot_preview1"
	"github.com/tetratelabs/wazero/sys"
)

// What pages claim of streams. Each test names the page.

// waits asks for its stdin or a time in nanoseconds, and waits for either:
//
//	(module
//	  (import "wasi_snapshot_preview1" "poll_oneoff"
//	    (func (param i32 i32 i32 i32) (result i32)))
//	  (memory (export "memory") 1)
//	  (data (i32.const 16) "\01")  ;; the monotonic clock
//	  (data (i32.const 24) "...")  ;; the time
//	  (data (i32.const 56) "\01")  ;; fd_read, of fd 0
//	  (func (export "_start")
//	    (drop (call 0 (i32.const 0) (i32.const 96) (i32.const 2)
//	      (i32.const 160)))))
func waits(time time.Duration) []byte {
	nanoseconds := binary.LittleEndian.AppendUint64(nil, uint64(time))
	return assembled(
		section(1, "\x60\x04\x7f\x7f\x7f\x7f\x01\x7f", "\x60\x00\x00"),
		section(2, imported(wasi.ModuleName, "poll_oneoff", "\x00")),
		section(3, "\x01"),
		section(5, "\x00\x01"),
		section(7, sized("_start")+"\x00\x01", sized("memory")+"\x02\x00"),
		section(10, code(0,
			"\x41\x00\x41\xe0\x00\x41\x02\x41\xa0\x01\x10\x00\x1a")),
		section(11, "\x00\x41\x10\x0b"+sized("\x01"),
			"\x00\x41\x18\x0b"+sized(string(nanoseconds)),
			"\x00\x41\x38\x0b"+sized("\x01")))
}

const day = 24 * time.Hour

// polled keeps what wazero asks of a reader with a method Poll.
type polled struct {
	io.Reader
	milliseconds int32
}

func (p *polled) Poll(_ experimentalsys.Pflag, timeoutMillis int32) (
	bool, experimentalsys.Errno) {
	p.milliseconds = timeoutMillis
	return false, 0
}

// reference/wasi-calls.mdx, "poll_oneoff": no more than 2^31 ms.
func TestATimeOfMonthsIsNegativeForAReader(t *testing.T) {
	withEngines(t, func(t *testing.T, config wazero.RuntimeConfig) {
		r := newRuntime(t, config)
		for time, want := range map[time.Duration]int32{
			24 * day: 24 * 24 * 60 * 60 * 1000,
			30 * day: 30*24*60*60*1000 - 1<<32,
		} {
			stdin := &polled{}
			_, err := r.InstantiateWithConfig(t.Context(), waits(time),
				wazero.NewModuleConfig().WithName("").WithStdin(stdin))
			if err != nil {
				t.Fatal(err)
			}
			if stdin.milliseconds != want {
				t.Errorf("%v: expected %d ms, found %d", time, want,
					stdin.milliseconds)
			}
		}
	})
}

// reference/wasi-calls.mdx, "poll_oneoff". It would not return otherwise.
func TestAPluginThatWaitsForMonthsOnAnOSPipeDoesNotWait(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("what a poll makes of a negative time differs by system")
	}
	withEngines(t, func(t *testing.T, config wazero.RuntimeConfig) {
		r := newRuntime(t, config)
		stdin, feed, err := os.Pipe()
		if err != nil {
			t.Fatal(err)
		}
		defer stdin.Close()
		defer feed.Close()
		module, err := r.InstantiateWithConfig(t.Context(), waits(30*day),
			wazero.NewModuleConfig().WithStdin(stdin))
		if err != nil {
			t.Fatal(err)
		}
		if n, _ := module.Memory().ReadUint32Le(160); n != 1 {
			t.Errorf("expected one event, the clock's, found %d", n)
		}
	})
}

// when-stdout-is-a-file.mdx, "A file closed under the plugin": a plugin that has
// not asked for O_NONBLOCK hears of it.
func TestAPluginWhoseFileIsClosedUnderItHearsOfIt(t *testing.T) {
	r := newRuntime(t, wazero.NewRuntimeConfigInterpreter())
	output, stdout, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	defer output.Close()
	_, err = r.InstantiateWithConfig(t.Context(),
		content(t, artefact(t, "conn-deadline.c")),
		wazero.NewModuleConfig().
			WithStdin(closer{func() { stdout.Close() }}).
			WithStdout(stdout))
	var exit *sys.ExitError
	if !errors.As(err, &exit) || exit.ExitCode() != 1 {
		t.Errorf("expected the plugin to leave with 1, found %v", err)
	}
}

// streams-of-your-own.mdx, "A read with a deadline": for output, too.
func TestAWriteHasTheDeadlineOfItsConnection(t *testing.T) {
	r := newRuntime(t, wazero.NewRuntimeConfigInterpreter())
	output, stdout := net.Pipe()
	defer output.Close()
	defer stdout.Close()
	if err := stdout.SetWriteDeadline(time.Now()); err != nil {
		t.Fatal(err)
	}
	_, err := r.InstantiateWithConfig(t.Context(),
		content(t, artefact(t, "conn-deadline.c")),
		wazero.NewModuleConfig().WithStdout(stdout))
	var exit *sys.ExitError
	if !errors.As(err, &exit) || exit.ExitCode() != 1 {
		t.Errorf("expected the plugin to leave with 1, found %v", err)
	}
}
