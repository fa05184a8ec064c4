// The slices package, append's growth, and arrays made of slices.
package main

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

type call struct {
	name  string
	bytes int
}

func main() {
	calls := []call{{"fd_read", 6}, {"fd_write", 12}, {"fd_read", 0}, {"clock", 0}}
	slices.SortStableFunc(calls, func(a, b call) int {
		return cmp.Or(strings.Compare(a.name, b.name), -cmp.Compare(a.bytes, b.bytes))
	})
	fmt.Println(calls)
	at, found := slices.BinarySearchFunc(calls, "fd_write", func(c call, name string) int {
		return strings.Compare(c.name, name)
	})
	fmt.Println(at, found)
	calls = slices.DeleteFunc(calls, func(c call) bool { return c.bytes == 0 })
	fmt.Println(calls, slices.IndexFunc(calls, func(c call) bool { return c.bytes > 100 }))
	numbers := slices.Concat([]int{3, 1}, []int{2})
	slices.Sort(numbers)
	three := [3]int(numbers)
	numbers[0] = 100
	fmt.Println(three, numbers, slices.Max(numbers), slices.Contains(numbers, 2))
	fmt.Println(slices.Equal(slices.Compact([]int{1, 1, 2, 2, 1}), []int{1, 2, 1}))
	full := numbers[:2:2]
	grown := append(full, 9)
	fmt.Println(numbers[2], grown, cap(full))
	fmt.Println(slices.Repeat([]string{"ab"}, 3), slices.Insert([]int{1, 4}, 1, 2, 3))
}
