//go:build !linux

package terminal

import (
	"errors"
	"os"
)

var errLinux = errors.New("expected Linux: a terminal is opened there only")

// Open fails: it is for Linux.
func Open() (person, program *os.File, err error) { return nil, nil, errLinux }

// Plain fails: it is for Linux.
func Plain(*os.File) error { return errLinux }

// Flags fails: it is for Linux.
func Flags(*os.File) (int, error) { return 0, errLinux }
