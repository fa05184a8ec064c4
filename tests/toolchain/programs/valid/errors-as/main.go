// errors.As on types of one's own, wrapped, joined, and in a tree.
package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
)

type exit struct{ code int }

func (e *exit) Error() string { return fmt.Sprintf("exit %d", e.code) }

type temporary string

func (t temporary) Error() string        { return string(t) }
func (t temporary) Is(target error) bool { return target == io.ErrNoProgress }

func run(n int) error {
	switch n {
	case 0:
		return nil
	case 1:
		return fmt.Errorf("run %d: %w", n, &exit{7})
	case 2:
		return errors.Join(io.EOF, temporary("later"))
	}
	_, err := os.Open("none")
	return fmt.Errorf("%w and %w", err, &exit{n})
}

func main() {
	for n := range 4 {
		err := run(n)
		var e *exit
		var t temporary
		var p *fs.PathError
		fmt.Println(n, errors.As(err, &e), errors.As(err, &t), errors.As(err, &p),
			errors.Is(err, io.EOF), errors.Is(err, io.ErrNoProgress), errors.Is(err, fs.ErrNotExist))
		if e != nil {
			fmt.Println(e.code, err != error(e))
		}
	}
	fmt.Println(run(2))
}
