// The plugin reads from stdin, or writes to stdout, again and again. After each
// it says on stderr what Go's standard library says about it.
//
// Or it reads once, while another goroutine of it counts.
package main

import (
	"fmt"
	"os"
	"strconv"
	"sync/atomic"
	"time"
)

func main() {
	if os.Args[1] == "ticks" {
		ticks()
		return
	}
	count, err := strconv.Atoi(os.Args[2])
	if err != nil {
		panic(err)
	}
	for range count {
		var n int
		var err error
		if os.Args[1] == "read" {
			n, err = os.Stdin.Read(make([]byte, 100))
		} else {
			n, err = os.Stdout.WriteString("a line\n")
		}
		switch {
		case err != nil:
			fmt.Fprintln(os.Stderr, err)
		case n == 0:
			fmt.Fprintln(os.Stderr, "0")
		default:
			fmt.Fprintln(os.Stderr, "bytes")
		}
	}
}

func ticks() {
	var count atomic.Int64
	go func() {
		for {
			time.Sleep(10 * time.Millisecond)
			count.Add(1)
		}
	}()
	fmt.Fprintln(os.Stderr, "reading")
	before := count.Load()
	os.Stdin.Read(make([]byte, 100))
	if count.Load() > before {
		fmt.Fprintln(os.Stderr, "go on")
	} else {
		fmt.Fprintln(os.Stderr, "stand still")
	}
}
