// The plugin answers into a buffer, which it flushes when it leaves.
package main

import (
	"bufio"
	"fmt"
	"os"
)

func main() {
	fmt.Println("ready")
	// #region key
	out := bufio.NewWriter(os.Stdout)
	defer out.Flush() // should be after each answer
	names := bufio.NewScanner(os.Stdin)
	for names.Scan() {
		fmt.Fprintf(out, "Hello, %s!\n", names.Text())
	}
	// #endregion key
	if err := names.Err(); err != nil {
		out.Flush() // os.Exit runs no defer
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
