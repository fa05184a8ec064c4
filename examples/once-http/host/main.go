// The host is an HTTP server that runs its plugin once for each request, and
// a few clients of that server.
package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"time"

	"github.com/tetratelabs/wazero"
	wasi "github.com/tetratelabs/wazero/imports/wasi_snapshot_preview1"
)

// #region key
// A handler runs its plugin once for each request.
type handler struct {
	runtime  wazero.Runtime
	compiled wazero.CompiledModule
	limit    time.Duration
	log      func(...any)
}

func (h handler) ServeHTTP(w http.ResponseWriter, request *http.Request) {
	// The whole body, or net/http does not notice that the client has left.
	body, err := io.ReadAll(http.MaxBytesReader(w, request.Body, 4096))
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	ctx, cancel := context.WithTimeout(request.Context(), h.limit)
	defer cancel()

	var stdout, stderr bytes.Buffer
	config := wazero.NewModuleConfig().
		WithName(""). // several at a time
		WithArgs("plugin.wasm").
		WithStdin(bytes.NewReader(body)).
		WithStdout(&stdout).
		WithStderr(&stderr)
	h.log("begins")
	module, err := h.runtime.InstantiateModule(ctx, h.compiled, config)
	if module != nil {
		defer module.Close(context.WithoutCancel(ctx)) // lets its memory go
	}
	switch {
	case request.Context().Err() != nil:
		h.log("the client has left, and the plugin has ended:", err)
	case ctx.Err() != nil:
		h.log("the time is up, and the plugin has ended:", err)
		http.Error(w, "too slow", http.StatusGatewayTimeout)
	case err != nil:
		h.log(err, stderr.String())
		http.Error(w, "the plugin failed", http.StatusInternalServerError)
	default:
		h.log("answers")
		w.Write(stdout.Bytes())
	}
}

// #endregion key

func main() {
	if err := run(context.Background(), os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(ctx context.Context, args []string) error {
	if len(args) == 0 {
		return errors.New("usage: host plugin.wasm")
	}
	plugin, err := os.ReadFile(args[0])
	if err != nil {
		return err
	}
	// #region once
	r := wazero.NewRuntimeWithConfig(ctx,
		wazero.NewRuntimeConfig().WithCloseOnContextDone(true))
	defer r.Close(ctx)
	wasi.MustInstantiate(ctx, r)
	compiled, err := r.CompileModule(ctx, plugin)
	if err != nil {
		return err
	}
	// #endregion once

	events := make(chan string)
	serve := func(limit time.Duration) http.Handler {
		return handler{r, compiled, limit, func(what ...any) {
			events <- fmt.Sprintln(what...)
		}}
	}
	mux := http.NewServeMux()
	mux.Handle("/", serve(time.Minute))
	mux.Handle("/soon", serve(time.Second))
	server := httptest.NewServer(mux)
	defer server.Close()

	// ask sends a request. Its answer is the last of the events.
	ask := func(ctx context.Context, path, line string) {
		request, err := http.NewRequestWithContext(ctx, http.MethodPost,
			server.URL+path, strings.NewReader(line+"\n"))
		if err != nil {
			events <- fmt.Sprintln(err)
			return
		}
		response, err := http.DefaultClient.Do(request)
		if err != nil {
			return // this client has left
		}
		defer response.Body.Close()
		body, err := io.ReadAll(response.Body)
		if err != nil {
			events <- fmt.Sprintln(err)
			return
		}
		events <- response.Status + ": " + string(body)
	}
	// show prints what happens, as often as it is to happen.
	show := func(who string, times int) {
		for range times {
			fmt.Print(who, ": ", <-events)
		}
	}

	leaving, leave := context.WithCancel(ctx)
	defer leave()
	go ask(leaving, "/", "for ever")
	show("first request", 1)
	go ask(ctx, "/", "Ada")
	show("second request", 3)
	leave()
	show("first request", 1)
	go ask(ctx, "/soon", "for ever")
	show("third request", 3)
	return nil
}
