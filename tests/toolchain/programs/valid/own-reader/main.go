// A reader of one's own: short reads, data with an error, and EOF that stays.
package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"strings"
)

// slow returns a byte at a time, and its last one with io.EOF.
type slow struct {
	text  string
	reads int
}

func (s *slow) Read(p []byte) (int, error) {
	s.reads++
	if s.text == "" {
		return 0, io.EOF
	}
	p[0] = s.text[0]
	s.text = s.text[1:]
	if s.text == "" {
		return 1, io.EOF
	}
	return 1, nil
}

type broken struct{ after int }

var errBroken = errors.New("the pipe broke")

func (b *broken) Read(p []byte) (int, error) {
	n := min(len(p), b.after)
	b.after -= n
	if n == 0 {
		return 0, errBroken
	}
	return copy(p, strings.Repeat("x", n)), nil
}

func main() {
	s := &slow{text: "two\nlines"}
	scanner := bufio.NewScanner(s)
	for scanner.Scan() {
		fmt.Printf("%q\n", scanner.Text())
	}
	n, err := s.Read(make([]byte, 1))
	fmt.Println(scanner.Err(), s.reads > 8, n, err)

	all, err := io.ReadAll(io.LimitReader(&broken{after: 5}, 3))
	fmt.Printf("%q %v\n", all, err)
	all, err = io.ReadAll(io.TeeReader(&broken{after: 5}, io.Discard))
	fmt.Printf("%q %v\n", all, errors.Is(err, errBroken))
	_, err = io.ReadFull(strings.NewReader("abc"), make([]byte, 4))
	fmt.Println(err, errors.Is(err, io.ErrUnexpectedEOF))
}
