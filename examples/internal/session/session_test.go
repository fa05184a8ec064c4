//go:build unix

package session

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"runtime"
	"strings"
	"syscall"
	"testing"
	"time"

	"block-or-eof/examples/internal/example"
	"block-or-eof/examples/internal/transcript"
)

// hosts are programs for the tests. This test binary is all of them, with the
// name in its environment.
var hosts = map[string]func(in *stdin){
	"greets": greet,
	"greets-wrongly": func(in *stdin) {
		fmt.Print("Name: ")
		fmt.Printf("\nHello, %s?\n", in.line())
		in.line()
	},
	"never-waits": func(*stdin) {
		fmt.Print("Name: ")
		fmt.Print("\nHello, Ada!\n")
		fmt.Print("Name: ")
		fmt.Print("\nEnd.\n")
	},
	"says-more-before-it-waits": func(in *stdin) {
		fmt.Print("Name: \nHello, ")
		fmt.Printf("%s!\n", in.line())
		fmt.Print("Name: ")
		in.line()
		fmt.Print("\nEnd.\n")
	},
	"works-instead-of-waiting": func(*stdin) {
		fmt.Print("Name: ")
		for {
			runtime.Gosched()
		}
	},
	"fails-at-the-end": func(in *stdin) {
		greet(in)
		os.Exit(3)
	},
	"floods": func(*stdin) {
		for {
			fmt.Println("more")
		}
	},
	"floods-and-ends": func(*stdin) {
		fmt.Print("more\nmore\n")
	},
	"makes-it-non-blocking": func(in *stdin) {
		greet(in)
		syscall.SetNonblock(syscall.Stderr, true)
	},
	"answers-two": func(in *stdin) {
		fmt.Println("Hello,", in.line())
		fmt.Println("Hello,", in.line())
		in.line() // to the end
	},
	"answers-one": func(in *stdin) {
		fmt.Println("Hello,", in.line())
	},
	"hangs": func(in *stdin) {
		signal.Notify(make(chan os.Signal, 1), syscall.SIGUSR1)
		in.line()
		select {}
	},
	"two-streams": func(in *stdin) {
		fmt.Fprintln(os.Stderr, "two")
		fmt.Println("one")
		in.line()
	},
}

func greet(in *stdin) {
	fmt.Print("Name: ")
	fmt.Printf("\nHello, %s!\n", in.line())
	fmt.Print("Name: ")
	in.line()
	fmt.Print("\nEnd.\n")
}

func TestMain(m *testing.M) {
	if name := os.Getenv("TEST_HOST"); name != "" {
		hosts[name](&stdin{})
		os.Exit(0)
	}
	os.Exit(m.Run())
}

// stdin reads byte by byte: a line is what was typed until Enter or the end.
type stdin struct{}

func (*stdin) line() string {
	var line strings.Builder
	var b [1]byte
	for {
		_, err := os.Stdin.Read(b[:])
		if err != nil && !errors.Is(err, io.EOF) {
			panic(err)
		}
		if err != nil || b[0] == '\n' {
			return line.String()
		}
		line.WriteByte(b[0])
	}
}

func setUp(t *testing.T, name string, acts ...string) (
	context.Context, *example.Example, []string,
) {
	t.Setenv("TEST_HOST", name)
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	t.Cleanup(cancel)
	e := &example.Example{Name: "sample", ReadsStdin: true}
	for _, line := range acts {
		act, err := transcript.ParseStep(line)
		if err != nil {
			t.Fatal(err)
		}
		e.Acts = append(e.Acts, act)
	}
	return ctx, e, []string{os.Args[0]}
}

const greeting = `$ host sample.wasm
> Name: \
…
< Ada
>
> Hello, Ada!
> Name: \
…
^D
>
> End.
= 0
`

func TestRecordWritesTheSession(t *testing.T) {
	ctx, e, host := setUp(t, "greets", "< Ada", "^D")
	steps, err := Record(ctx, e, host, t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	text, err := transcript.Format(steps)
	if err != nil {
		t.Fatal(err)
	}
	if text != greeting {
		t.Errorf("expected\n%s\nfound\n%s", greeting, text)
	}
}

func TestRecordCutsAFlood(t *testing.T) {
	ctx, e, host := setUp(t, "floods", "^C")
	e.CutAfterLines = 2
	steps, err := Record(ctx, e, host, t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	want := "$ host sample.wasm\n> more\n> more\n^C\n"
	if text, _ := transcript.Format(steps); text != want {
		t.Errorf("expected\n%s\nfound\n%s", want, text)
	}
}

func TestRecordSaysWhyItCannot(t *testing.T) {
	for _, test := range []struct {
		host string
		acts []string
		want string
	}{
		{"greets", []string{"< Ada"}, "waits after the last act"},
		{"never-waits", []string{"< Ada"}, `waits for "< Ada", found that`},
		{"floods", []string{"^C"}, `set "cutAfterLines"`},
		{"two-streams", []string{"^D"}, `set "compare" to "by-stream"`},
	} {
		t.Run(test.host, func(t *testing.T) {
			ctx, e, host := setUp(t, test.host, test.acts...)
			_, err := Record(ctx, e, host, t.TempDir())
			if err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("expected the error %q, found %v", test.want, err)
			}
		})
	}
}

func TestReplayAcceptsTheSession(t *testing.T) {
	for _, test := range []struct{ host, session string }{
		{"greets", greeting},
		{"fails-at-the-end", strings.Replace(greeting, "= 0", "= 3", 1)},
		{"floods", "$ host sample.wasm\n> more\n> more\n^C\n"},
		{"greets", "$ host sample.wasm\n> Name: \\\n…\n^C\n"},
		{"two-streams", "$ host sample.wasm\n> one\n! two\n…\n^D\n= 0\n"},
	} {
		t.Run(test.host, func(t *testing.T) {
			if err := replayText(t, test.host, test.session); err != nil {
				t.Error(err)
			}
			if runtime.GOOS != "linux" {
				return
			}
			err := replayTextUnder(t, test.host, test.session,
				Conditions{Terminal: true})
			if err != nil {
				t.Errorf("on a terminal: %v", err)
			}
		})
	}
}

const hanging = "$ host sample.wasm\n…\n^D\n! " + report + "= 2\n"

func TestReplayUnderConditionsShowsTheDifference(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("terminals are opened on Linux only")
	}
	for _, test := range []struct {
		host, session string
		conditions    Conditions
		want          string
	}{
		{"hangs", hanging, Conditions{Hangs: true}, ""},
		{"hangs", hanging, Conditions{Terminal: true, Hangs: true}, ""},
		{"greets", greeting, Conditions{Hangs: true}, "found its end"},
		{"greets-wrongly", greeting, Conditions{Terminal: true},
			"the output differs in line 6"},
		{"makes-it-non-blocking", greeting, Conditions{Terminal: true},
			"flags of the terminal as they were"},
		{"two-streams", "$ host sample.wasm\n> one\n! three\n…\n^D\n= 0\n",
			Conditions{Terminal: true}, "the output differs"},
	} {
		t.Run(test.host, func(t *testing.T) {
			err := replayTextUnder(t, test.host, test.session, test.conditions)
			if (err == nil) != (test.want == "") ||
				err != nil && !strings.Contains(err.Error(), test.want) {
				t.Errorf("expected the error %q, found %v", test.want, err)
			}
		})
	}
}

func TestConverse(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("terminals are opened on Linux only")
	}
	for _, test := range []struct {
		host    string
		answers []string
		want    string
	}{
		{"answers-two", []string{"Hello, Ada", "Hello, Grace"}, ""},
		{"answers-one", []string{"Hello, Ada"}, ""},
		{"answers-one", []string{"Hello, Ada", "Hello, Grace"},
			`expected "Hello, Grace", found the end`},
		{"fails-at-the-end", []string{"Hello, Ada"}, "status 3"},
		{"makes-it-non-blocking", nil, "flags of the terminal"},
	} {
		t.Run(test.host, func(t *testing.T) {
			ctx, _, host := setUp(t, test.host)
			_, status, err := Converse(ctx, host, t.TempDir(), Conversation{
				Lines:   []string{"Ada", "Grace"},
				Answers: test.answers,
			})
			found := fmt.Sprint("status ", status, " ", err)
			if test.want == "" && found != "status 0 <nil>" ||
				!strings.Contains(found, test.want) {
				t.Errorf("expected %q, found %q", test.want, found)
			}
		})
	}
}

func TestReplayShowsTheDifference(t *testing.T) {
	for _, test := range []struct{ host, session, want string }{
		{"greets-wrongly", greeting,
			"the output differs in line 6 of the transcript:\n" +
				"    > Name: \\\n    …\n    < Ada\n    >\n" +
				"  - expected > Hello, Ada!\n"},
		{"greets-wrongly", greeting, "  + found    > Hello, Ada?\n"},
		{"never-waits", greeting, "line 2"},
		{"says-more-before-it-waits", greeting, "line 2"},
		{"fails-at-the-end", greeting,
			"the exit status differs in line 12 of the transcript"},
		{"fails-at-the-end", greeting, "  + found    = 3"},
		{"floods", "$ host sample.wasm\n> less\n^C\n", "line 2"},
		{"floods-and-ends", "$ host sample.wasm\n> more\n> more\n> more\n^C\n",
			"expected more output, found its end"},
		{"greets", "$ host other.wasm\n= 0\n",
			`expected the command "host sample.wasm", found "host other.wasm"`},
	} {
		t.Run(test.host, func(t *testing.T) {
			err := replayText(t, test.host, test.session)
			if err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("expected the error %q, found %v", test.want, err)
			}
		})
	}
}

func TestWorkIsNotWaiting(t *testing.T) {
	ctx, _, host := setUp(t, "works-instead-of-waiting")
	p, err := start(ctx, host, t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	defer p.end()
	if _, known := waitsForStdin(p.cmd.Process.Pid); !known {
		t.Skip("nobody can look into a process on this system")
	}
	for {
		said, _, changed := p.take()
		if len(said) > 0 {
			break // so it has started
		}
		<-changed
	}
	for range 1000 {
		if waits, _ := waitsForStdin(p.cmd.Process.Pid); waits {
			t.Fatal("expected a process that works, found it waiting")
		}
	}
}

func replayText(t *testing.T, name, text string) error {
	t.Helper()
	return replayTextUnder(t, name, text, Conditions{})
}

func replayTextUnder(
	t *testing.T, name, text string, conditions Conditions,
) error {
	t.Helper()
	ctx, e, host := setUp(t, name)
	e.ByStream = name == "two-streams"
	if strings.HasPrefix(name, "floods") {
		e.CutAfterLines = strings.Count(text, "> ")
	}
	steps, err := transcript.Parse(text)
	if err != nil {
		t.Fatal(err)
	}
	return ReplayUnder(ctx, e, steps, host, t.TempDir(), conditions)
}
