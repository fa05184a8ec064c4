// Memorylimit writes a largest size into the memory of a wasm program, which
// Go's linker leaves open. The page's hosts have one: a plugin that takes
// memory without end then ends its host, and not the reader's browser.
//
// Usage: memorylimit pages program.wasm
package main

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"os"
	"strconv"
)

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "memorylimit:", err)
		os.Exit(1)
	}
}

func run(args []string) error {
	if len(args) != 2 {
		return errors.New("usage: memorylimit pages program.wasm")
	}
	pages, err := strconv.ParseUint(args[0], 10, 32)
	if err != nil {
		return err
	}
	program, err := os.ReadFile(args[1])
	if err != nil {
		return err
	}
	limited, err := limit(program, pages)
	if err != nil {
		return fmt.Errorf("%s: %w", args[1], err)
	}
	return os.WriteFile(args[1], limited, 0o644)
}

const (
	headerSize      = 8
	memorySection   = 5
	onlyLeast       = 0 // flags of a memory's limits: no largest size
	leastAndLargest = 1
)

// limit returns the program with a largest size for its memory, in pages of
// 64 KiB (WebAssembly core specification, 5.5.8).
func limit(program []byte, pages uint64) ([]byte, error) {
	if !bytes.HasPrefix(program, []byte("\x00asm\x01\x00\x00\x00")) {
		return nil, errors.New("expected a wasm program")
	}
	for at := headerSize; at < len(program); {
		size, n := binary.Uvarint(program[at+1:])
		start := at + 1 + n
		if n <= 0 || size > uint64(len(program)-start) {
			return nil, errors.New("expected a section, found its end")
		}
		end := start + int(size)
		if program[at] != memorySection {
			at = end
			continue
		}
		count, n := binary.Uvarint(program[start:end])
		limits := program[start+max(n, 0) : end]
		if count != 1 || len(limits) < 2 || limits[0] != onlyLeast {
			return nil, errors.New("expected one memory without a largest size")
		}
		least, _ := binary.Uvarint(limits[1:])
		if least > pages {
			return nil, fmt.Errorf("it starts with %d pages", least)
		}
		section := binary.AppendUvarint([]byte{1, leastAndLargest}, least)
		section = binary.AppendUvarint(section, pages)
		limited := append([]byte{}, program[:at]...)
		limited = append(limited, memorySection)
		limited = binary.AppendUvarint(limited, uint64(len(section)))
		limited = append(limited, section...)
		return append(limited, program[end:]...), nil
	}
	return nil, errors.New("expected a memory, found none")
}
