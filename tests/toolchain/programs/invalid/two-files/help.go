package main

func help(s string) {}

var helped = 3

func unknown() { missing() }
