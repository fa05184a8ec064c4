// The host sends messages that say how long they are.
package main

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/tetratelabs/wazero"
	wasi "github.com/tetratelabs/wazero/imports/wasi_snapshot_preview1"
	"github.com/tetratelabs/wazero/sys"
)

// #region frame
// A message is its length, in four bytes, and then its bytes.
func send(w io.Writer, message string) error {
	frame := binary.LittleEndian.AppendUint32(nil, uint32(len(message)))
	_, err := w.Write(append(frame, message...))
	return err
}

func receive(r io.Reader) (string, error) {
	var size [4]byte
	if _, err := io.ReadFull(r, size[:]); err != nil {
		return "", err // io.EOF if it ended between two messages
	}
	length := binary.LittleEndian.Uint32(size[:])
	if length > 1<<20 {
		return "", fmt.Errorf("expected at most 1 MiB, found %d", length)
	}
	message := make([]byte, length)
	_, err := io.ReadFull(r, message)
	return string(message), err
}

// #endregion frame

func main() {
	err := run(context.Background(), os.Args[1:])
	var exit *sys.ExitError
	if errors.As(err, &exit) {
		os.Exit(int(exit.ExitCode()))
	}
	if err != nil {
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
	r := wazero.NewRuntime(ctx)
	defer r.Close(ctx)
	wasi.MustInstantiate(ctx, r)

	stdin, requests := io.Pipe()
	answers, stdout := io.Pipe()
	config := wazero.NewModuleConfig().
		WithArgs(args...).
		WithStdin(stdin).
		WithStdout(stdout).
		WithStderr(struct{ io.Writer }{os.Stderr})
	done := make(chan error, 1)
	go func() {
		_, err := r.InstantiateWithConfig(ctx, plugin, config)
		stdin.Close()
		stdout.Close()
		done <- err
	}()

	// #region key
	for _, message := range []string{"Ada", "two\nlines", ""} {
		if err := send(requests, message); err != nil {
			return err
		}
		answer, err := receive(answers)
		if err != nil {
			return err
		}
		fmt.Printf("%q: %q\n", message, answer)
	}
	requests.Close()
	_, err = receive(answers)
	fmt.Println("After the last message:", err)
	// #endregion key
	return <-done
}
