// Goroutines, channels, select, a wait group, once, and atomics.
package main

import (
	"fmt"
	"sync"
	"sync/atomic"
	"time"
)

func main() {
	jobs, results := make(chan int), make(chan int, 3)
	var group sync.WaitGroup
	var done atomic.Int64
	for range 3 {
		group.Go(func() {
			for job := range jobs {
				results <- job * job
				done.Add(1)
			}
		})
	}
	go func() {
		for i := range 10 {
			jobs <- i
		}
		close(jobs)
		group.Wait()
		close(results)
	}()
	total := 0
	for r := range results {
		total += r
	}
	fmt.Println(total, done.Load())

	timeout := time.After(20 * time.Millisecond)
	tick := time.NewTicker(time.Millisecond)
	defer tick.Stop()
	ticks := 0
	for running := true; running; {
		select {
		case <-tick.C:
			ticks++
		case <-timeout:
			running = false
		}
	}
	fmt.Println("ticked", ticks > 0)

	var once sync.Once
	for range 2 {
		once.Do(func() { fmt.Println("once") })
	}
	value := sync.OnceValue(func() int { fmt.Println("computed"); return 42 })
	fmt.Println(value(), value())
	select {
	case v, open := <-results:
		fmt.Println(v, open)
	default:
		fmt.Println("never")
	}
}
