// The plugin answers each line with a greeting, and leaves at EOF.
package main

import (
	"bufio"
	"fmt"
	"os"
)

func main() {
	names := bufio.NewScanner(os.Stdin)
	// #region key
	for names.Scan() {
		fmt.Printf("Hello, %s!\n", names.Text())
	}
	// #endregion key
	if err := names.Err(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
