// Deferred calls, recovered panics, runtime errors, and named results.
package main

import (
	"errors"
	"fmt"
	"runtime"
)

func try(name string, act func()) (err error) {
	defer func() {
		switch r := recover().(type) {
		case nil:
		case runtime.Error:
			err = fmt.Errorf("%s: runtime error: %w", name, r)
		case error:
			err = fmt.Errorf("%s: %w", name, r)
		default:
			err = fmt.Errorf("%s: panic: %v", name, r)
		}
	}()
	act()
	return nil
}

func main() {
	var m map[string]int
	var p *struct{ a [10]int }
	zero, three := 0, []int{1, 2, 3}
	var any any = "text"
	fmt.Println(try("map", func() { m["a"] = 1 }))
	fmt.Println(try("nil", func() { fmt.Println(p.a[1]) }))
	fmt.Println(try("divide", func() { fmt.Println(1 / zero) }))
	fmt.Println(try("index", func() { fmt.Println(three[3+zero]) }))
	fmt.Println(try("slice", func() { fmt.Println(three[2+zero : 1]) }))
	fmt.Println(try("assert", func() { fmt.Println(any.(int)) }))
	fmt.Println(try("own", func() { panic(errors.New("mine")) }))
	fmt.Println(try("closed", func() { c := make(chan int); close(c); close(c) }))
	fmt.Println(try("fine", func() {
		for i := range 3 {
			defer fmt.Print("deferred ", i, "\n")
		}
	}))
}
