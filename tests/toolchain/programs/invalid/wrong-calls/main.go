package main

import (
	"fmt"
	"os"
)

type pair struct{ a, b int }

func main() {
	file := os.Open("x")
	fmt.Println(pair{1}, pair{c: 2}, pair{1, 2, 3})
	os.Exit()
	os.Exit(1, 2)
	os.Exit("1")
	_ = file
}
