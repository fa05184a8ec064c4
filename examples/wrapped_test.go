//go:build linux

package examples_test

import (
	"io"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/tetratelabs/wazero"
	wasi "github.com/tetratelabs/wazero/imports/wasi_snapshot_preview1"

	"block-or-eof/examples/internal/terminal"
)

// "Wrap all three, or none" (system-streams): on a terminal, each of the three
// is enough for a Go plugin to make it non-blocking.
func TestOneBareStreamMakesATerminalNonblocking(t *testing.T) {
	plugin := content(t,
		filepath.Join(".build", "native", "left-nonblocking.go.wasm"))
	ctx := t.Context()
	r := wazero.NewRuntime(ctx)
	defer r.Close(ctx)
	wasi.MustInstantiate(ctx, r)
	compiled, err := r.CompileModule(ctx, plugin)
	if err != nil {
		t.Fatal(err)
	}
	streams := []string{"stdin", "stdout", "stderr"}
	for set := range 1 << len(streams) {
		var names []string
		for i, name := range streams {
			if set&(1<<i) != 0 {
				names = append(names, name)
			}
		}
		t.Run("bare: "+strings.Join(names, " "), func(t *testing.T) {
			person, program, err := terminal.Open()
			if err != nil {
				t.Fatal(err)
			}
			defer person.Close()
			defer program.Close()
			config := wazero.NewModuleConfig().
				WithStdin(struct{ io.Reader }{program}).
				WithStdout(struct{ io.Writer }{program}).
				WithStderr(struct{ io.Writer }{program})
			for _, name := range names {
				config = withBare(config, name, program)
			}
			module, err := r.InstantiateModule(ctx, compiled, config)
			if err != nil {
				t.Fatal(err)
			}
			module.Close(ctx)
			flags, err := terminal.Flags(program)
			if err != nil {
				t.Fatal(err)
			}
			found := flags&syscall.O_NONBLOCK != 0
			if want := len(names) > 0; found != want {
				t.Errorf("O_NONBLOCK: expected %t, found %t", want, found)
			}
		})
	}
}

func withBare(
	config wazero.ModuleConfig, name string, file *os.File,
) wazero.ModuleConfig {
	switch name {
	case "stdin":
		return config.WithStdin(file)
	case "stdout":
		return config.WithStdout(file)
	}
	return config.WithStderr(file)
}
