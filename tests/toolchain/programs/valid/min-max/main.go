// The built-in functions of Go 1.21: min, max and clear.
package main

import (
	"fmt"
	"math"
)

func main() {
	a, b := 3, 7
	fmt.Println(min(a, b), max(a, b, 5), min("pipe", "buffer"))
	fmt.Println(max(1.5, math.Inf(-1)), min(0.1, math.NaN()))
	const limit = max(1<<10, 512)
	var buffer [limit]byte
	fmt.Println(len(buffer))
	seen := map[float64]bool{1: true, math.NaN(): true}
	clear(seen)
	values := []int{1, 2, 3}
	clear(values[:2])
	fmt.Println(len(seen), values)
}
