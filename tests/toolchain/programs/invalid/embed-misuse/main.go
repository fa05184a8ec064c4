package main

import "fmt"

//go:embed main.go
var text string

func main() { fmt.Println(text) }
