package main

var a = b
var b = f()

func f() int { return a }

type t struct{ next t }

type i interface{ i }

const c = c + 1

func main() {}
