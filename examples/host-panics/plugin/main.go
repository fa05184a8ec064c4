// The plugin says one line.
package main

import "fmt"

func main() {
	// #region key
	fmt.Println("Hello from the plugin.")
	// #endregion key
}
