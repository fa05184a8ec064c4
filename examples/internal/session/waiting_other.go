//go:build unix && !linux

package session

// waitsForStdin can't look into a process here. What comes before an act is
// still compared with what the transcript says.
func waitsForStdin(int) (waits, known bool) { return false, false }

// sleeps says whether the process does nothing: nobody knows it here.
func sleeps(int) bool { return false }

// hostOf returns pid: nobody knows its children here.
func hostOf(pid int) int { return pid }
