// The plugin answers one line, and then gives up.
package main

import (
	"fmt"
	"os"
)

func main() {
	var name string
	fmt.Scanln(&name)
	fmt.Printf("Hello, %s!\n", name)
	// #region key
	os.Exit(3)
	// #endregion key
}
