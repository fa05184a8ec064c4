// The plugin reads lines for ever and ignores every error.
package main

import (
	"bufio"
	"fmt"
	"os"
	"strings"
)

func main() {
	in := bufio.NewReader(os.Stdin)
	for {
		// #region key
		line, _ := in.ReadString('\n')
		// #endregion key
		fmt.Println(`got "` + strings.TrimRight(line, "\r\n") + `"`)
	}
}
