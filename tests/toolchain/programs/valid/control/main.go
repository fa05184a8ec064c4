// Labels, goto, switches, closures over loop variables, and constants.
package main

import "fmt"

type weekday uint8

const (
	monday weekday = iota + 1
	tuesday
	_
	thursday
)

const big = 1 << 100

func main() {
outer:
	for i := range 5 {
		for j := range 5 {
			switch {
			case j == 3:
				continue outer
			case i == 2:
				break outer
			}
			fmt.Print(i, j, " ")
		}
	}
	fmt.Println(thursday, big>>98)
	var funcs []func() int
	for i := 0; i < 3; i++ {
		funcs = append(funcs, func() int { i *= 10; return i })
	}
	for _, f := range funcs {
		fmt.Print(f(), f(), " ")
	}
	fmt.Println()
	n := 0
again:
	if n++; n < 3 {
		goto again
	}
	switch n {
	case 3:
		fmt.Println("three")
		fallthrough
	case 4:
		fmt.Println("falls")
	default:
		fmt.Println("never")
	}
	for i, r := range "aé⌘" {
		fmt.Print(i, ":", string(r), " ")
	}
	var i8 int8 = 127
	i8++
	fmt.Println(i8, 7/-2, -7%3, 6&^3, ^uint16(1))
}
