// A writer of one's own: counted, prefixed, short, and behind a buffer.
package main

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"os"
	"text/tabwriter"
)

type prefixed struct {
	to     io.Writer
	prefix string
	inLine bool
}

func (p *prefixed) Write(b []byte) (int, error) {
	for i, line := range bytes.SplitAfter(b, []byte("\n")) {
		if len(line) == 0 {
			continue
		}
		if i > 0 || !p.inLine {
			if _, err := io.WriteString(p.to, p.prefix); err != nil {
				return 0, err
			}
		}
		if _, err := p.to.Write(line); err != nil {
			return 0, err
		}
		p.inLine = line[len(line)-1] != '\n'
	}
	return len(b), nil
}

type short struct{}

func (short) Write(b []byte) (int, error) { return len(b) / 2, nil }

func main() {
	p := &prefixed{to: os.Stdout, prefix: "> "}
	fmt.Fprintf(p, "one\ntw")
	fmt.Fprintln(p, "o")
	buffered := bufio.NewWriterSize(short{}, 16)
	_, err := buffered.WriteString("more than sixteen bytes")
	fmt.Fprintln(p, err, buffered.Flush())
	tabs := tabwriter.NewWriter(p, 0, 8, 2, ' ', tabwriter.AlignRight|tabwriter.Debug)
	fmt.Fprintln(tabs, "call\tbytes\t")
	fmt.Fprintln(tabs, "fd_read\t6\t")
	tabs.Flush()
	fmt.Fprint(os.Stderr, "to stderr\n")
}
