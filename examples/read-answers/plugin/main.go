// The plugin tells what each of its reads says, until it reads "bye".
package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"syscall"
)

func main() {
	buffer := make([]byte, 100)
	for {
		// #region key
		n, err := os.Stdin.Read(buffer)
		var errno syscall.Errno
		switch {
		case err == io.EOF:
			fmt.Println("plugin: 0 bytes: EOF")
		case errors.As(err, &errno):
			fmt.Printf("plugin: error %d\n", int(errno))
		default:
			fmt.Printf("plugin: %d bytes\n", n)
		}
		// #endregion key
		if string(buffer[:n]) == "bye\n" {
			return
		}
	}
}
