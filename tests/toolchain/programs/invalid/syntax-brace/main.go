package main

import "fmt"

func main()
{
	fmt.Println("the brace is on the next line")
}
