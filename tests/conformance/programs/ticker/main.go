// Ticks in one goroutine while another reads stdin.
package main

import (
	"bufio"
	"fmt"
	"os"
	"time"
)

func main() {
	if len(os.Args) > 1 && os.Args[1] == "files" {
		if err := files(); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		return
	}
	lines := make(chan string)
	go func() {
		for input := bufio.NewScanner(os.Stdin); input.Scan(); {
			lines <- input.Text()
		}
		close(lines)
	}()
	ticks := 0
	ticker := time.NewTicker(5 * time.Millisecond)
	for {
		select {
		case <-ticker.C:
			ticks++
			if ticks == 3 {
				fmt.Println("3 ticks")
			}
		case line, ok := <-lines:
			if !ok {
				fmt.Println("no more lines")
				return
			}
			fmt.Println("line:", line)
		}
	}
}

// files does what Go's compiler, linker and os package do with files.
func files() error {
	if err := os.MkdirAll("a/b/c", 0o777); err != nil {
		return err
	}
	if err := os.WriteFile("a/b/file", []byte("hello"), 0o666); err != nil {
		return err
	}
	f, err := os.OpenFile("a/b/file", os.O_RDWR|os.O_APPEND, 0)
	if err != nil {
		return err
	}
	if _, err := f.WriteString(", world"); err != nil {
		return err
	}
	if err := f.Truncate(9); err != nil {
		return err
	}
	if err := f.Close(); err != nil {
		return err
	}
	f, err = os.Create("a/out")
	if err != nil {
		return err
	}
	if _, err := f.WriteAt([]byte("end"), 1<<20); err != nil {
		return err
	}
	if _, err := f.Seek(0, 0); err != nil {
		return err
	}
	if _, err := f.Write([]byte("start")); err != nil {
		return err
	}
	info, err := f.Stat()
	if err != nil {
		return err
	}
	fmt.Println("size", info.Size(), info.Mode().IsRegular())
	f.Close()
	if err := os.Rename("a/out", "a/b/moved"); err != nil {
		return err
	}
	if err := os.Symlink("moved", "a/b/link"); err != nil {
		return err
	}
	target, err := os.Readlink("a/b/link")
	if err != nil {
		return err
	}
	fmt.Println("link to", target)
	entries, err := os.ReadDir("a/b")
	if err != nil {
		return err
	}
	for _, entry := range entries {
		fmt.Println(entry.Type(), entry.Name())
	}
	data, err := os.ReadFile("a/b/file")
	if err != nil {
		return err
	}
	fmt.Printf("%s\n", data)
	_, err = os.Open("missing")
	fmt.Println(os.IsNotExist(err), err)
	_, err = os.OpenFile("a/b/file", os.O_CREATE|os.O_EXCL, 0o666)
	fmt.Println(os.IsExist(err), err)
	fmt.Println(os.Remove("a"))
	root, err := os.OpenRoot("a")
	if err != nil {
		return err
	}
	data, err = root.ReadFile("b/file")
	fmt.Printf("%s %v\n", data, err)
	_, err = root.Open("../secret")
	fmt.Println(err != nil)
	when := time.Unix(1000, 0)
	if err := os.Chtimes("a/b/file", when, when); err != nil {
		return err
	}
	info, err = os.Stat("a/b/file")
	if err != nil {
		return err
	}
	fmt.Println(info.ModTime().Equal(when))
	if err := os.RemoveAll("a"); err != nil {
		return err
	}
	_, err = os.Stat("a")
	fmt.Println(os.IsNotExist(err))
	return nil
}
