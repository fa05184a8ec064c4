// The plugin prints the error of its read, as it is.
package main

import (
	"fmt"
	"os"
)

func main() {
	// #region key
	_, err := os.Stdin.Read(make([]byte, 100))
	fmt.Println(err)
	// #endregion key
}
