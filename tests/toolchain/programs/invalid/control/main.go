package main

func main() {
	break
	for {
		continue outer
	}
	goto inside
	{
	inside:
	}
	defer recover
	var c <-chan int
	c <- 1
	for i, j, k := range []int{} {
	}
	const big int8 = 300
	_ = 1 / 0
	var p *int = &3
}
