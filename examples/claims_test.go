//go:build unix

package examples_test

import (
	"bufio"
	"bytes"
	"context"
	"encoding/binary"
	"encoding/json"
	"errors"
	"io"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/tetratelabs/wazero"
	"github.com/tetratelabs/wazero/api"
	wasi "github.com/tetratelabs/wazero/imports/wasi_snapshot_preview1"
	"github.com/tetratelabs/wazero/sys"
)

// What pages claim and no example shows. Each test names the page.

// withEngines runs a test with both engines of wazero.
func withEngines(t *testing.T, test func(*testing.T, wazero.RuntimeConfig)) {
	t.Helper()
	for name, config := range map[string]wazero.RuntimeConfig{
		"compiler":    wazero.NewRuntimeConfig(),
		"interpreter": wazero.NewRuntimeConfigInterpreter(),
	} {
		t.Run(name, func(t *testing.T) { test(t, config) })
	}
}

// newRuntime has WASI.
func newRuntime(t *testing.T, config wazero.RuntimeConfig) wazero.Runtime {
	t.Helper()
	r := wazero.NewRuntimeWithConfig(t.Context(), config)
	t.Cleanup(func() { r.Close(context.Background()) })
	wasi.MustInstantiate(t.Context(), r)
	return r
}

// Small plugins are put together here, section by section, as the binary
// format of WebAssembly has it. Above each is its text.

// vector is a list with its length before it.
func vector(entries ...string) string {
	count := binary.AppendUvarint(nil, uint64(len(entries)))
	return string(count) + strings.Join(entries, "")
}

// sized is a text with its length before it.
func sized(text string) string {
	return string(binary.AppendUvarint(nil, uint64(len(text)))) + text
}

func section(id byte, entries ...string) string {
	return string(id) + sized(vector(entries...))
}

// imported is a function of this type, by its number.
func imported(module, name, kind string) string {
	return sized(module) + sized(name) + "\x00" + kind
}

// started exports the function of this number as _start.
func started(function string) string {
	return section(7, sized("_start")+"\x00"+function)
}

// code is a function; locals is how many it has, all of them i32.
func code(locals byte, instructions string) string {
	declared := vector()
	if locals > 0 {
		declared = vector(string(locals) + "\x7f")
	}
	return sized(declared + instructions + "\x0b")
}

func assembled(sections ...string) []byte {
	return []byte("\x00asm\x01\x00\x00\x00" + strings.Join(sections, ""))
}

// recursion has no loop. It says that the time is up, and goes on with what
// takes many calls:
//
//	(module
//	  (import "host" "over" (func $over))
//	  (import "host" "done" (func $done (param i32)))
//	  (func $fib (param i32) (result i32)
//	    (if (result i32) (i32.lt_u (local.get 0) (i32.const 2))
//	      (then (local.get 0))
//	      (else (i32.add
//	        (call $fib (i32.sub (local.get 0) (i32.const 1)))
//	        (call $fib (i32.sub (local.get 0) (i32.const 2)))))))
//	  (func (export "_start")
//	    (call $over)
//	    (call $done (call $fib (i32.const 20)))))
var recursion = assembled(
	section(1, "\x60\x00\x00", "\x60\x01\x7f\x00", "\x60\x01\x7f\x01\x7f"),
	section(2, imported("host", "over", "\x00"),
		imported("host", "done", "\x01")),
	section(3, "\x02", "\x00"),
	started("\x03"),
	section(10,
		code(0, "\x20\x00\x41\x02\x49\x04\x7f\x20\x00\x05"+
			"\x20\x00\x41\x01\x6b\x10\x02\x20\x00\x41\x02\x6b\x10\x02\x6a"+
			"\x0b"),
		code(0, "\x10\x00\x41\x14\x10\x02\x10\x01")))

// loop is the same with a loop of ten rounds in the place of the calls:
//
//	(module
//	  (import "host" "over" (func $over))
//	  (import "host" "done" (func $done (param i32)))
//	  (func (export "_start") (local i32)
//	    (call $over)
//	    (local.set 0 (i32.const 10))
//	    (loop (br_if 0
//	      (local.tee 0 (i32.sub (local.get 0) (i32.const 1)))))
//	    (call $done (local.get 0))))
var loop = assembled(
	section(1, "\x60\x00\x00", "\x60\x01\x7f\x00"),
	section(2, imported("host", "over", "\x00"),
		imported("host", "done", "\x01")),
	section(3, "\x00"),
	started("\x02"),
	section(10, code(1, "\x10\x00\x41\x0a\x21\x00"+
		"\x03\x40\x20\x00\x41\x01\x6b\x22\x00\x0d\x00\x0b"+
		"\x20\x00\x10\x01")))

// say runs recursion or loop. It gives what the plugin said at its end; nothing
// if it did not come to it.
func say(ctx context.Context, t *testing.T, r wazero.Runtime, plugin []byte,
	over func(api.Module)) (said []int32, err error) {
	t.Helper()
	_, err = r.NewHostModuleBuilder("host").
		NewFunctionBuilder().
		WithFunc(func(_ context.Context, m api.Module) { over(m) }).
		Export("over").
		NewFunctionBuilder().
		WithFunc(func(result int32) { said = append(said, result) }).
		Export("done").
		Instantiate(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	_, err = r.Instantiate(ctx, plugin)
	return said, err
}

// sayTooLate is say with a context that is over, and a module that wazero has
// marked, when the function over returns.
func sayTooLate(t *testing.T, config wazero.RuntimeConfig, plugin []byte) (
	[]int32, error) {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	r := newRuntime(t, config.WithCloseOnContextDone(true))
	return say(ctx, t, r, plugin, func(module api.Module) {
		cancel()
		for !module.IsClosed() {
			runtime.Gosched()
		}
	})
}

// never-wait-for-ever.mdx, "Why a context cannot wake it".
func TestAContextDoesNotStopAPluginWithoutALoop(t *testing.T) {
	withEngines(t, func(t *testing.T, config wazero.RuntimeConfig) {
		said, err := sayTooLate(t, config, recursion)
		if len(said) != 1 || said[0] != 6765 {
			t.Errorf("expected the plugin to come to its end with 6765, "+
				"found %d", said)
		}
		// The error comes then, when all is done.
		if !errors.Is(err, context.Canceled) {
			t.Errorf("expected %v, found %v", context.Canceled, err)
		}
	})
}

// never-wait-for-ever.mdx, "Why a context cannot wake it".
func TestAContextStopsAPluginAtItsNextLoop(t *testing.T) {
	withEngines(t, func(t *testing.T, config wazero.RuntimeConfig) {
		said, err := sayTooLate(t, config, loop)
		if len(said) != 0 {
			t.Errorf("expected the plugin to end in its loop, found %d", said)
		}
		var exit *sys.ExitError
		if !errors.As(err, &exit) ||
			exit.ExitCode() != sys.ExitCodeContextCanceled {
			t.Errorf("expected wazero's exit code, found %v", err)
		}
	})
}

// exits calls proc_exit with a status below 64, or with -1:
//
//	(module
//	  (import "wasi_snapshot_preview1" "proc_exit" (func (param i32)))
//	  (func (export "_start") (call 0 (i32.const …))))
func exits(status int8) []byte {
	return assembled(
		section(1, "\x60\x01\x7f\x00", "\x60\x00\x00"),
		section(2, imported(wasi.ModuleName, "proc_exit", "\x00")),
		section(3, "\x01"),
		started("\x01"),
		section(10, code(0, "\x41"+string([]byte{byte(status) & 0x7f})+
			"\x10\x00")))
}

// returns has a _start that does nothing:
//
//	(module (func (export "_start")))
var returns = assembled(
	section(1, "\x60\x00\x00"),
	section(3, "\x00"),
	started("\x00"),
	section(10, code(0, "")))

// never-wait-for-ever.mdx, "Ask the context, not the exit code".
func TestAPluginThatExitsWithMinusOneLooksCanceled(t *testing.T) {
	withEngines(t, func(t *testing.T, config wazero.RuntimeConfig) {
		r := newRuntime(t, config)
		_, err := r.Instantiate(context.Background(), exits(-1))
		if !errors.Is(err, context.Canceled) ||
			err.Error() != "module closed with context canceled" {
			t.Errorf("expected what a canceled context gives, found %v", err)
		}
	})
}

// reference/wasi-calls.mdx, "proc_exit", and reactors.mdx, "Program or
// library?".
func TestAPluginWhoseMainReturnsIsStillThere(t *testing.T) {
	withEngines(t, func(t *testing.T, config wazero.RuntimeConfig) {
		for _, one := range []struct {
			name   string
			plugin []byte
			stays  bool
		}{
			{"main returns", returns, true},
			{"proc_exit(0)", exits(0), false},
			// As the C compiler makes it: its main returns.
			{"no-stdin.c", content(t, artefact(t, "no-stdin.c")), true},
		} {
			r := newRuntime(t, config)
			named := wazero.NewModuleConfig().WithName("plugin")
			module, err := r.InstantiateWithConfig(t.Context(), one.plugin,
				named)
			if err != nil || module == nil {
				t.Fatalf("%s: expected a module and no error, found %v, %v",
					one.name, module, err)
			}
			if module.IsClosed() == one.stays {
				t.Errorf("%s: expected closed to be %t, found %t", one.name,
					!one.stays, module.IsClosed())
			}
			if there := r.Module("plugin") != nil; there != one.stays {
				t.Errorf("%s: expected the runtime to keep it: %t, found %t",
					one.name, one.stays, there)
			}
			if err := module.Close(t.Context()); err != nil {
				t.Error(err)
			}
			if !module.IsClosed() || r.Module("plugin") != nil {
				t.Errorf("%s: expected Close to let go of it", one.name)
			}
		}
	})
}

// asksToWrite asks whether stdout can be written to, and sets no time:
//
//	(module
//	  (import "wasi_snapshot_preview1" "poll_oneoff"
//	    (func (param i32 i32 i32 i32) (result i32)))
//	  (memory (export "memory") 1)
//	  (data (i32.const 8) "\02")  ;; fd_write
//	  (data (i32.const 16) "\01") ;; of fd 1
//	  (func (export "_start")
//	    (drop (call 0 (i32.const 0) (i32.const 48) (i32.const 1)
//	      (i32.const 32)))))
var asksToWrite = assembled(
	section(1, "\x60\x04\x7f\x7f\x7f\x7f\x01\x7f", "\x60\x00\x00"),
	section(2, imported(wasi.ModuleName, "poll_oneoff", "\x00")),
	section(3, "\x01"),
	section(5, "\x00\x01"),
	section(7, sized("_start")+"\x00\x01", sized("memory")+"\x02\x00"),
	section(10, code(0, "\x41\x00\x41\x30\x41\x01\x41\x20\x10\x00\x1a")),
	section(11, "\x00\x41\x08\x0b"+sized("\x02"),
		"\x00\x41\x10\x0b"+sized("\x01")))

// reference/wasi-calls.mdx, "poll_oneoff".
func TestAPluginThatAsksToWriteWithoutATimeSleepsForEver(t *testing.T) {
	withEngines(t, func(t *testing.T, config wazero.RuntimeConfig) {
		r := newRuntime(t, config)
		var slept []int64
		module, err := r.InstantiateWithConfig(t.Context(), asksToWrite,
			wazero.NewModuleConfig().
				WithStdout(io.Discard).
				WithNanosleep(func(ns int64) { slept = append(slept, ns) }))
		if err != nil {
			t.Fatal(err)
		}
		if len(slept) != 1 || slept[0] != math.MaxInt64 {
			t.Errorf("expected a sleep of %d ns, found %d", math.MaxInt64,
				slept)
		}
		// This is the answer that comes after it.
		const at, enotsup = 48 + 8, 58
		if errno, _ := module.Memory().ReadUint16Le(at); errno != enotsup {
			t.Errorf("expected ENOTSUP in the event, found errno %d", errno)
		}
	})
}

// reference/wasi-calls.mdx, "poll_oneoff". It would not return otherwise.
func TestWithoutASleepTheAnswerAboutWritingComesAtOnce(t *testing.T) {
	withEngines(t, func(t *testing.T, config wazero.RuntimeConfig) {
		r := newRuntime(t, config)
		_, err := r.InstantiateWithConfig(t.Context(), asksToWrite,
			wazero.NewModuleConfig().WithStdout(io.Discard))
		if err != nil {
			t.Error(err)
		}
	})
}

// nilPointer is what a plugin's next WASI call says whose module is closed.
const nilPointer = "runtime error: invalid memory address or " +
	"nil pointer dereference (recovered by wazero)"

// A closer closes the runtime under the plugin that reads from it.
type closer struct{ close func() }

func (c closer) Read([]byte) (int, error) {
	c.close()
	return 0, io.EOF
}

// never-wait-for-ever.mdx, "The plugin that never waits".
func TestClosingTheRuntimeEndsAPluginAtItsNextCall(t *testing.T) {
	withEngines(t, func(t *testing.T, config wazero.RuntimeConfig) {
		r := newRuntime(t, config)
		plugin := content(t, artefact(t, "timeout-spin.c"))
		_, err := r.InstantiateWithConfig(t.Context(), plugin,
			wazero.NewModuleConfig().WithStdin(closer{func() {
				if err := r.Close(t.Context()); err != nil {
					t.Error(err)
				}
			}}))
		if err == nil || !strings.Contains(err.Error(), nilPointer) {
			t.Errorf("expected %q, found %v", nilPointer, err)
		}
	})
}

// never-wait-for-ever.mdx, "The plugin that never waits".
func TestClosingTheRuntimeDoesNotEndAPluginBetweenItsCalls(t *testing.T) {
	withEngines(t, func(t *testing.T, config wazero.RuntimeConfig) {
		for name, plugin := range map[string][]byte{
			"loop": loop, "recursion": recursion,
		} {
			r := newRuntime(t, config)
			said, _ := say(t.Context(), t, r, plugin, func(api.Module) {
				if err := r.Close(t.Context()); err != nil {
					t.Error(err)
				}
			})
			if len(said) != 1 {
				t.Errorf("%s: expected it to come to its end, found %d", name,
					said)
			}
		}
	})
}

// reference/wasi-calls.mdx, at the beginning. The C library's stdio does.
func TestAPluginMayUseMoreThanTheSixCalls(t *testing.T) {
	r := newRuntime(t, wazero.NewRuntimeConfigInterpreter())
	compiled, err := r.CompileModule(t.Context(),
		content(t, artefact(t, "late-flush.c")))
	if err != nil {
		t.Fatal(err)
	}
	var found []string
	for _, function := range compiled.ImportedFunctions() {
		_, name, _ := function.Import()
		found = append(found, name)
	}
	for _, name := range []string{"fd_close", "fd_seek"} {
		if !slices.Contains(found, name) {
			t.Errorf("expected %s among the imports, found %q", name, found)
		}
	}
}

// reactors.mdx, "Without _initialize".
func TestOnlyTheGoReactorNeedsItsPreparation(t *testing.T) {
	withEngines(t, func(t *testing.T, config wazero.RuntimeConfig) {
		r := newRuntime(t, config)
		start := func(name string, stdin, stdout, stderr *bytes.Buffer) (
			handle api.Function) {
			module, err := r.InstantiateWithConfig(t.Context(),
				content(t, artefact(t, name)), wazero.NewModuleConfig().
					WithName("").
					WithStartFunctions(). // none
					WithStdin(stdin).
					WithStdout(stdout).
					WithStderr(stderr))
			if err != nil {
				t.Fatal(err)
			}
			return module.ExportedFunction("handle")
		}

		var stdin, stdout, stderr bytes.Buffer
		handle := start("reactor.c", &stdin, &stdout, &stderr)
		for _, name := range []string{"Ada", "Bo"} {
			stdin.WriteString(name)
			if _, err := handle.Call(t.Context()); err != nil {
				t.Fatal(err)
			}
		}
		if want := "Hello, Ada!\nHello, Bo!\n"; stdout.String() != want {
			t.Errorf("expected %q of the C plugin, found %q", want,
				stdout.String())
		}

		handle = start("reactor.go", &stdin, &stdout, &stderr)
		_, err := handle.Call(t.Context())
		if err == nil || !strings.Contains(err.Error(), "unreachable") {
			t.Errorf("expected the Go plugin to fail, found %v", err)
		}
		const want = "wasmexport function called before runtime initialization"
		if !strings.Contains(stderr.String(), want) {
			t.Errorf("expected %q, found %q", want, stderr.String())
		}
	})
}

// reactors.mdx, "A program has ended": the example there is in C, and ends
// itself. A program in Go does that when its main returns.
func TestAProgramInGoHasEndedWhenItsFunctionsAreCalled(t *testing.T) {
	file := filepath.Join(t.TempDir(), "plugin.wasm")
	command := exec.Command("go", "build", "-o", file, "./internal/exports")
	command.Env = append(os.Environ(), "GOOS=wasip1", "GOARCH=wasm")
	if output, err := command.CombinedOutput(); err != nil {
		t.Fatalf("go build: %v\n%s", err, output)
	}
	withEngines(t, func(t *testing.T, config wazero.RuntimeConfig) {
		r := newRuntime(t, config)
		module, err := r.InstantiateWithConfig(t.Context(), content(t, file),
			wazero.NewModuleConfig().WithStdout(io.Discard))
		if err != nil {
			t.Fatal(err)
		}
		for name, want := range map[string]string{
			"compute": "module closed with exit_code(0)",
			"print": "runtime error: invalid memory address or " +
				"nil pointer dereference (recovered by wazero)",
		} {
			_, err := module.ExportedFunction(name).Call(t.Context())
			if err == nil || !strings.HasPrefix(err.Error(), want) {
				t.Errorf("%s: expected %q, found %v", name, want, err)
			}
		}
	})
}

// messages-over-bytes.mdx, "A print in the protocol".
func TestALineOfALogIsNoJSON(t *testing.T) {
	const want = "invalid character 'i' looking for beginning of value"
	var message any
	err := json.NewDecoder(strings.NewReader("info: ready\n")).Decode(&message)
	if err == nil || err.Error() != want {
		t.Errorf("expected %q, found %v", want, err)
	}
}

// messages-over-bytes.mdx, "A line that is too long".
func TestAHostThatStopsScanningLeavesItsPluginInAWrite(t *testing.T) {
	withEngines(t, func(t *testing.T, config wazero.RuntimeConfig) {
		r := newRuntime(t, config)
		plugin := content(t, artefact(t, "buffer-once.c"))
		answers, stdout := io.Pipe()
		done := make(chan error, 1)
		go func() {
			name := strings.Repeat("x", bufio.MaxScanTokenSize) + "\n"
			_, err := r.InstantiateWithConfig(t.Context(), plugin,
				wazero.NewModuleConfig().
					WithStdin(strings.NewReader(name)).
					WithStdout(stdout))
			stdout.Close()
			done <- err
		}()
		lines := bufio.NewScanner(answers)
		for lines.Scan() {
			t.Errorf("expected no line, found %d bytes", len(lines.Bytes()))
		}
		if err := lines.Err(); !errors.Is(err, bufio.ErrTooLong) {
			t.Errorf("expected %v, found %v", bufio.ErrTooLong, err)
		}
		// Its write can only fail if it has not returned yet.
		answers.Close()
		var exit *sys.ExitError
		if err := <-done; !errors.As(err, &exit) || exit.ExitCode() != 1 {
			t.Errorf("expected the plugin's write to fail, found %v", err)
		}
	})
}
