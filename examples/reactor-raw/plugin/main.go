// The plugin is a library: the host calls handle.
package main

import (
	"fmt"
	"io"
	"os"
)

// #region key

//go:wasmexport handle
func handle() {
	name, err := io.ReadAll(os.Stdin)
	if err != nil {
		fmt.Println("the read failed:", err)
		return
	}
	if len(name) == 0 {
		fmt.Println("nothing but EOF")
		return
	}
	fmt.Printf("Hello, %s!\n", name)
}

func main() {} // nobody calls it

// #endregion key
