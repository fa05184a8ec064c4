//go:build unix

// Package recording reads and writes trace.json: the calls of an example's
// plugins in one native run, and what the reader did meanwhile.
package recording

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"math"
	"os"
	"time"

	"block-or-eof/examples/internal/session"
	"block-or-eof/examples/internal/traced"
	"block-or-eof/examples/internal/transcript"
)

// cut is the number of calls that are kept of a plugin that never waits.
const cut = 64

// Recording is a trace.json: what was recorded natively, by the plugin's
// language. Times are milliseconds since the plugin's first call.
type Recording struct {
	// OS, Wazero and Command say what was recorded, and how.
	OS      string             `json:"os"`
	Wazero  string             `json:"wazero"`
	Command string             `json:"command"`
	Plugins map[string]Session `json:"plugins"`
}

// Session is one run.
type Session struct {
	Ended float64 `json:"ended"`
	// Status is nil for a run that was stopped.
	Status *int  `json:"status,omitempty"`
	Acts   []Act `json:"acts"`
	// Calls are in the order in which they began.
	Calls []traced.Call `json:"calls"`
	// Cut says that the plugin would have gone on for ever.
	Cut bool `json:"cut,omitempty"`
}

// Act is what the reader did, as src/protocol/trace.ts has it.
type Act struct {
	Kind  string  `json:"kind"`
	At    float64 `json:"at"`
	Text  string  `json:"text,omitempty"`
	Bytes int     `json:"bytes,omitempty"`
}

var kinds = map[transcript.Kind]string{
	transcript.Typed:   "typed",
	transcript.Closed:  "closed",
	transcript.Stopped: "stopped",
}

// NewSession reads the file that a traced host wrote.
func NewSession(
	file string, steps []transcript.Step, times *session.Times, flood bool,
) (*Session, error) {
	calls, err := ReadCalls(file)
	if err != nil {
		return nil, err
	}
	started := float64(times.Ended.UnixMicro()) / 1000
	if len(calls) > 0 { // a host may end before its plugin has started
		started = calls[0].Since
	}
	since := func(t time.Time) float64 {
		return round(float64(t.UnixMicro())/1000 - started)
	}
	s := &Session{Ended: since(times.Ended), Acts: []Act{}, Calls: calls}
	for _, act := range times.Acts {
		s.Acts = append(s.Acts, Act{
			Kind:  kinds[act.Step.Kind],
			At:    since(act.At),
			Text:  act.Step.Text,
			Bytes: len(act.Step.Text),
		})
	}
	if last := steps[len(steps)-1]; last.Kind == transcript.Exit {
		s.Status = &last.Status
	}
	if flood && len(s.Calls) > cut {
		s.Calls, s.Cut = s.Calls[:cut], true
	}
	for i := range s.Calls {
		call := &s.Calls[i]
		call.Since = round(call.Since - started)
		if call.Until != nil {
			until := round(*call.Until - started)
			call.Until = &until
		}
	}
	return s, nil
}

// ReadCalls reads the file that a traced host wrote, in the order in which the
// calls began. A last line that is not whole is left out: the host was killed.
// So a call that had not ended then is there, without an end.
func ReadCalls(file string) ([]traced.Call, error) {
	content, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	content = content[:bytes.LastIndexByte(content, '\n')+1]
	calls := []traced.Call{}
	places := map[int]int{} // by number of the call
	for line := range bytes.Lines(content) {
		var call traced.Call
		if err := json.Unmarshal(line, &call); err != nil {
			return nil, fmt.Errorf("%s: %w", file, err)
		}
		if at, found := places[call.ID]; found {
			calls[at] = call
			continue
		}
		places[call.ID] = len(calls)
		calls = append(calls, call)
	}
	return calls, nil
}

func round(ms float64) float64 { return math.Round(ms*1000) / 1000 }

// Read reads a trace.json; nil if there is none.
func Read(file string) (*Recording, error) {
	content, err := os.ReadFile(file)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	r := &Recording{}
	if err := json.Unmarshal(content, r); err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	return r, nil
}

// Write writes a trace.json, one call a line.
func (r *Recording) Write(file string) error {
	compact, err := json.Marshal(r)
	if err != nil {
		return err
	}
	// Only calls begin with this; text of a program has its quotes escaped.
	text := bytes.ReplaceAll(compact,
		[]byte(`{"kind":"call"`), []byte("\n"+`{"kind":"call"`))
	text = bytes.ReplaceAll(text, []byte(`"acts":`), []byte("\n"+`"acts":`))
	return os.WriteFile(file, append(text, '\n'), 0o644)
}
