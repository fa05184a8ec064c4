// The plugin says how many bytes each read returns, and with which error.
package main

import (
	"fmt"
	"os"
)

func main() {
	buffer := make([]byte, 4096)
	for {
		n, err := os.Stdin.Read(buffer)
		fmt.Printf("read %d bytes, error %v\n", n, err)
		if err != nil {
			return
		}
	}
}
