package main

import (
	"context"
	"encoding/binary"
	"fmt"
	"os"
	"strconv"

	"github.com/tetratelabs/wazero"
	"github.com/tetratelabs/wazero/api"
)

// trace is the page's end of the trace: the functions that the page's build of
// wazero calls around each call of a host function (internal/overlay). It
// writes a line per event.
type trace struct {
	file  *os.File // nil: nobody wants to know
	calls map[uint32]call
}

// call is a call that has not ended.
type call struct {
	name   string
	params []uint64
}

func newTrace(file string) (*trace, error) {
	t := &trace{calls: map[uint32]call{}}
	if file == "" {
		return t, nil
	}
	var err error
	t.file, err = os.Create(file)
	return t, err
}

func (t *trace) Close() error {
	if t.file == nil {
		return nil
	}
	return t.file.Close()
}

func (t *trace) printf(format string, args ...any) {
	if t.file != nil {
		fmt.Fprintf(t.file, format, args...)
	}
}

func (t *trace) export(ctx context.Context, r wazero.Runtime) error {
	_, err := r.NewHostModuleBuilder("block_or_eof").
		NewFunctionBuilder().WithFunc(t.enter).Export("enter").
		NewFunctionBuilder().WithFunc(t.leave).Export("leave").
		NewFunctionBuilder().WithFunc(t.abort).Export("abort").
		NewFunctionBuilder().WithFunc(t.plan).Export("plan").
		NewFunctionBuilder().WithFunc(t.prepared).Export("prepared").
		Instantiate(ctx)
	return err
}

// plan asks for everything that a page can ask for.
func (t *trace) plan() uint32 {
	plan, err := strconv.ParseUint(os.Getenv("PAGEHOST_PLAN"), 10, 32)
	if err != nil {
		plan = 1
	}
	t.printf("plan %d\n", plan)
	return uint32(plan)
}

func (t *trace) prepared() { t.printf("prepared\n") }

func (t *trace) enter(
	_ context.Context, host api.Module, id, name, nameLen, params, paramsLen,
	_, memoryLen, module uint32,
) {
	bytes, ok := host.Memory().Read(name, nameLen)
	if !ok {
		panic("the name is not in the host's memory")
	}
	c := call{string(bytes), values(host, params, paramsLen)}
	t.calls[id] = c
	if t.file == nil || c.name != "fd_read" && c.name != "fd_write" {
		return
	}
	if memoryLen == 0 {
		panic("expected the plugin's memory, found none")
	}
	t.printf("#%d %s(%d)\n", module, c.name, c.params[0])
}

func (t *trace) leave(
	_ context.Context, host api.Module,
	id, results, resultsLen, memory, memoryLen uint32,
) {
	c := t.end(id)
	if t.file == nil || c.name != "fd_read" && c.name != "fd_write" {
		return
	}
	errno := values(host, results, resultsLen)[0]
	// fd_read(fd, iovs, iovs_len, nread) and fd_write(…, nwritten)
	at := uint32(c.params[3])
	if at+4 > memoryLen {
		panic("the plugin's memory is smaller than its pointers")
	}
	count, ok := host.Memory().ReadUint32Le(memory + at)
	if !ok {
		panic("the plugin's memory is not in the host's memory")
	}
	t.printf("   %s(%d) = errno %d, %d bytes\n",
		c.name, c.params[0], errno, count)
}

func (t *trace) abort(id, exitCode, isExit uint32) {
	c := t.end(id)
	t.printf("   %s aborted, exit %d, code %d\n", c.name, isExit, exitCode)
}

func (t *trace) end(id uint32) call {
	c, found := t.calls[id]
	if !found {
		panic(fmt.Sprintf("call %d ended, but it was not open", id))
	}
	delete(t.calls, id)
	return c
}

// values reads numbers out of the host's memory.
func values(host api.Module, at, count uint32) []uint64 {
	bytes, ok := host.Memory().Read(at, count*8)
	if !ok {
		panic("the numbers are not in the host's memory")
	}
	all := make([]uint64, count)
	for i := range all {
		all[i] = binary.LittleEndian.Uint64(bytes[i*8:])
	}
	return all
}
