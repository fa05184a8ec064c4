package main

import (
	"fmt"
	"io"
	str "strings"
)

func main() {
	used, unused := 1, 2
	fmt.Println(used)
label:
	for {
	}
}
