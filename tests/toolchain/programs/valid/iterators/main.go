// Functions to range over, pulled and pushed, and integers.
package main

import (
	"fmt"
	"iter"
	"maps"
	"slices"
)

func count(from, to int) iter.Seq[int] {
	return func(yield func(int) bool) {
		defer fmt.Println("done counting")
		for i := from; i < to; i++ {
			if !yield(i) {
				return
			}
		}
	}
}

func filter[T any](seq iter.Seq[T], keep func(T) bool) iter.Seq[T] {
	return func(yield func(T) bool) {
		for v := range seq {
			if keep(v) && !yield(v) {
				return
			}
		}
	}
}

func main() {
	for i := range 3 {
		fmt.Print(i, " ")
	}
	fmt.Println()
	even := func(i int) bool { return i%2 == 0 }
	for i := range filter(count(0, 100), even) {
		if i > 6 {
			break
		}
		fmt.Println("even", i)
	}
	next, stop := iter.Pull(count(7, 9))
	for {
		v, ok := next()
		fmt.Println(v, ok)
		if !ok {
			break
		}
	}
	stop()
	sizes := map[string]int{"a": 1, "bb": 2, "ccc": 3}
	fmt.Println(slices.Sorted(maps.Keys(sizes)))
	for i, v := range slices.Backward([]string{"x", "y"}) {
		fmt.Println(i, v)
	}
	fmt.Println(slices.Collect(slices.Chunk([]int{1, 2, 3, 4, 5}, 2)))
}
