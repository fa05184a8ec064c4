/**
 * What readers say for one thing, by the thing's key. src/search/symptoms.ts says where each leads. A phrase of several words is
 * found in their order. Endings do not matter: "hang" is also said of "hangs".
 */

/** What the search tells of a concept that it has taken words for, and the words and phrases themselves. */
const concept = (name: string, phrases: string): { readonly name: string; readonly phrases: string } => ({
  name,
  phrases,
});

export const words = {
  hang: concept(
    'a hang',
    'hang, hung, stuck, freeze, froze, frozen, stall, block, unresponsive, not return, not finish, not end, not terminate, not exit, not respond, not come back, not complete, lock up, locked up, hold up, wait, idle, sit there, sits',
  ),
  busy: concept('a busy core', 'cpu, busy, spin, hot loop, full load, load average, top'),
  endless: concept(
    'a loop without end',
    'infinite loop, endless loop, endless, infinite, without end, again and again, over and over, forever, for ever, endlessly, nonstop',
  ),
  runaway: concept(
    'a plugin that computes',
    'runaway, infinite loop, while true, endless loop, busy loop, loop, compute, cpu bound',
  ),
  read: concept(
    'a read',
    'read, stdin, input, scan, scanln, scanf, readline, getline, getchar, fgets, read_line, reading from stdin',
  ),
  stdinOption: concept('the stdin of a plugin', 'WithStdin, stdin, ModuleConfig'),
  readAll: concept('reading to the end', 'io.ReadAll, ReadAll, read_to_end, read_to_string, io.Copy'),
  hostSide: concept('the host', 'host, InstantiateWithConfig, instantiate'),
  ended: concept('a plugin that has ended', 'exit, exited, quit, finished, terminated, end, ended, done'),
  afterwards: concept('afterwards', 'after, afterwards, once, when, until, only after, only when, at the end'),
  once: concept(
    'a second run',
    'second run, second time, second call, second request, second invocation, works once, once, once only, first time, twice, run again, call again, second instance, next run, only the first, first run, first call, first request',
  ),
  reuse: concept(
    'one plugin for many requests',
    'reuse, per request, each request, many requests, every request, pool, cached module',
  ),
  together: concept(
    'at the same time',
    'concurrent, concurrently, concurrency, parallel, simultaneous, at the same time, at once, race',
  ),
  many: concept('many runs', 'request, requests, handler, http server, web server, instances, clients, many'),
  large: concept(
    'much at once',
    'large, big, huge, long, 64kb, 64k, 64 kb, 64 kib, 64kib, 65536, megabyte, 1mb, 10mb, mb, gigabyte, size, lots of data, bigger, kilobyte',
  ),
  message: concept('a message', 'message, line, payload, request, body, json, frame, packet'),
  protocol: concept(
    'a protocol over stdio',
    'lsp, language server, jsonrpc, json rpc, mcp, content-length, model context protocol, content length, header, stdio protocol, ' +
      'protocol, rpc, dap, debug adapter, over stdio, stdio server, stdio transport',
  ),
  log: concept(
    'a stray print',
    'log, logging, log.Println, fmt.Println, println!, console.log, debug print, print, eprintln',
  ),
  repl: concept('an interpreter', 'repl, interpreter, interactive, python, quickjs, lua, shell, console'),
  prompt: concept('a prompt', 'prompt, ps1, >>>, readline, cursor'),
  newline: concept('a newline', 'enter, newline, return key, new line, line feed'),
  carriageReturn: concept('a carriage return', 'crlf, cr lf, carriage return, line ending, ^m, dos2unix'),
  compare: concept('a comparison', 'compare, comparison, equal, match, mismatch, trim, string compare'),
  windows: concept('Windows', 'windows, win32, win64, win10, win11, powershell, cmd.exe'),
  mac: concept('macOS', 'mac, macos, osx, os x, darwin, macbook, apple'),
  absent: concept(
    'nothing',
    'no, not, nothing, none, missing, lost, disappear, vanish, empty, without, invisible, blank',
  ),
  output: concept('output', 'output, print, stdout, show, write, printf, println, fmt.Println, appear, display'),
  cut: concept(
    'cut short',
    'truncated, truncate, cut, cut off, incomplete, partial, half, lost, missing the end, last line',
  ),
  timeout: concept(
    'a timeout',
    'timeout, time out, time limit, deadline, context, cancel, cancellation, ctx, context.WithTimeout, WithTimeout, WithDeadline',
  ),
  ineffective: concept(
    'without effect',
    'nothing, no effect, without effect, ignored, ignore, not work, not stop, not kill, not respect, not honor, not honour, not interrupt, not cancel, useless, swallowed',
  ),
  interrupt: concept('Ctrl-C', 'ctrl-c, ctrl+c, ctrl c, ^c, control-c, sigint, keyboard interrupt, sigterm'),
  endOfFile: concept(
    'the end of the input',
    'ctrl-d, ctrl+d, ctrl d, ^d, eot, 0x04, \\x04, end of file, eof character',
  ),
  eof: concept('EOF', 'eof, io.EOF, end of file, end of input'),
  early: concept(
    'too early',
    'immediately, immediate, at once, instantly, straight away, right away, early, too soon, premature, prematurely',
  ),
  elsewhere: concept(
    'another machine',
    'docker, container, podman, k8s, ci, github actions, production, prod, server, linux, alpine, image, pipeline, in tests',
  ),
  locally: concept('one machine', 'go run, locally, local, laptop, my machine, on my mac, go build, go test'),
  silent: concept(
    'without a word',
    'silent, silently, without message, no message, no error, without error, without a word',
  ),
  leak: concept('what is left behind', 'leak, leaks, leaked, grows, pile up, memory grows, left behind, orphan'),
  goroutine: concept('goroutines', 'goroutine, background, thread, async'),
  timer: concept('timers', 'timer, ticker, time.After, tick, time.Sleep, sleep, setTimeout'),
  standStill: concept(
    'standing still',
    'not fire, not run, not tick, stand still, paused, stop, stopped, frozen, suspended, starve',
  ),
  betweenCalls: concept(
    'between two calls',
    'between calls, between two calls, after call, after the call returns, exported function, reactor',
  ),
  answer: concept('an answer', 'response, answer, reply, output, result'),
  closing: concept('closing stdin', 'close, closing, closed, close stdin, eof'),
  late: concept(
    'late',
    'only after, only when, late, delayed, not until, arrives after, only arrives, comes only, only comes',
  ),
  flush: concept('a flush', 'flush, flushed, unflushed, fflush, setvbuf, buffered, buffering, line buffered'),
  inC: concept('C', 'c, printf, fflush, setvbuf, puts, putchar, clang, getline, scanf'),
  inRust: concept('Rust', 'rust, println!, print!, io::stdout, stdout().flush, io::stdout().flush, bufwriter'),
  terminal: concept('a terminal', 'terminal, tty, console, shell, bash, zsh, iterm, xterm'),
  broken: concept(
    'broken',
    'broken, messed up, messed, weird, corrupted, corrupt, destroyed, strange, unusable, mess, polluted, mixed, mixed up, interleaved, garbage, break',
  ),
  poll: concept('a poll', 'poll, select, epoll, ready, readiness, poll_oneoff, pollfd'),
  ready: concept('ready', 'ready, readable, readiness'),
  character: concept(
    'a character in pieces',
    'umlaut, emoji, unicode, mojibake, garbled, multibyte, accent, half character, half a character, replacement character',
  ),
  write: concept('a late write', 'write later, late write, written later, later write, writes later'),
  stop: concept('ending a plugin', 'kill, abort, terminate, interrupt, stop, cancel'),
  length: concept('a length in front', 'length prefix, length prefixed, prefix, io.ReadFull, binary protocol, framing'),
  hostName: concept('another host', 'wasmer, wasmedge, extism, wasm3, browser, deno, bun'),
  readyMade: concept('node:wasi', 'process.stdin, node.js, nodejs, node'),
  forever: concept('for ever', 'forever, for ever, endlessly, nonstop, indefinitely'),
  deadlock: concept('a deadlock', 'deadlock, deadlocked, dead lock'),
} as const;
