// All goroutines wait: the runtime says so.
package main

import "fmt"

func main() {
	fmt.Println("before")
	<-make(chan int)
}
