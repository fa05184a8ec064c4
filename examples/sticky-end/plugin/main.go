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

	names = bufio.NewScanner(os.Stdin) // remembers nothing
	fmt.Println("plugin: and afresh?", names.Scan(), names.Text())
	// #endregion key
}
