// The plugin reads a line, while another goroutine of it counts.
package main

import (
	"bufio"
	"fmt"
	"os"
	"sync/atomic"
	"time"
)

func main() {
	// #region key
	var ticks atomic.Int64
	go func() {
		for {
			time.Sleep(10 * time.Millisecond)
			ticks.Add(1)
		}
	}()
	before := ticks.Load()
	line, _ := bufio.NewReader(os.Stdin).ReadString('\n')
	ran := ticks.Load() > before
	// #endregion key
	fmt.Printf("read: %s", line)
	fmt.Println("the other goroutine ran meanwhile:", ran)
}
