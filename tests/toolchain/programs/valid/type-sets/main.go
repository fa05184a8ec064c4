// Type switches, interfaces with type sets, method values, and func types.
package main

import (
	"fmt"
	"strings"
)

type stringish interface {
	~string
	Len() int
}

type word string

func (w word) Len() int { return len(w) }

func total[S ~[]E, E stringish](all S) (n int) {
	for _, one := range all {
		n += one.Len() + len(string(one))
	}
	return n
}

type handler func(string) string

func (h handler) twice(s string) string { return h(h(s)) }

func kind(v any) string {
	switch v := v.(type) {
	case nil:
		return "nil"
	case int, int64:
		return fmt.Sprintf("integer %v", v)
	case fmt.Stringer:
		return "stringer " + v.String()
	case func() int:
		return fmt.Sprint("func ", v())
	case []any:
		return fmt.Sprint("list of ", len(v))
	case error:
		return "error " + v.Error()
	}
	return fmt.Sprintf("other %T", v)
}

type zero[T any] struct{}

func (zero[T]) value() (t T) { return t }

func main() {
	fmt.Println(total([]word{"ab", "c"}))
	fmt.Println(handler(strings.ToUpper).twice("x"), handler.twice(func(s string) string { return s + "!" }, "y"))
	var b strings.Builder
	b.WriteString("built")
	length := b.Len
	b.WriteString(" more")
	fmt.Println(length())
	for _, v := range []any{nil, 1, int64(2), &b, func() int { return 3 }, []any{}, fmt.Errorf("e"), 1.5, zero[int]{}} {
		fmt.Println(kind(v))
	}
	fmt.Printf("%q %v\n", zero[string]{}.value(), zero[*int]{}.value() == nil)
}
