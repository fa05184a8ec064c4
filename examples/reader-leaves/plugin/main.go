// The plugin writes lines until it can't.
package main

import (
	"errors"
	"fmt"
	"os"
	"syscall"
)

func main() {
	for n := 1; ; n++ {
		// #region key
		_, err := fmt.Println("line", n)
		var errno syscall.Errno
		if errors.As(err, &errno) {
			fmt.Fprintf(os.Stderr, "plugin: write: error %d\n", int(errno))
			os.Exit(1)
		}
		// #endregion key
	}
}
