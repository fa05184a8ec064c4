// A panic that nobody recovers: exit status 2, and the words of the runtime.
package main

import "fmt"

func main() {
	defer fmt.Println("deferred")
	var m map[string]int
	m["a"]++
}
