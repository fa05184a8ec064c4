package main

func f(s string) (int, error) { return len(s), nil }

func main() {
	n := f(3)
	var s string = 5
	s = 'x'
	var i int = 3.5
	x := f("a") + 1
	if i {
	}
	return n
}
