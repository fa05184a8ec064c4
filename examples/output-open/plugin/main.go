// The plugin works in three steps, and tells when each is done.
package main

import (
	"fmt"
	"time"
)

func main() {
	// #region key
	for step := 1; step <= 3; step++ {
		time.Sleep(100 * time.Millisecond) // work
		fmt.Printf("step %d of 3\n", step)
	}
	// #endregion key
}
