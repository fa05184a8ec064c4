// The plugin shows each read, with room for eight bytes.
package main

import (
	"fmt"
	"os"
)

func main() {
	// #region key
	buffer := make([]byte, 8)
	for {
		n, err := os.Stdin.Read(buffer)
		if err != nil {
			return
		}
		fmt.Printf("%d bytes: %q\n", n, buffer[:n])
	}
	// #endregion key
}
