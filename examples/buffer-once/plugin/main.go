// The plugin greets every name on its stdin and stops at EOF.
package main

import (
	"bufio"
	"fmt"
	"os"
)

func main() {
	// #region key
	names := bufio.NewScanner(os.Stdin)
	for names.Scan() { // false at EOF
		fmt.Printf("Hello, %s!\n", names.Text())
	}
	// #endregion key
	if err := names.Err(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
