// The plugin asks again and again, whatever its read says.
package main

import "os"

func main() {
	buffer := make([]byte, 100)
	// #region key
	for {
		os.Stdin.Read(buffer)
	}
	// #endregion key
}
