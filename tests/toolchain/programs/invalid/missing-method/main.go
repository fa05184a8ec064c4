package main

import (
	"io"

	"github.com/tetratelabs/wazero"
)

type notReader struct{}

func (n *notReader) read(p []byte) (int, error) { return 0, io.EOF }

type pointerReader struct{}

func (*pointerReader) Read(p []byte) (int, error) { return 0, io.EOF }

func main() {
	var r io.Reader = notReader{}
	r = pointerReader{}
	wazero.NewModuleConfig().WithStdin(notReader{}).WithStdinn(r)
}
