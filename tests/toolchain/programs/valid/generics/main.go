// Types and functions with parameters, constraints, and inference.
package main

import (
	"cmp"
	"fmt"
	"strconv"
)

type number interface {
	~int | ~int64 | ~float64
}

type celsius float64

func sum[T number](all ...T) (total T) {
	for _, one := range all {
		total += one
	}
	return total
}

func apply[In, Out any](all []In, f func(In) Out) []Out {
	out := make([]Out, 0, len(all))
	for _, one := range all {
		out = append(out, f(one))
	}
	return out
}

type tree[K cmp.Ordered, V any] struct {
	left, right *tree[K, V]
	key         K
	value       V
}

func (t *tree[K, V]) insert(key K, value V) *tree[K, V] {
	switch {
	case t == nil:
		return &tree[K, V]{key: key, value: value}
	case key < t.key:
		t.left = t.left.insert(key, value)
	case key > t.key:
		t.right = t.right.insert(key, value)
	default:
		t.value = value
	}
	return t
}

func (t *tree[K, V]) each(visit func(K, V)) {
	if t == nil {
		return
	}
	t.left.each(visit)
	visit(t.key, t.value)
	t.right.each(visit)
}

type pair[A, B any] struct {
	First  A
	Second B
}

type named[T any] = pair[string, T]

func main() {
	fmt.Println(sum(1, 2, 3), sum(1.5, 2.5), sum[celsius](20.5, 1))
	fmt.Printf("%q\n", apply([]int{1, 22, 333}, strconv.Itoa))
	var t *tree[string, int]
	for i, word := range []string{"pipe", "buffer", "eof", "pipe"} {
		t = t.insert(word, i)
	}
	t.each(func(word string, i int) { fmt.Println(word, i) })
	fmt.Printf("%+v %T\n", named[bool]{"open", true}, named[bool]{})
}
