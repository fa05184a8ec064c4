package main

import "fmt"

func main() {
	fmt.Println(answer)
	fmt.Printn("x")
	var w io.Writer
	_ = w
}
