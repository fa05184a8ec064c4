// The plugin answers messages that say how long they are.
package main

import (
	"encoding/binary"
	"fmt"
	"io"
	"os"
)

func main() {
	if err := run(); err != nil && err != io.EOF {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run() error {
	for {
		// #region key
		var size [4]byte
		if _, err := io.ReadFull(os.Stdin, size[:]); err != nil {
			return err
		}
		length := binary.LittleEndian.Uint32(size[:])
		if length > 1<<20 {
			return fmt.Errorf("expected at most 1 MiB, found %d", length)
		}
		message := make([]byte, length)
		if _, err := io.ReadFull(os.Stdin, message); err != nil {
			return err
		}
		// #endregion key
		answer := fmt.Sprintf("Hello, %s!", message)
		frame := binary.LittleEndian.AppendUint32(nil, uint32(len(answer)))
		if _, err := os.Stdout.Write(append(frame, answer...)); err != nil {
			return err
		}
	}
}
