// What a Go program sees of its stdin: whether its goroutines go on while one
// of them reads, deadlines, and EOF. What it prints is explained in
// ../programs/observe.h.
package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"time"
)

// limit is how long the program waits for what does not come.
const limit = 400 * time.Millisecond

var buffer [100]byte

func main() {
	observe("os.Stdin.Stat", kind())

	fmt.Println("? nudge line")
	result := make(chan string)
	go func() { result <- read() }()
	if ticked, early := tick(result); ticked {
		observe("five ticks while a goroutine reads", "yes")
		fmt.Println("? give line")
		observe("what it read", <-result)
	} else {
		observe("five ticks while a goroutine reads", "not before it has read")
		observe("what it read", early)
	}

	start := time.Now()
	if err := os.Stdin.SetReadDeadline(start.Add(limit)); err != nil {
		observe("SetReadDeadline, 0.4 s", describe(err))
		observe("reading until the deadline", "not tried")
	} else {
		observe("SetReadDeadline, 0.4 s", "set")
		fmt.Println("? nudge line")
		got := read()
		if time.Since(start) >= limit {
			got += ", waited"
		} else {
			got += ", at once"
		}
		observe("reading until the deadline", got)
		os.Stdin.SetReadDeadline(time.Time{})
	}

	fmt.Println("? end")
	observe("reading at the end", read())
	fmt.Println("? nudge line")
	observe("reading once more", read())
}

// tick waits for five ticks. If something was read before, it returns that.
func tick(result <-chan string) (ticked bool, early string) {
	ticker := time.NewTicker(limit / 20)
	defer ticker.Stop()
	for range 5 {
		select {
		case <-ticker.C:
		case early := <-result:
			return false, early
		}
	}
	return true, ""
}

func observe(what, value string) {
	fmt.Printf("= %s: %s\n", what, value)
}

func read() string {
	n, err := os.Stdin.Read(buffer[:])
	if err != nil {
		return describe(err)
	}
	return fmt.Sprint(n, " bytes")
}

func describe(err error) string {
	if errors.Is(err, io.EOF) {
		return "EOF"
	}
	var path *os.PathError
	if errors.As(err, &path) {
		return path.Err.Error()
	}
	return err.Error()
}

func kind() string {
	info, err := os.Stdin.Stat()
	if err != nil {
		return describe(err)
	}
	switch mode := info.Mode(); {
	case mode&os.ModeNamedPipe != 0:
		return "named pipe"
	case mode&os.ModeCharDevice != 0:
		return "character device"
	case mode&os.ModeDevice != 0:
		return "block device"
	case mode&os.ModeIrregular != 0:
		return "irregular"
	case mode.IsRegular():
		return "regular file"
	default:
		return mode.Type().String()
	}
}
