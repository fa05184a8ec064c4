// The plugin says that it is ready, before it reads.
package main

import (
	"bufio"
	"fmt"
	"os"
)

func main() {
	// #region key
	fmt.Println("ready")
	names := bufio.NewScanner(os.Stdin)
	for names.Scan() {
		fmt.Printf("Hello, %s!\n", names.Text())
	}
	// #endregion key
	if err := names.Err(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
