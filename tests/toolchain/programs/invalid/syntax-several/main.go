package main

func main() {
	x := 
	if x = 1 {
	for i := 0; i < 3; i++
	{
	}
	y := [3]int{1, 2
	}
}

fun other() {}
