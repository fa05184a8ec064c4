// The plugin waits for work that nobody gives it.
package main

import "fmt"

func main() {
	// #region key
	jobs := make(chan string)
	fmt.Println("The plugin waits for work.")
	for job := range jobs { // nobody sends, and nobody closes
		fmt.Println(job)
	}
	// #endregion key
}
