package session

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"slices"
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
		if readsStdin(string(call)) {
			waits = true
		}
	}
	return seen.String(), waits
}

// readsStdin reads a line of /proc/…/syscall: number and arguments.
func readsStdin(call string) bool {
	fields := strings.Fields(call)
	if len(fields) < 3 {
		return false // "running"
	}
	if fields[0] == fmt.Sprint(syscall.SYS_READ) {
		return fields[1] == "0x0"
	}
	// Which descriptors are polled is in the process's memory.
	return slices.Contains(pollCalls, fields[0])
}

var pollCalls = []string{
	fmt.Sprint(syscall.SYS_PPOLL),
	fmt.Sprint(syscall.SYS_PSELECT6),
}
