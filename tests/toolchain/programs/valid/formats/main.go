// What fmt makes of values.
package main

import (
	"fmt"
	"time"
)

type point struct{ X, Y int }

type level int

func (l level) String() string { return fmt.Sprintf("level(%d)", int(l)) }

type secret string

func (secret) Format(f fmt.State, verb rune) { fmt.Fprintf(f, "<%c>", verb) }

func main() {
	p := &point{1, -2}
	fmt.Printf("%v %+v %#v %T\n", p, *p, *p, p)
	fmt.Printf("%5d|%-5d|%05d|%x|%X|%o|%b|%c|%U\n", 42, 42, 42, 255, 255, 8, 5, 'é', '⌘')
	fmt.Printf("%8.3f|%e|%g|%t|%p\n", 3.14159, 12345.678, 1e21, true, nil)
	fmt.Printf("%s|%10q|%x|% x\n", "hé", "q\n", "hi", []byte{1, 2})
	fmt.Printf("%v %d %s\n", level(3), level(3), secret("no"))
	fmt.Printf("%v %v %v\n", []any{nil, 1, "a"}, map[string]int{"b": 2, "a": 1}, [2]bool{true})
	fmt.Printf("%d %!\n", "text")
	fmt.Printf("%v %v\n", 1500*time.Millisecond, time.Unix(0, 0).UTC())
	var a, b int
	n, err := fmt.Sscanf("7 x", "%d %d", &a, &b)
	fmt.Println(n, err, a, b, 1+2i, struct{}{})
}
