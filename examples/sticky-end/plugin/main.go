// The plugin asks for a line, again, and again afresh.
package main

import (
	"bufio"
	"fmt"
	"os"
)

func main() {
	// #region key
	names := bufio.NewScanner(os.Stdin)
	fmt.Println("plugin: a line?", names.Scan())
	fmt.Println("plugin: a line now?", names.Scan())
	check(names.Err()) // nil at EOF

	names = bufio.NewScanner(os.Stdin) // remembers nothing
	fmt.Println("plugin: and afresh?", names.Scan(), names.Text())
	check(names.Err())
	// #endregion key
}

func check(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
