// An exit status of one's own.
package main

import "os"

func main() { os.Exit(7) }
