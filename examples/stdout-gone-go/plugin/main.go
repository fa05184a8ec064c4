// The plugin writes a line, and says on stderr if it cannot.
package main

import (
	"fmt"
	"os"
)

func main() {
	// #region key
	if _, err := fmt.Println("Hello!"); err != nil {
		fmt.Fprintln(os.Stderr, "plugin:", err)
		os.Exit(1)
	}
	// #endregion key
}
