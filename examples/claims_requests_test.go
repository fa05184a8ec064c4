//go:build unix

package examples_test

import (
	"bytes"
	"fmt"
	"io"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/tetratelabs/wazero"
	"github.com/tetratelabs/wazero/api"
	"github.com/tetratelabs/wazero/experimental"
	wasi "github.com/tetratelabs/wazero/imports/wasi_snapshot_preview1"
)

// What pages claim of plugins that run again and again, and of their end. Each
// test names the page.

// once-for-each-request.mdx, "The name is taken". named is returns with a name
// in its name section, as newer linkers write it: that of their output file.
var named = append(slices.Clip(returns), "\x00"+
	sized(sized("name")+"\x00"+sized(sized("plugin.wasm")))...)

func TestAPluginMayBringItsName(t *testing.T) {
	withEngines(t, func(t *testing.T, config wazero.RuntimeConfig) {
		r := newRuntime(t, config)
		compiled, err := r.CompileModule(t.Context(), named)
		if err != nil {
			t.Fatal(err)
		}
		if compiled.Name() != "plugin.wasm" {
			t.Errorf("expected its name, found %q", compiled.Name())
		}
		start := func(config wazero.ModuleConfig) (api.Module, error) {
			return r.InstantiateModule(t.Context(), compiled, config)
		}
		first, err := start(wazero.NewModuleConfig())
		if err != nil {
			t.Fatal(err)
		}
		const want = "module[plugin.wasm] has already been instantiated"
		_, err = start(wazero.NewModuleConfig())
		if err == nil || err.Error() != want {
			t.Errorf("expected %q, found %v", want, err)
		}
		_, err = start(wazero.NewModuleConfig().WithName(""))
		if err != nil {
			t.Errorf("expected any number without a name, found %v", err)
		}
		if err := first.Close(t.Context()); err != nil {
			t.Fatal(err)
		}
		if _, err = start(wazero.NewModuleConfig()); err != nil {
			t.Errorf("expected the name to be free again, found %v", err)
		}
	})
}

// troubleshooting.mdx, "module[wasi_snapshot_preview1] not instantiated".
// asksEnv imports what a host would have to offer:
// (import "env" "log" (func)).
var asksEnv = assembled(
	section(1, "\x60\x00\x00"),
	section(2, imported("env", "log", "\x00")))

func TestAModuleThatNobodyOffersIsNamed(t *testing.T) {
	withEngines(t, func(t *testing.T, config wazero.RuntimeConfig) {
		start := func(r wazero.Runtime, plugin []byte, want string) {
			t.Helper()
			_, err := r.Instantiate(t.Context(), plugin)
			if err == nil || err.Error() != want {
				t.Errorf("expected %q, found %v", want, err)
			}
		}
		bare := wazero.NewRuntimeWithConfig(t.Context(), config)
		defer bare.Close(t.Context())
		greeter := content(t, artefact(t, "pipe-waits.c"))
		start(bare, greeter, "module[wasi_snapshot_preview1] not instantiated")

		withWASI := newRuntime(t, config)
		start(withWASI, asksEnv, "module[env] not instantiated")
		_, err := withWASI.NewHostModuleBuilder("env").NewFunctionBuilder().
			WithFunc(func() {}).Export("log").Instantiate(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if _, err := withWASI.Instantiate(t.Context(), asksEnv); err != nil {
			t.Errorf("expected it to start with its module, found %v", err)
		}
	})
}

// once-for-each-request.mdx, "Two plugins on one stdin". The plugin ends after
// a line.
func TestTwoPluginsOnOnePipeShareItsLines(t *testing.T) {
	withEngines(t, func(t *testing.T, config wazero.RuntimeConfig) {
		r := newRuntime(t, config)
		compiled, err := r.CompileModule(t.Context(),
			content(t, artefact(t, "shared-stdin.c")))
		if err != nil {
			t.Fatal(err)
		}
		stdin, feed := io.Pipe()
		answers := make(chan string)
		for range 2 {
			go func() {
				var stdout bytes.Buffer
				_, err := r.InstantiateModule(t.Context(), compiled,
					wazero.NewModuleConfig().WithName("").
						WithStdin(stdin).WithStdout(&stdout))
				if err != nil {
					t.Error(err)
				}
				answers <- stdout.String()
			}()
		}
		for _, name := range []string{"Ada", "Grace"} {
			io.WriteString(feed, name+"\n")
			want := "Hello, " + name + "!\n"
			if found := <-answers; found != want {
				t.Errorf("expected one of the two to say %q, found %q", want,
					found)
			}
		}
	})
}

// troubleshooting.mdx, "invalid memory address or nil pointer dereference
// (recovered by wazero)".
func TestANilPointerHasThreeCauses(t *testing.T) {
	expect := func(t *testing.T, err error) {
		t.Helper()
		if err == nil || !strings.Contains(err.Error(), nilPointer) {
			t.Errorf("expected %q, found %v", nilPointer, err)
		}
	}
	withEngines(t, func(t *testing.T, config wazero.RuntimeConfig) {
		// A module is closed under its plugin, and nothing checks it.
		for _, checked := range []bool{false, true} {
			r := newRuntime(t, config.WithCloseOnContextDone(checked))
			_, err := r.InstantiateWithConfig(t.Context(),
				content(t, artefact(t, "timeout-spin.c")),
				wazero.NewModuleConfig().WithName("plugin").
					WithStdin(closer{func() {
						err := r.Module("plugin").Close(t.Context())
						if err != nil {
							t.Error(err)
						}
					}}))
			if !checked {
				expect(t, err)
			} else if err != nil { // as after exit(0)
				t.Errorf("expected an end without an error, found %v", err)
			}
		}

		// A function is called after main has ended itself.
		for _, checked := range []bool{false, true} {
			r := newRuntime(t, config.WithCloseOnContextDone(checked))
			module, err := r.Instantiate(t.Context(), exitsAndHandles)
			if err != nil {
				t.Fatal(err)
			}
			_, err = module.ExportedFunction("handle").Call(t.Context())
			expect(t, err)
		}

		// The stream is a nil pointer in an interface.
		r := newRuntime(t, config)
		var none *bytes.Buffer
		_, err := r.InstantiateWithConfig(t.Context(),
			content(t, artefact(t, "shared-stdin.c")),
			wazero.NewModuleConfig().WithStdin(none))
		expect(t, err)
	})
}

// exitsAndHandles has a _start that ends itself, and a function that writes:
//
//	(module
//	  (import "wasi_snapshot_preview1" "proc_exit" (func (param i32)))
//	  (import "wasi_snapshot_preview1" "fd_write"
//	    (func (param i32 i32 i32 i32) (result i32)))
//	  (memory (export "memory") 1)
//	  (func (export "_start") (call 0 (i32.const 0)))
//	  (func (export "handle")
//	    (drop (call 1 (i32.const 1) (i32.const 0) (i32.const 1)
//	      (i32.const 8)))))
var exitsAndHandles = assembled(
	section(1, "\x60\x01\x7f\x00", "\x60\x04\x7f\x7f\x7f\x7f\x01\x7f",
		"\x60\x00\x00"),
	section(2, imported(wasi.ModuleName, "proc_exit", "\x00"),
		imported(wasi.ModuleName, "fd_write", "\x01")),
	section(3, "\x02", "\x02"),
	section(5, "\x00\x01"),
	section(7, sized("_start")+"\x00\x02", sized("handle")+"\x00\x03",
		sized("memory")+"\x02\x00"),
	section(10, code(0, "\x41\x00\x10\x00"),
		code(0, "\x41\x01\x41\x00\x41\x01\x41\x08\x10\x01\x1a")))

// A listening closer closes the runtime in the middle of a compilation: where
// wazero asks for listeners.
type listeningCloser struct{ close func() }

func (c listeningCloser) NewFunctionListener(
	api.FunctionDefinition,
) experimental.FunctionListener {
	c.close()
	return nil
}

// never-wait-for-ever.mdx, "Close the runtime last".
func TestClosingTheRuntimeDuringACompilationPanics(t *testing.T) {
	if runtime.GOARCH != "amd64" && runtime.GOARCH != "arm64" {
		t.Skip("wazero has no compiler for this machine")
	}
	r := newRuntime(t, wazero.NewRuntimeConfig())
	ctx := experimental.WithFunctionListenerFactory(t.Context(),
		listeningCloser{func() {
			if err := r.Close(t.Context()); err != nil {
				t.Error(err)
			}
		}})
	defer func() {
		const want = "assignment to entry in nil map"
		if found := fmt.Sprint(recover()); found != want {
			t.Errorf("expected a panic with %q, found %q", want, found)
		}
	}()
	_, err := r.CompileModule(ctx, returns)
	t.Errorf("expected a panic, found the error %v", err)
}

// never-wait-for-ever.mdx, "Close the runtime last".
func TestAClosedRuntimeRunsNothing(t *testing.T) {
	r := newRuntime(t, wazero.NewRuntimeConfig())
	r.Close(t.Context())
	const want = "runtime closed with exit_code(0)"
	_, err := r.Instantiate(t.Context(), returns)
	if err == nil || err.Error() != want {
		t.Errorf("expected %q, found %v", want, err)
	}
}
