// The plugin says when its main begins, and when it ends.
package main

import "fmt"

func main() {
	// #region key
	fmt.Println("plugin: main begins")
	fmt.Println("plugin: main ends")
	// #endregion key
}
