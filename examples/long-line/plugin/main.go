// The plugin reads lines in one of three ways, and tells how it ended.
package main

import (
	"bufio"
	"fmt"
	"io"
	"os"
)

func main() {
	way := os.Args[1]
	fmt.Println(way + ":")
	var err error
	if way == "ReadString" {
		err = read()
	} else {
		err = scan(way == "Buffer")
	}
	fmt.Println("  the loop is over; the error is:", err)
}

// #region key
func scan(withBuffer bool) error {
	lines := bufio.NewScanner(os.Stdin) // of 64 KiB at most
	if withBuffer {
		lines.Buffer(nil, 1<<20) // of 1 MiB at most
	}
	for lines.Scan() { // false at EOF, and at a line that is too long
		fmt.Println("  a line of", len(lines.Bytes()), "bytes")
	}
	return lines.Err() // nil at EOF
}

// #endregion key

// #region read
func read() error {
	lines := bufio.NewReader(os.Stdin) // of any length
	for {
		line, err := lines.ReadString('\n')
		if err == io.EOF && line == "" {
			return nil
		}
		if err != nil && err != io.EOF {
			return err
		}
		fmt.Println("  a line of", len(line), "bytes, with its newline")
	}
}

// #endregion read
