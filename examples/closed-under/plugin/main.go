// The plugin writes a line, waits for one, and writes another.
package main

import (
	"bufio"
	"fmt"
	"os"
)

func main() {
	// #region key
	fmt.Println("the first line")
	bufio.NewReader(os.Stdin).ReadString('\n')
	_, err := fmt.Println("the second line")
	// #endregion key
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
