import { WASIProcExit } from '@bjorn3/browser_wasi_shim';
import { BlockingClock } from '../engine/wasi/blocking-clock.ts';
import { threadClocks } from '../engine/wasi/clocks.ts';
import { createCorrectedWasi } from '../engine/wasi/corrected-wasi.ts';
import { MemoryDirectoryFd } from '../engine/memory/memory-directory-fd.ts';
import { MemoryFile } from '../engine/memory/memory-file.ts';
import { makeTree, type Files } from '../engine/memory/memory-tree.ts';
import { NullFd } from '../engine/wasi/null-fd.ts';
import { OutputFd } from '../engine/wasi/output-fd.ts';

/** A tool of the Go toolchain, and its world. */
export interface Command {
  /** A command for WASI preview1. */
  readonly module: WebAssembly.Module;
  readonly args: readonly string[];
  /** In `/`, which is also the working directory. The bytes are not changed. */
  readonly files: Files;
  /** Environment variables besides those that all tools have, `NAME=value`. */
  readonly env?: readonly string[];
  /** A file in `/` that it writes. */
  readonly writes?: string;
}

/** How a tool ended. */
export interface CommandResult {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
  /** What it wrote; undefined if there is no such file. */
  readonly written: Uint8Array<ArrayBuffer> | undefined;
}

/**
 * A tool ends soon, and its memory with it: to collect garbage meanwhile costs the linker a third of its time and saves nothing
 * (140 MB either way), so it is only done where a large program would come near the limit (Go's package runtime, GOGC and
 * GOMEMLIMIT).
 */
const MEMORY = ['GOGC=off', 'GOMEMLIMIT=256MiB'];

const ENV = ['GOOS=wasip1', 'GOARCH=wasm', 'GOROOT=/goroot', 'PWD=/', 'TMPDIR=/', ...MEMORY];

/** A file descriptor that keeps what is written to it. */
function keep(): { readonly fd: OutputFd; readonly text: () => string } {
  const decoder = new TextDecoder();
  let text = '';
  const sink = {
    isFull: false,
    write: (bytes: Uint8Array): void => {
      text += decoder.decode(bytes, { stream: true });
    },
  };
  const fd = new OutputFd(sink, { kind: 'pipe', flags: 'blocking for good' });
  return { fd, text: () => text + decoder.decode() };
}

/**
 * Runs a tool to its end, in a fresh instance: nothing survives but the module's machine code, and its memory can be collected.
 * The thread is blocked until then.
 *
 * @throws `WebAssembly.RuntimeError` if it traps, `RangeError` if there is no memory or stack for it
 */
export function runCommand(command: Command): CommandResult {
  const stdout = keep();
  const stderr = keep();
  const root = makeTree(command.files, threadClocks.realtime);
  const wasi = createCorrectedWasi({
    args: command.args,
    env: [...ENV, ...(command.env ?? [])],
    fds: [new NullFd(), stdout.fd, stderr.fd, new MemoryDirectoryFd(root, {}, '/')],
    channel: new BlockingClock(),
    beforeWait: () => undefined,
  });
  const instance = new WebAssembly.Instance(command.module, {
    wasi_snapshot_preview1: wasi.wasiImport,
  });
  const exports = instance.exports as { readonly memory: WebAssembly.Memory; readonly _start: () => void };
  wasi.inst = { exports };

  let status = 0;
  try {
    exports._start();
  } catch (error) {
    if (!(error instanceof WASIProcExit)) throw error;
    status = error.code;
  }
  const node = command.writes === undefined ? undefined : root.get(command.writes);
  return {
    status,
    stdout: stdout.text(),
    stderr: stderr.text(),
    // A copy of its own size: the file's buffer is larger.
    written: node instanceof MemoryFile ? new Uint8Array(node.contents) : undefined,
  };
}
