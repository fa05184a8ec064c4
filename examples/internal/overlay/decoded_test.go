package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// decodedTest stands beside page_decoded.go in a patched copy of wazero: the
// kept plugin is tested where it lives.
const decodedTest = `package wazero

import (
	"context"
	"testing"

	"github.com/tetratelabs/wazero/api"
	"github.com/tetratelabs/wazero/experimental"
)

// A module with one function type and one name, and the same with another type.
var (
	one = []byte("\x00asm\x01\x00\x00\x00\x01\x04\x01\x60\x00\x00")
	two = []byte("\x00asm\x01\x00\x00\x00\x01\x05\x01\x60\x01\x7f\x00")
)

func compiled(t *testing.T, ctx context.Context, config RuntimeConfig, binary []byte) *compiledModule {
	t.Helper()
	r := NewRuntimeWithConfig(ctx, config)
	t.Cleanup(func() { r.Close(ctx) })
	m, err := r.CompileModule(ctx, binary)
	if err != nil {
		t.Fatal(err)
	}
	return m.(*compiledModule)
}

func TestTheLastPluginIsKeptDecoded(t *testing.T) {
	ctx := context.Background()
	config := NewRuntimeConfigInterpreter()
	first := compiled(t, ctx, config, one)
	if compiled(t, ctx, config, one).module != first.module {
		t.Error("the same bytes: expected the kept module, found another")
	}
	other := compiled(t, ctx, config, two)
	if other.module == first.module {
		t.Error("other bytes: expected another module, found the kept one")
	}
	if compiled(t, ctx, config, one).module == first.module {
		t.Error("only the last is kept: expected another module")
	}
}

func TestOtherSettingsDecodeAnew(t *testing.T) {
	ctx := context.Background()
	config := NewRuntimeConfigInterpreter()
	first := compiled(t, ctx, config, one)
	for name, other := range map[string]RuntimeConfig{
		"features":    config.WithCoreFeatures(api.CoreFeaturesV1),
		"memory":      config.WithMemoryLimitPages(7),
		"termination": config.WithCloseOnContextDone(true),
		"sections":    config.WithCustomSections(true),
	} {
		if compiled(t, ctx, other, one).module == first.module {
			t.Errorf("%s: expected another module, found the kept one", name)
		}
		first = compiled(t, ctx, config, one)
	}
}

func TestBytesThatChangeLaterChangeNothing(t *testing.T) {
	ctx := context.Background()
	config := NewRuntimeConfigInterpreter()
	binary := append([]byte(nil), one...)
	first := compiled(t, ctx, config, binary)
	binary[len(binary)-1] = 0xff
	if compiled(t, ctx, config, one).module != first.module {
		t.Error("expected the module kept under the bytes as they were")
	}
}

func TestAProgramThatListensItselfKeepsNothing(t *testing.T) {
	plain := context.Background()
	config := NewRuntimeConfigInterpreter()
	first := compiled(t, plain, config, two)
	own := experimental.WithFunctionListenerFactory(plain,
		experimental.FunctionListenerFactoryFunc(
			func(api.FunctionDefinition) experimental.FunctionListener { return nil }))
	if compiled(t, own, config, two).module == first.module {
		t.Error("expected a module of its own, found the kept one")
	}
	if compiled(t, plain, config, two).module != first.module {
		t.Error("expected the kept module to stay")
	}
}
`

const noTrace = `package wazero

import (
	"github.com/tetratelabs/wazero/api"
	"github.com/tetratelabs/wazero/experimental"
)

var pageTrace = experimental.FunctionListenerFactoryFunc(
	func(api.FunctionDefinition) experimental.FunctionListener { return nil })
`

func TestTheKeptPluginIsTheOneAskedFor(t *testing.T) {
	dir := t.TempDir()
	source, err := wazeroDir()
	if err != nil {
		t.Fatal(err)
	}
	// A copy of wazero with the patches: the go command tests no package that
	// exists in an overlay alone.
	wazero := filepath.Join(dir, "wazero")
	files, err := sourceFiles(source)
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		text, err := os.ReadFile(filepath.Join(source, file))
		if err != nil {
			t.Fatal(err)
		}
		if err := write(filepath.Join(wazero, file), string(text)); err != nil {
			t.Fatal(err)
		}
	}
	patched, err := variants["page"].patched(source)
	if err != nil {
		t.Fatal(err)
	}
	patched["page_decoded_test.go"] = decodedTest
	// The trace calls the page, which is not here.
	patched["page_trace.go"] = noTrace
	sums, err := os.ReadFile(filepath.Join("..", "..", "go.sum"))
	if err != nil {
		t.Fatal(err)
	}
	patched["go.sum"] = string(sums)
	for file, text := range patched {
		at := filepath.Join(wazero, filepath.FromSlash(file))
		if err := write(at, text); err != nil {
			t.Fatal(err)
		}
	}
	test := exec.Command("go", "test", "-count=1", ".")
	test.Dir = wazero
	output, err := test.CombinedOutput()
	if err != nil || !strings.Contains(string(output), "ok") {
		t.Errorf("%v\n%s", err, output)
	}
}
