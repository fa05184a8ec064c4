// A plugin whose one goroutine waits for ever, whatever its host does.
package main

func main() {
	select {}
}
