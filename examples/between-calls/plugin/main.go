// The plugin is a library, with a goroutine that counts.
package main

import (
	"fmt"
	"time"
)

// #region key
var ticks int

//go:wasmexport start
func start() {
	go func() {
		for {
			time.Sleep(10 * time.Millisecond)
			ticks++
		}
	}()
}

//go:wasmexport count
func count() {
	fmt.Println("ticks between two calls:", ticks)
}

//go:wasmexport work
func work() {
	before := ticks
	time.Sleep(time.Second)
	fmt.Println("it ticks in a call that sleeps:", ticks > before)
}

// #endregion key

func main() {} // nobody calls it
