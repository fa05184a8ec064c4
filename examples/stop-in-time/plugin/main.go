// The plugin greets two people at once: it answers after the second line.
package main

import (
	"fmt"
	"os"
)

func main() {
	var one, other string
	// #region key
	_, err := fmt.Scanln(&one)
	if err == nil {
		_, err = fmt.Scanln(&other)
	}
	// #endregion key
	if err != nil {
		os.Exit(1) // EOF, or an error, before the second line
	}
	fmt.Printf("Hello, %s and %s!\n", one, other)
}
