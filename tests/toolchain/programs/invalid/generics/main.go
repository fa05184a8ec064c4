package main

type number interface{ ~int | ~float64 }

func sum[T number](all ...T) (total T) { return }

func zero[T any]() T { return nil }

type list[T comparable] struct{ all []T }

func main() {
	sum("a", "b")
	sum(1, 2.5)
	zero()
	var l list[func()]
	var n number
	_, _ = l, n
}
