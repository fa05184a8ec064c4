// The plugin shows what each of its reads brings, byte by byte.
package main

import (
	"fmt"
	"io"
	"os"
)

func main() {
	buffer := make([]byte, 100)
	for {
		// #region key
		n, err := os.Stdin.Read(buffer)
		if err == io.EOF {
			fmt.Println("plugin: EOF")
			return
		}
		// #endregion key
		if err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		fmt.Printf("plugin: %+q\n", buffer[:n])
	}
}
