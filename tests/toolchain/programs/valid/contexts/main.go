// Contexts: values, deadlines, causes, and what runs after one is done.
package main

import (
	"context"
	"errors"
	"fmt"
	"log"
	"os"
	"time"
)

type key struct{}

var errBored = errors.New("bored")

func main() {
	ctx := context.WithValue(context.Background(), key{}, "value")
	ctx, cancel := context.WithCancelCause(ctx)
	ran := make(chan string, 1)
	stop := context.AfterFunc(ctx, func() { ran <- "after" })
	cancel(errBored)
	fmt.Println(<-ran, stop(), ctx.Err(), context.Cause(ctx), ctx.Value(key{}))

	ctx, done := context.WithTimeout(context.Background(), 5*time.Millisecond)
	defer done()
	select {
	case <-ctx.Done():
		fmt.Println(ctx.Err(), errors.Is(ctx.Err(), os.ErrDeadlineExceeded))
	case <-time.After(10 * time.Second):
		fmt.Println("never")
	}
	fmt.Println(context.WithoutCancel(ctx).Err())
	logger := log.New(os.Stdout, "host: ", log.Lmsgprefix)
	logger.Printf("done %d", 1)
	log.SetFlags(0)
	log.Fatalln("fatal, so exit status 1")
}
