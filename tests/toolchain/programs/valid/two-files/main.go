// A program of two files, with init functions and a test's build tag left out.
package main

import "fmt"

var first = second + 1

func init() { fmt.Println("init of main.go", first, second) }

func main() {
	fmt.Println(help("main"))
}
