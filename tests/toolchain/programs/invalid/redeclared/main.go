package main

import "fmt"

var fmt = 1

type t struct {
	a int
	a string
}

func (t) m() {}
func (t) m() {}

func main() {
	x := 1
	x := 2
	switch x {
	case 1:
	case 1:
	}
	_ = map[string]int{"a": 1, "a": 2}
}

func main() {}
