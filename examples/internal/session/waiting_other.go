//go:build unix && !linux

package session

// waitsForStdin can't look into a process here. What comes before an act is
// still compared with what the transcript says.
func waitsForStdin(int) (waits, known bool) { return false, false }
