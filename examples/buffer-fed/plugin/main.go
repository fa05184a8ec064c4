// The plugin asks for names, greets each, and says when it meets EOF.
package main

import (
	"bufio"
	"fmt"
	"io"
	"os"
	"strings"
)

func main() {
	in := bufio.NewReader(os.Stdin)
	for {
		fmt.Print("Name: ")
		// #region key
		line, err := in.ReadString('\n')
		// #endregion key
		if err != nil {
			fmt.Println() // nobody pressed Enter after the prompt
		}
		if name := strings.TrimRight(line, "\r\n"); name != "" {
			fmt.Printf("Hello, %s!\n", name)
		}
		if err == io.EOF {
			fmt.Println("EOF: no more names.")
			return
		}
		if err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
	}
}
