// Structs in structs: promoted fields and methods, shadows, and interfaces.
package main

import (
	"fmt"
	"sync"
)

type base struct{ name string }

func (b base) String() string   { return "base " + b.name }
func (b *base) rename(n string) { b.name = n }

type logger interface{ log(string) }

type lines struct{ all []string }

func (l *lines) log(line string) { l.all = append(l.all, line) }

type host struct {
	base
	logger
	sync.Mutex
	name int
}

type outer struct {
	*host
	extra string
}

func (o outer) String() string { return "outer of " + o.host.String() }

func main() {
	out := &lines{}
	h := &host{base: base{"first"}, logger: out, name: 7}
	h.rename("second")
	h.Lock()
	h.log("locked")
	h.Unlock()
	o := outer{h, "more"}
	o.log(o.extra)
	fmt.Println(h, o, o.name, o.base.name, len(out.all))
	var s fmt.Stringer = o
	if _, ok := s.(logger); ok {
		fmt.Println("an outer is a logger", out.all)
	}
}
