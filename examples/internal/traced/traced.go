// Package traced writes down the calls of a host's plugins, for builds of the
// hosts in which internal/dispatch put its Background in place of context's.
// The page has the same trace from the same listeners (internal/overlay).
package traced

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"strings"
	"sync"
	"time"

	"github.com/tetratelabs/wazero/api"
	"github.com/tetratelabs/wazero/experimental"
	"github.com/tetratelabs/wazero/sys"
)

// File is the environment variable with the name of the file to write.
const File = "TRACE_FILE"

const (
	toldBuffers       = 16 // as in src/engine/run/tracer.ts, like the next two
	toldSubscriptions = 8
	toldBytes         = 24
	iovecSize         = 8
	subscriptionSize  = 48
)

// Call is one call of a plugin into the host: a row of the trace, see
// src/protocol/trace.ts.
type Call struct {
	Kind   string  `json:"kind"`
	ID     int     `json:"id"`
	Module int     `json:"module"`
	Name   string  `json:"name"`
	FD     *uint32 `json:"fd,omitempty"`
	Args   Args    `json:"args"`
	// Since and Until are milliseconds since the Unix epoch. A call that never
	// returned has neither Until nor End.
	Since float64  `json:"since"`
	Until *float64 `json:"until,omitempty"`
	End   *End     `json:"end,omitempty"`
}

// Args are the parameters that mean something to a reader.
type Args struct {
	Params  []uint32 `json:"params"`
	Buffers []uint32 `json:"buffers,omitempty"`
	Polled  []string `json:"polled,omitempty"`
}

// End is what became of a call.
type End struct {
	// Kind is "returned", "exit" or "broken".
	Kind  string  `json:"kind"`
	Errno *uint32 `json:"errno,omitempty"`
	Bytes *uint32 `json:"bytes,omitempty"`
	Data  []int   `json:"data,omitempty"`
	Code  *uint32 `json:"code,omitempty"`
}

// What returns a call without its times: what must be the same in every run.
func (c *Call) What() string {
	text := c.Name
	if c.FD != nil {
		text += fmt.Sprintf("(%d)", *c.FD)
	}
	if c.End == nil {
		return text + " never returned"
	}
	switch c.End.Kind {
	case "exit":
		return fmt.Sprintf("%s exit %d", text, *c.End.Code)
	case "broken":
		return text + " broken"
	}
	text += fmt.Sprintf(" errno %d", *c.End.Errno)
	if c.End.Bytes != nil {
		text += fmt.Sprintf(", %d bytes", *c.End.Bytes)
	}
	return text
}

// Background is context.Background with a listener on every host function.
func Background() context.Context {
	file, err := os.Create(os.Getenv(File))
	if err != nil {
		fmt.Fprintln(os.Stderr, "trace:", err)
		os.Exit(1)
	}
	return experimental.WithFunctionListenerFactory(context.Background(),
		&tracer{
			file:    json.NewEncoder(file),
			modules: map[api.Module]*module{},
		})
}

type tracer struct {
	mutex   sync.Mutex
	file    *json.Encoder // a line when a call begins, another when it ends
	calls   int
	modules map[api.Module]*module
}

// module is a plugin instance.
type module struct {
	id   int
	open []*Call // calls that have not ended
}

// NewFunctionListener implements experimental.FunctionListenerFactory.
func (t *tracer) NewFunctionListener(
	def api.FunctionDefinition,
) experimental.FunctionListener {
	if def.GoFunction() == nil {
		return nil
	}
	return t
}

// Before implements experimental.FunctionListener.
func (t *tracer) Before(
	_ context.Context, mod api.Module, def api.FunctionDefinition,
	params []uint64, _ experimental.StackIterator,
) {
	t.mutex.Lock()
	defer t.mutex.Unlock()
	m := t.modules[mod]
	if m == nil {
		m = &module{id: len(t.modules) + 1}
		t.modules[mod] = m
	}
	t.calls++
	call := &Call{
		Kind:   "call",
		ID:     t.calls,
		Module: m.id,
		Name:   def.Name(),
		Args:   args(mod.Memory(), def.Name(), params),
		Since:  now(),
	}
	if strings.HasPrefix(call.Name, "fd_") && len(params) > 0 {
		fd := uint32(params[0])
		call.FD = &fd
	}
	m.open = append(m.open, call)
	t.write(call)
}

// After implements experimental.FunctionListener.
func (t *tracer) After(
	_ context.Context, mod api.Module, _ api.FunctionDefinition,
	results []uint64,
) {
	t.end(mod, func(call *Call) End {
		var errno uint32
		if len(results) > 0 {
			errno = uint32(results[0])
		}
		end := End{Kind: "returned", Errno: &errno}
		if at, ok := countPointer(call); ok && errno == 0 {
			if n, ok := mod.Memory().ReadUint32Le(at); ok {
				end.Bytes = &n
				end.Data = data(mod.Memory(), call.Args.Params, n)
			}
		}
		return end
	})
}

// Abort implements experimental.FunctionListener. proc_exit arrives here.
func (t *tracer) Abort(
	_ context.Context, mod api.Module, _ api.FunctionDefinition, err error,
) {
	t.end(mod, func(*Call) End {
		var exit *sys.ExitError
		if errors.As(err, &exit) {
			code := exit.ExitCode()
			return End{Kind: "exit", Code: &code}
		}
		return End{Kind: "broken"}
	})
}

func (t *tracer) end(mod api.Module, how func(*Call) End) {
	until := now()
	t.mutex.Lock()
	defer t.mutex.Unlock()
	m := t.modules[mod]
	last := len(m.open) - 1
	call := m.open[last]
	m.open = m.open[:last]
	end := how(call)
	call.Until, call.End = &until, &end
	t.write(call)
}

// write writes a call; what is written later replaces what is there of it.
func (t *tracer) write(call *Call) {
	if err := t.file.Encode(call); err != nil {
		fmt.Fprintln(os.Stderr, "trace:", err)
		os.Exit(1)
	}
}

// now is in milliseconds since the Unix epoch.
func now() float64 {
	return float64(time.Now().UnixMicro()) / 1000
}

func args(memory api.Memory, name string, params []uint64) Args {
	told := Args{Params: make([]uint32, len(params))}
	for i, param := range params {
		// An i32 is the lower half; what is in the upper half says nothing.
		told.Params[i] = uint32(param)
	}
	switch name {
	case "fd_read", "fd_write", "fd_pread", "fd_pwrite":
		for _, iovec := range iovecs(memory, told.Params) {
			told.Buffers = append(told.Buffers, iovec.length)
		}
	case "poll_oneoff":
		told.Polled = polled(memory, told.Params)
	}
	return told
}

// countPointer is where a call puts the number of bytes it moved.
func countPointer(call *Call) (uint32, bool) {
	switch call.Name {
	case "fd_read", "fd_write":
		return call.Args.Params[3], true
	case "fd_pread", "fd_pwrite":
		return call.Args.Params[4], true
	}
	return 0, false
}

type iovec struct{ address, length uint32 }

func iovecs(memory api.Memory, params []uint32) []iovec {
	at, count := params[1], min(params[2], toldBuffers)
	var found []iovec
	for i := range count {
		address, ok := memory.ReadUint32Le(at + i*iovecSize)
		if !ok {
			return nil
		}
		length, ok := memory.ReadUint32Le(at + i*iovecSize + 4)
		if !ok {
			return nil
		}
		found = append(found, iovec{address, length})
	}
	return found
}

// data is the first bytes that a call moved.
func data(memory api.Memory, params []uint32, moved uint32) []int {
	var bytes []int
	wanted := min(moved, toldBytes)
	for _, iovec := range iovecs(memory, params) {
		count := min(iovec.length, wanted-uint32(len(bytes)))
		part, ok := memory.Read(iovec.address, count)
		if !ok {
			break
		}
		for _, b := range part {
			bytes = append(bytes, int(b))
		}
	}
	return bytes
}

// polled describes what poll_oneoff waits for.
func polled(memory api.Memory, params []uint32) []string {
	at, count := params[0], min(params[2], toldSubscriptions)
	var found []string
	for i := range count {
		base := at + i*subscriptionSize
		kind, ok := memory.ReadByte(base + 8)
		if !ok {
			return nil
		}
		fd, _ := memory.ReadUint32Le(base + 16)
		switch kind {
		case 0:
			timeout, _ := memory.ReadUint64Le(base + 24)
			flags, _ := memory.ReadUint16Le(base + 40)
			if flags&1 != 0 {
				found = append(found, "until a time")
				continue
			}
			ms := float64(timeout/1e5) / 10
			found = append(found, fmt.Sprintf("%v ms", ms))
		case 1:
			found = append(found, fmt.Sprintf("read fd %d", fd))
		case 2:
			found = append(found, fmt.Sprintf("write fd %d", fd))
		default:
			found = append(found, fmt.Sprintf("unknown %d", kind))
		}
	}
	return found
}
