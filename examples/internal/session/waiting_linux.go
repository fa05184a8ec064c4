package session

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
)

// waitsForStdin says whether the process does nothing but wait, and waits for
// its stdin. It looks twice: if no thread ran in between, none works.
func waitsForStdin(pid int) (waits, known bool) {
	before, waits := look(pid)
	if !waits {
		return false, true
	}
	after, waits := look(pid)
	return waits && before == after, true
}

// sleeps says whether the process does nothing at all, whatever it waits for.
func sleeps(pid int) bool {
	running, settled := Settled(pid)
	return settled && len(running) == 0
}

// hostOf returns the host that a process is, or has started: go run builds it,
// and runs it from a folder exe. 0: not yet.
func hostOf(pid int) int {
	file, err := os.Readlink(fmt.Sprintf("/proc/%d/exe", pid))
	if err == nil && filepath.Base(file) == "go" {
		pid = lastChild(pid)
		file, err = os.Readlink(fmt.Sprintf("/proc/%d/exe", pid))
		if filepath.Base(filepath.Dir(file)) != "exe" {
			return 0
		}
	}
	if err != nil {
		return 0
	}
	return pid
}

func lastChild(pid int) int {
	tasks, _ := filepath.Glob(fmt.Sprintf("/proc/%d/task/*/children", pid))
	for _, task := range tasks {
		children, _ := os.ReadFile(task)
		for _, child := range strings.Fields(string(children)) {
			if number, err := strconv.Atoi(child); err == nil {
				return lastChild(number)
			}
		}
	}
	return pid
}

// look returns what all threads were at, and how often each has run. waits is
// true if all sleep, and one in a system call that can read stdin.
func look(pid int) (snapshot string, waits bool) {
	tasks := fmt.Sprintf("/proc/%d/task", pid)
	threads, err := os.ReadDir(tasks)
	if err != nil {
		return "", false
	}
	var seen strings.Builder
	for _, thread := range threads {
		dir := filepath.Join(tasks, thread.Name())
		status, err := os.ReadFile(filepath.Join(dir, "status"))
		if err != nil {
			return "", false
		}
		for line := range bytes.Lines(status) {
			name, value, _ := bytes.Cut(line, []byte(":"))
			switch string(name) {
			case "State":
				if !bytes.HasPrefix(bytes.TrimSpace(value), []byte("S")) {
					return "", false
				}
			case "voluntary_ctxt_switches", "nonvoluntary_ctxt_switches":
				seen.Write(line)
			}
		}
		call, err := os.ReadFile(filepath.Join(dir, "syscall"))
		if err != nil {
			waits = true // not allowed to know; all sleep, which must do
			continue
		}
		seen.Write(call)
		if readsStdin(pid, string(call)) {
			waits = true
		}
	}
	return seen.String(), waits
}

// readsStdin reads a line of /proc/…/syscall: number and arguments.
func readsStdin(pid int, call string) bool {
	fields := strings.Fields(call)
	if len(fields) < 3 {
		return false // "running"
	}
	switch fields[0] {
	case fmt.Sprint(syscall.SYS_READ):
		return fields[1] == "0x0"
	case fmt.Sprint(syscall.SYS_PPOLL):
		return pollsStdin(pid, fields[1], fields[2])
	}
	return fields[0] == fmt.Sprint(syscall.SYS_PSELECT6)
}

// pollsStdin looks for descriptor 0 among those that ppoll waits for. A plugin
// may also wait for another pipe of its host. The arguments are the address
// of the struct pollfd, and their number.
func pollsStdin(pid int, address, count string) bool {
	start, err := strconv.ParseInt(address, 0, 64)
	if err != nil {
		return false
	}
	n, err := strconv.ParseInt(count, 0, 64)
	if err != nil || n > 1<<10 {
		return false
	}
	memory, err := os.Open(fmt.Sprintf("/proc/%d/mem", pid))
	if err != nil {
		return true // not allowed to know; that it polls must do
	}
	defer memory.Close()
	polled := make([]byte, n*8) // int fd; short events, revents
	if _, err := memory.ReadAt(polled, start); err != nil {
		return false // it went on
	}
	for fd := range slices.Chunk(polled, 8) {
		if binary.NativeEndian.Uint32(fd) == 0 {
			return true
		}
	}
	return false
}
