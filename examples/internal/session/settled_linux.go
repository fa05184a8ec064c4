package session

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
)

// Settled says whether a process is at rest but for the threads that run, and
// which those are. It looks twice: if no other thread ran in between, they
// sleep.
func Settled(pid int) (running []int, settled bool) {
	running, before, ok := sleepers(pid)
	if !ok {
		return nil, false
	}
	again, after, ok := sleepers(pid)
	return running, ok && before == after && slices.Equal(running, again)
}

// sleepers returns the threads that run, and how often each other has run.
func sleepers(pid int) (running []int, snapshot string, ok bool) {
	tasks := fmt.Sprintf("/proc/%d/task", pid)
	threads, err := os.ReadDir(tasks)
	if err != nil {
		return nil, "", false
	}
	var seen strings.Builder
	for _, thread := range threads {
		status, err := os.ReadFile(
			filepath.Join(tasks, thread.Name(), "status"))
		if err != nil {
			return nil, "", false
		}
		var state byte
		for line := range bytes.Lines(status) {
			name, value, _ := bytes.Cut(line, []byte(":"))
			switch string(name) {
			case "State":
				state = bytes.TrimSpace(value)[0]
			case "voluntary_ctxt_switches", "nonvoluntary_ctxt_switches":
				if state == 'S' {
					seen.Write(line)
				}
			}
		}
		switch state {
		case 'S':
		case 'R':
			id, err := strconv.Atoi(thread.Name())
			if err != nil {
				return nil, "", false
			}
			running = append(running, id)
		default: // it ends, or has ended
			return nil, "", false
		}
	}
	return running, seen.String(), true
}
