// Package terminal opens pseudo-terminals, so that a program can be run as a
// person runs it: one terminal as its stdin, stdout and stderr.
package terminal

import (
	"fmt"
	"os"
	"syscall"
	"unsafe"
)

// Open opens a new terminal. The first end is the person's, the second is the
// program's. Nothing is done to the second one: it waits, as a shell's does.
func Open() (person, program *os.File, err error) {
	person, err = os.OpenFile("/dev/ptmx", os.O_RDWR|syscall.O_NOCTTY, 0)
	if err != nil {
		return nil, nil, err
	}
	defer func() {
		if err != nil {
			person.Close()
		}
	}()
	var unlock, number int32
	for _, request := range []struct {
		code  uintptr
		value *int32
	}{{syscall.TIOCSPTLCK, &unlock}, {syscall.TIOCGPTN, &number}} {
		err = control(person, request.code, unsafe.Pointer(request.value))
		if err != nil {
			return nil, nil, err
		}
	}
	// Not os.OpenFile: it would set O_NONBLOCK.
	name := fmt.Sprintf("/dev/pts/%d", number)
	fd, err := syscall.Open(name,
		syscall.O_RDWR|syscall.O_NOCTTY|syscall.O_CLOEXEC, 0)
	if err != nil {
		return nil, nil, &os.PathError{Op: "open", Path: name, Err: err}
	}
	return person, os.NewFile(uintptr(fd), name), nil
}

// Plain makes a terminal pass on what a program writes as it is, and show
// nothing of what is typed. Lines, Ctrl-C and Ctrl-D stay as they are.
func Plain(program *os.File) error {
	var mode syscall.Termios
	err := control(program, syscall.TCGETS, unsafe.Pointer(&mode))
	if err != nil {
		return err
	}
	mode.Lflag &^= syscall.ECHO
	mode.Oflag &^= syscall.OPOST
	return control(program, syscall.TCSETS, unsafe.Pointer(&mode))
}

// Flags returns the flags of an open file (F_GETFL), which all who have the
// same open file share. O_NONBLOCK is one of them.
func Flags(file *os.File) (int, error) {
	raw, err := file.SyscallConn()
	if err != nil {
		return 0, err
	}
	var flags uintptr
	var errno syscall.Errno
	err = raw.Control(func(fd uintptr) {
		flags, _, errno = syscall.Syscall(
			syscall.SYS_FCNTL, fd, syscall.F_GETFL, 0)
	})
	if err == nil && errno != 0 {
		err = os.NewSyscallError("fcntl", errno)
	}
	return int(flags), err
}

func control(file *os.File, code uintptr, value unsafe.Pointer) error {
	raw, err := file.SyscallConn()
	if err != nil {
		return err
	}
	var errno syscall.Errno
	err = raw.Control(func(fd uintptr) {
		_, _, errno = syscall.Syscall(
			syscall.SYS_IOCTL, fd, code, uintptr(value))
	})
	if err == nil && errno != 0 {
		err = os.NewSyscallError("ioctl", errno)
	}
	return err
}
