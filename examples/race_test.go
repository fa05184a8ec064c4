//go:build unix

package examples_test

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// order-of-events.mdx, "Before is right for a buffer": a plugin's buffer that
// another goroutine uses is a data race, and the race detector says so.
func TestABufferInUseIsADataRace(t *testing.T) {
	needCompiler(t)
	host := filepath.Join(t.TempDir(), "race")
	build := exec.Command("go", "build", "-race", "-o", host, "./internal/race")
	build.Env = append(os.Environ(), "CGO_ENABLED=1")
	if output, err := build.CombinedOutput(); err != nil {
		t.Fatalf("go build -race: %v\n%s", err, output)
	}
	for stream, functions := range map[string][]string{
		"stdin":  {"bytes.(*Buffer).WriteString", "sys.(*StdinFile).Read"},
		"stdout": {"bytes.(*Buffer).Len", "sys.(*writerFile).Write"},
	} {
		run := exec.Command(host, stream, artefact(t, "no-stdin.c"))
		run.Env = append(os.Environ(), "GORACE=")
		output, err := run.CombinedOutput()
		var exit *exec.ExitError
		if !errors.As(err, &exit) || exit.ExitCode() != 66 {
			t.Errorf("%s: expected status 66, found %v", stream, err)
		}
		report := string(output)
		for _, text := range append(functions, "WARNING: DATA RACE") {
			if !strings.Contains(report, text) {
				t.Errorf("%s: expected %q in the report, found\n%s", stream,
					text, report)
			}
		}
	}
}
