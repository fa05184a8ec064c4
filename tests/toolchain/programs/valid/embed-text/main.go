// Embedded text, as a string, as bytes and as a file system.
package main

import (
	"embed"
	"fmt"
	"io/fs"
)

//go:embed greeting.txt
var greeting string

//go:embed "greeting.txt"
var raw []byte

//go:embed *.txt
var files embed.FS

func main() {
	fmt.Printf("%q %d\n", greeting, len(raw))
	fs.WalkDir(files, ".", func(path string, entry fs.DirEntry, err error) error {
		fmt.Println(path, entry.IsDir(), err)
		return err
	})
	text, err := files.ReadFile("other.txt")
	fmt.Printf("%q %v\n", text, err)
	_, err = files.Open("none.txt")
	fmt.Println(err)
}
