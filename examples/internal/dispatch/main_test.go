package main

import (
	"bytes"
	"strings"
	"testing"
)

const sample = `// A program.
package main

import "fmt"

func main() {
	fmt.Println("package main")
}
`

func TestACopyKeepsItsLines(t *testing.T) {
	copied, found, err := importable([]byte(sample), "host")
	if err != nil || !found {
		t.Fatalf("expected a func main, found %t and %v", found, err)
	}
	want := strings.Replace(sample, "package main\n", "package host\n", 1)
	want = strings.Replace(want, "func main()", "func Main()", 1)
	if string(copied) != want {
		t.Errorf("expected\n%s\nfound\n%s", want, copied)
	}
	if bytes.Count(copied, []byte("\n")) != strings.Count(sample, "\n") {
		t.Error("expected as many lines as before")
	}
}

func TestWhatCannotBeCopiedIsSaid(t *testing.T) {
	for source, want := range map[string]string{
		"package host\n":              `expected the line "package main" once, found it 0`,
		sample + "func main() {\n}\n": `found "func main() {" more than once`,
	} {
		_, _, err := importable([]byte(source), "host")
		if err == nil || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("expected the error %q, found %v", want, err)
		}
	}
}
