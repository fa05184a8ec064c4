package main

import (
	"bytes"
	"context"
	"strings"
	"testing"

	"github.com/tetratelabs/wazero"
)

const header = "\x00asm\x01\x00\x00\x00"

// A memory of 2 pages, exported as "memory".
const program = header + "\x05\x03\x01\x00\x02" +
	"\x07\x0a\x01\x06memory\x02\x00"

func TestLimit(t *testing.T) {
	limited, err := limit([]byte(program), 300)
	if err != nil {
		t.Fatal(err)
	}
	ctx := context.Background()
	r := wazero.NewRuntime(ctx)
	defer r.Close(ctx)
	compiled, err := r.CompileModule(ctx, limited)
	if err != nil {
		t.Fatal(err)
	}
	memory := compiled.ExportedMemories()["memory"]
	if pages, limited := memory.Max(); memory.Min() != 2 || pages != 300 ||
		!limited {
		t.Errorf("expected 2 to 300 pages, found %d to %d", memory.Min(), pages)
	}
	if !bytes.HasSuffix(limited, []byte(program[13:])) {
		t.Error("expected the sections behind it as they were")
	}
}

func TestLimitErrors(t *testing.T) {
	for _, test := range []struct{ program, want string }{
		{"", "expected a wasm program"},
		{header, "expected a memory, found none"},
		{header + "\x05\x03\x01", "found its end"},
		{header + "\x05\x04\x01\x01\x02\x03", "without a largest size"},
		{header + "\x05\x04\x01\x00\xad\x02", "it starts with 301 pages"},
	} {
		_, err := limit([]byte(test.program), 300)
		if err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%q: expected %q, found %v", test.program, test.want, err)
		}
	}
}
