//go:build unix

package examples_test

import (
	"path/filepath"
	"slices"
	"testing"

	"block-or-eof/examples/internal/recording"
	"block-or-eof/examples/internal/traced"
)

// Two native runs of an example make the same calls with the same results;
// only their times differ.
func TestTraces(t *testing.T) {
	tracedHost := engine{"traced", nativeHost("traced"), nativePlugin}
	for _, e := range examples(t) {
		recorded, err := recording.Read(filepath.Join(e.Name, "trace.json"))
		if err != nil {
			t.Fatal(err)
		}
		for _, language := range e.Plugins {
			if !drawn(t, e, language, "traced") {
				continue
			}
			t.Run(e.Name+"/"+language, func(t *testing.T) {
				t.Parallel()
				if recorded == nil {
					t.Fatal("expected trace.json, found none: make trace")
				}
				file := filepath.Join(t.TempDir(), "trace")
				replay(t, e, read(t, e), language, tracedHost,
					traced.File+"="+file)
				found, err := recording.ReadCalls(file)
				if err != nil {
					t.Fatal(err)
				}
				session := recorded.Plugins[language]
				calls := session.Calls
				if e.Timed {
					calls, found = onDescriptors(calls), onDescriptors(found)
				}
				if session.Cut || e.Timed {
					// Both runs were stopped, each somewhere, and perhaps in
					// the midst of a call.
					n := max(0, min(len(calls), len(found))-1)
					if n < e.CutAfterLines {
						t.Fatalf("expected a flood, found %d calls", n)
					}
					calls, found = calls[:n], found[:n]
				}
				compareCalls(t, calls, found)
			})
		}
	}
}

// onDescriptors leaves out the calls for clocks and timers, and the last one.
func onDescriptors(calls []traced.Call) []traced.Call {
	return slices.DeleteFunc(calls, func(call traced.Call) bool {
		return call.FD == nil
	})
}

func compareCalls(t *testing.T, recorded, found []traced.Call) {
	for i := range max(len(recorded), len(found)) {
		expected, got := "the end", "the end"
		if i < len(recorded) {
			expected = recorded[i].What()
		}
		if i < len(found) {
			got = found[i].What()
		}
		if expected != got {
			t.Errorf("call %d: expected %s, found %s; if that is right: "+
				"make trace", i+1, expected, got)
			return
		}
	}
}
