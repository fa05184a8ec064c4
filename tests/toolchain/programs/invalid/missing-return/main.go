package main

func sign(n int) int {
	if n > 0 {
		return 1
	} else if n < 0 {
		return -1
	}
}

func two() (int, string) { return 1 }

func none() { return 1 }

func main() { sign(two()) }
