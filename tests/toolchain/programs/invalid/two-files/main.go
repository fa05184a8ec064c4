package main

func main() {
	help(1, 2)
	var s string = helped
}
