/**
 * What wazero, Go, plugins and shells print, and the section that explains it: the entries of Troubleshooting, mostly. A pattern
 * leaves out what differs from run to run. tests/search.spec.ts looks whether each section is there.
 */

/** A message, and where it is explained. */
export interface Message {
  readonly pattern: RegExp;
  /** Below the site. */
  readonly address: string;
}

const entry = (anchor: string): string => `troubleshooting/#${anchor}`;

/**
 * The first that fits comes first, so what says more stands before what says less. A text in one line is matched, with one space
 * for any white space.
 */
export const messages: readonly Message[] = [
  // Go's own, on the host's side or the plugin's.
  { pattern: /all goroutines are asleep/iu, address: entry('fatal-error-all-goroutines-are-asleep---deadlock') },
  { pattern: /poll_oneoff failed|len\(pollsubs\)/iu, address: entry('fatal-error-poll_oneoff-failed') },
  {
    pattern: /wasmexport function called/iu,
    address: entry('wasmexport-function-called-before-runtime-initialization'),
  },
  { pattern: /assignment to entry in nil map/iu, address: entry('panic-assignment-to-entry-in-nil-map') },
  { pattern: /WARNING: DATA RACE|\bdata race\b/iu, address: entry('warning-data-race') },
  { pattern: /\bSIGQUIT\b|\bsigcode=/u, address: entry('when-go-reports-a-deadlock') },

  // wazero's.
  { pattern: /runtime closed with exit_code/iu, address: entry('runtime-closed-with-exit_code0') },
  {
    pattern: /module\[wasi_\w+\] has already been/iu,
    address: entry('modulewasi_snapshot_preview1-has-already-been-instantiated'),
  },
  { pattern: /already been instantiated/iu, address: entry('modulepluginwasm-has-already-been-instantiated') },
  {
    pattern: /module\[wasi_\w+\] not instantiated/iu,
    address: entry('modulewasi_snapshot_preview1-not-instantiated'),
  },
  { pattern: /module\[.*?\] not instantiated/iu, address: entry('moduleenv-not-instantiated') },
  {
    pattern: /context deadline exceeded|DeadlineExceeded/u,
    address: entry('module-closed-with-context-deadline-exceeded'),
  },
  { pattern: /context cancell?ed/iu, address: entry('module-closed-with-context-canceled') },
  { pattern: /exit_code\(0\)/iu, address: entry('module-closed-with-exit_code0') },
  { pattern: /exit_code\(\w+\)/iu, address: entry('module-closed-with-exit_code3') },
  { pattern: /\b(?:0x[ef]f{7}|4026531839|4294967295)\b/iu, address: entry('module-closed-with-exit_code3') },
  {
    pattern: /nil pointer dereference/iu,
    address: entry('invalid-memory-address-or-nil-pointer-dereference-recovered-by-wazero'),
  },

  // Of streams.
  { pattern: /failed printing to stdout/iu, address: entry('failed-printing-to-stdout-io-error-os-error-29') },
  { pattern: /did not contain valid UTF-8/iu, address: entry('stream-did-not-contain-valid-utf-8') },
  { pattern: /read \/dev\/stdin: (?:I\/O|input\/output) error/iu, address: entry('read-devstdin-io-error') },
  { pattern: /write \/dev\/std\w+: (?:I\/O|input\/output) error/iu, address: entry('write-devstdout-io-error') },
  { pattern: /read \/dev\/stdin: try again/iu, address: entry('read-devstdin-try-again') },
  { pattern: /resource temporarily unavailable/iu, address: entry('resource-temporarily-unavailable') },
  { pattern: /\bon closed pipe\b/iu, address: entry('io-readwrite-on-closed-pipe') },
  { pattern: /\btoken too long\b/iu, address: entry('bufioscanner-token-too-long') },
  {
    pattern: /looking for beginning of value|unexpected token .* (?:in|is not valid) JSON/iu,
    address: entry('invalid-character-i-looking-for-beginning-of-value'),
  },
  { pattern: /\b(?:unexpected |ErrUnexpected)EOF\b/iu, address: entry('unexpected-eof') },
  { pattern: /file already closed/iu, address: entry('stat-0-file-already-closed') },
  { pattern: /\b(?:status|error|code|returned) 141\b/iu, address: entry('the-host-is-gone-with-status-141') },
  { pattern: /\bbroken pipe\b/iu, address: entry('signal-broken-pipe') },
  { pattern: /\bnot? support deadline/iu, address: 'system-streams/#a-terminal-has-no-timeout' },
  { pattern: /^(?:\S+: )*invalid argument$/iu, address: entry('invalid-argument') },
  // The same line, again and again.
  { pattern: /(?:\berr\b.{0,8}\bEOF\b.*){3}/iu, address: 'the-symptom/#eof-again-and-again' },
  { pattern: /\bheader must\b.*\bcontent-length\b/iu, address: 'messages-over-bytes/#a-print-in-the-protocol' },
  // Goroutines that wait, without a message of Go's before them.
  {
    pattern: /\bgoroutine \d+ \[(?:chan (?:receive|send)|select|semacquire|IO wait|sync\.[^\]]*)/u,
    address: entry('nothing-moves-and-no-core-is-busy'),
  },
  { pattern: /\bunreachable\b/iu, address: entry('wasm-error-unreachable') },

  // Errors by their numbers in WASI, and by their names.
  {
    pattern: /\b(?:errno|os error)\b\W{0,3}8\b|\bbad file (?:descriptor|number)\b|\bEBADF\b/iu,
    address: 'reference/errors/#what-a-read-comes-to',
  },
  {
    pattern: /\b(?:errno|os error)\b\W{0,3}29\b|\bEIO\b/u,
    address: 'reference/errors/#what-a-read-comes-to',
  },
  { pattern: /\bE(?:AGAIN|WOULDBLOCK)\b/u, address: entry('resource-temporarily-unavailable') },

  // Pieces of code that are a symptom.
  { pattern: /\\r\\n|\\r\b/u, address: 'what-a-read-can-say/#a-carriage-return' },
  { pattern: /%w\b.*\bEOF\b|\bEOF\b.*%w/u, address: 'what-a-read-can-say/#a-wrapped-eof-is-an-error' },
  { pattern: /\b0, ?nil\b/u, address: 'what-a-read-can-say/#nothing-is-eof' },
  { pattern: /struct ?\{ ?io\.(?:Read|Writ)er ?\}/u, address: 'system-streams/#it-changes-your-descriptor' },
];
