/**
 * What the engine's errors say: what was expected, what was found, and the way out. The keys of `problems` are the codes of
 * `src/protocol/problems.ts`. A `detail` is in a browser's own words.
 */

interface Detail {
  readonly detail: string;
}
interface Imports {
  readonly imports: readonly string[];
}
interface Exports {
  readonly exports: readonly string[];
}
interface OptionFound {
  readonly option: string;
  readonly expected: keyof typeof KINDS;
  readonly found: string;
}
interface Status {
  readonly status: number;
}

const NO_WASM = 'expected a WebAssembly module, which begins with 00 61 73 6d, found';
const LOOK_AT_ADDRESS = 'look at what its address answers: a file that is missing is often answered with a page';

/** What an option has to be, and how to make it that. */
const KINDS = {
  list: ['an array of texts', 'write it like ["plugin.wasm", "-v"]'],
  text: ['a text', 'make it one with String()'],
  record: ['an object of names and values', 'make a Map one with Object.fromEntries()'],
  bytes: ['a Uint8Array', 'make text one with new TextEncoder().encode(), an ArrayBuffer with new Uint8Array()'],
  'text-or-bytes': ['a text or a Uint8Array', 'make an ArrayBuffer one with new Uint8Array()'],
  function: ['a function', 'hand one over, or leave it out'],
  channel: ['a channel', 'hand over a StdinPipe, a MessageStdinChannel or a SharedMemoryChannel'],
  signal: ['an AbortSignal', 'hand over the "signal" of an AbortController'],
} as const;

const missing = ({ imports }: Imports, wayOut: string): string =>
  `expected a plugin that imports functions of "wasi_snapshot_preview1" only, found ${imports.join(', ')}; ${wayOut}`;
const serverAnswered = ({ status }: Status): string =>
  `expected an answer of the service worker, found status ${String(status)} of the server`;
const relayGone = (detail: string): string =>
  `The service worker that brings stdin to the host does not answer (${detail}). ` +
  'The browser may have removed it together with the data of this site: press Run again.';

export const words = {
  /** A run that was ended by its page while its program waited. */
  stopped: 'The run was stopped.',
  problems: {
    'no-bytes': (): string => `${NO_WASM} no bytes; ${LOOK_AT_ADDRESS}`,
    'not-wasm': ({ hex, text }: { readonly hex: string; readonly text: string }): string =>
      `${NO_WASM} ${hex} (${JSON.stringify(text)}); ${LOOK_AT_ADDRESS}`,
    component: (): string =>
      'expected a core module of WebAssembly (version 01 00 00 00), found a component; build the plugin for wasm32-wasip1',
    'no-compile': ({ length, detail }: Detail & { readonly length: number }): string =>
      `expected a whole and valid WebAssembly module, found ${String(length)} bytes that do not compile: ${detail}; ` +
      'compare the length with that of the file: it may have been cut short',
    imports: (given: Imports): string =>
      missing(given, 'build it for wasm32-wasip1, or hand over what is missing as "imports"'),
    'imports-of-js': (given: Imports): string =>
      missing(given, 'it was built with GOOS=js: build it with GOOS=wasip1 GOARCH=wasm'),
    'imports-of-older-wasi': (given: Imports): string =>
      missing(given, 'it was built for an older WASI: build it for wasm32-wasip1'),
    'imports-of-newer-wasi': (given: Imports): string =>
      missing(given, 'it was built for a newer WASI: build it for wasm32-wasip1'),
    'imports-of-bindgen': (given: Imports): string =>
      missing(given, 'it was built with wasm-bindgen: build it for wasm32-wasip1'),
    'import-types': ({ detail }: Detail): string =>
      `expected imports with the types of WASI preview1, found others: ${detail}; build the plugin for wasm32-wasip1`,
    reactor: (): string =>
      'expected a command, which exports "_start", found a reactor, which exports "_initialize"; ' +
      'build it with a main function, without -mexec-model=reactor or -buildmode=c-shared',
    'no-command': ({ exports }: Exports): string =>
      'expected a command that exports the function "_start" and the memory "memory", found the exports ' +
      `${exports.length === 0 ? '(none)' : exports.map((name) => `"${name}"`).join(', ')}; ` +
      'build it as a program with a main function, for wasm32-wasip1',
    'no-jspi': (): string =>
      'expected WebAssembly.Suspending (JavaScript Promise Integration) for a channel that waits by promise, found none; ' +
      'use Chromium 137, Firefox 153 or Node 24, or run the plugin in a worker with a SharedMemoryChannel',
    trap: ({ detail }: Detail): string =>
      `expected the plugin to exit, found a trap: ${detail}; what the plugin wrote to stderr may say why, and its stack is in "cause"`,
    stack: ({ detail }: Detail): string =>
      `expected the plugin to exit, found its stack used up (${detail}); look for recursion without end`,
    'callback-promise': (): string =>
      'expected the output callback to return nothing, found a promise: this thread blocks while the plugin waits, so no ' +
      'promise settles; take the bytes at once, or give the plugin a channel that waits by promise (StdinPipe)',
    'callback-failed': (): string => 'expected the output callback to take the bytes, found that it had failed',
    'channel-promise': (): string =>
      'expected a channel that blocks, found one that waits by promise; its waitsByPromise must be true',
    'channel-in-use': (): string =>
      'expected a channel that no other plugin reads from, found one that a run is reading from; ' +
      'give each run a channel of its own, or await the first run',
    'channel-spent': (): string =>
      'expected a channel that has not ended with its plugin, found a StdinPipe whose run is over; make a new one for each run',
    'option-kind': ({ option, expected, found }: OptionFound): string =>
      `expected ${option} to be ${KINDS[expected][0]}, found ${found}; ${KINDS[expected][1]}`,
    'stdin-kind': ({ found }: { readonly found: string }): string =>
      `expected stdin.kind to be "nothing", "bytes", "pipe" or "terminal", found ${found}; ` +
      'text is given like { kind: "bytes", bytes: new TextEncoder().encode(text) }',
    argument: ({ argument }: { readonly argument: string }): string =>
      `expected an argument of whole characters without a zero byte, which would end it, found ${JSON.stringify(argument)}; ` +
      'take that out, or hand the bytes over through stdin or a file',
    'variable-name': ({ name }: { readonly name: string }): string =>
      'expected the name of an environment variable, without "=" and zero bytes, found ' +
      `${JSON.stringify(name)}; write it like { HOME: "/" }`,
    'variable-value': ({ name }: { readonly name: string }): string =>
      `expected a value of whole characters without a zero byte, which would end it, found another for ${JSON.stringify(name)}; ` +
      'take that out, or hand the bytes over through stdin or a file',
    path: ({ path }: { readonly path: string }): string =>
      `expected the path of a file in the plugin's root, found ${JSON.stringify(path)}; write it like "in.txt" or "dir/in.txt"`,
    'file-and-directory': ({ path, name }: { readonly path: string; readonly name: string }): string =>
      `expected ${JSON.stringify(name)} to be a file or a directory, found both in ${JSON.stringify(path)}; rename one`,
    'program-no-command': ({ exports }: Exports): string =>
      'expected a WASI command that exports "memory" and "_start", found the exports ' +
      `${exports.length === 0 ? '(none)' : exports.join(', ')}; build it as a command, not as a reactor`,
    'program-imports': ({ detail }: Detail): string =>
      `The host imports something that this page does not offer (${detail}). Reload the page, since the site may have been updated.`,
    'stdin-position': ({ expected, found }: { readonly expected: number; readonly found: number }): string =>
      `stdin: expected bytes from position ${String(expected)}, found ${String(found)}; press Run again`,
    'server-answered': serverAnswered,
    'relay-silent': ({ detail }: Detail): string => relayGone(detail),
    'relay-gone': (given: Status): string => relayGone(serverAnswered(given)),
    'no-suspending': (): string => 'expected WebAssembly.Suspending, found none; use another browser',
  },
};
