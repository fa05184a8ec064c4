package main

import str "strings"

var second = compute()

func compute() int { return 41 }

func init() { println("to stderr") }

func help(s string) string { return str.Repeat(s, 2) }
