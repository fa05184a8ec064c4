/**
 * Names of Go, C and WASI that many sections use, and the one that is about each. tests/search.spec.ts looks whether each section
 * is there.
 */

/** Sections, with the names that they are about. */
export const names: readonly (readonly [address: string, ...names: readonly string[]])[] = [
  ['pipes-wait/', 'io.Pipe', 'io.PipeReader', 'io.PipeWriter', 'PipeReader', 'PipeWriter'],
  ['one-plugin-one-thread/#the-same-plugin-on-an-ospipe', 'os.Pipe'],
  ['buffers-end/#what-a-bytesbuffer-promises', 'bytes.Buffer', 'bytes.NewBuffer', 'bytes.NewBufferString'],
  [
    'reference/which-stream/#do-you-know-all-of-the-input-before-the-plugin-starts',
    'strings.Reader',
    'strings.NewReader',
    'bytes.Reader',
    'bytes.NewReader',
  ],
  ['reference/which-stream/#stdin-what-to-give-withstdin', 'WithStdin', 'ModuleConfig.WithStdin'],
  ['reference/which-stream/#stdout-what-to-give-withstdout', 'WithStdout', 'ModuleConfig.WithStdout'],
  ['system-streams/#the-shortest-way-to-a-plugin-that-waits', 'os.Stdin'],
  [
    'never-wait-for-ever/#close-the-pipes-when-the-time-is-up',
    'context.AfterFunc',
    'AfterFunc',
    'context.WithTimeout',
    'context.WithDeadline',
    'CloseWithError',
  ],
  [
    'troubleshooting/#when-go-reports-a-deadlock',
    'CGO_ENABLED',
    'CGO_ENABLED=0',
    'CGO_ENABLED=1',
    'cgo',
    'runtime/cgo',
  ],
  ['system-streams/#it-changes-your-descriptor', 'O_NONBLOCK', 'syscall.SetNonblock'],
  ['what-a-read-can-say/', 'EOF', 'io.EOF'],
  ['when-stdout-is-a-file/#a-reader-that-has-gone', 'SIGPIPE', 'syscall.SIGPIPE', 'EPIPE'],
  ['system-streams/#ctrl-c-does-nothing', 'signal.NotifyContext', 'signal.Notify', 'os.Interrupt', 'os/signal'],
  ['reactors/#start-it-without-main', 'c-shared', '-buildmode=c-shared', 'go:wasmexport', 'wasmexport', '_initialize'],
  ['never-wait-for-ever/#when-the-stream-is-a-file', 'SetReadDeadline', 'SetDeadline', 'os.ErrDeadlineExceeded'],
];
