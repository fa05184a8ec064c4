// A program in Go, with two functions for its host beside main.
package main

import "fmt"

//go:wasmexport compute
func compute() int32 { return 42 }

//go:wasmexport print
func print() { fmt.Println("Hello!") }

func main() {}
