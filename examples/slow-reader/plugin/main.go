// The plugin writes more than a pipe of the system has room for.
package main

import (
	"fmt"
	"os"
)

func main() {
	// #region key
	_, err := os.Stdout.Write(make([]byte, 200_000))
	// #endregion key
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
