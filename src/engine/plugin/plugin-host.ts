/**
 * Runs a plugin, a WASI preview1 command, directly in JavaScript: in a worker, on a page's main thread, or in Node. README.md
 * beside this file shows it.
 *
 * A plugin that waits, for input, a clock or its reader, is suspended by JavaScript Promise Integration (JSPI: Chromium 137,
 * Firefox 153, Node 24), and the thread goes on. With a channel that blocks (`SharedMemoryChannel`) the thread is blocked
 * instead, which needs a worker. A plugin without JSPI and without a channel can run too; when it sleeps, the thread sleeps.
 */
import { WASIProcExit, type Fd } from '@bjorn3/browser_wasi_shim';
import { BlockingClock } from '../wasi/blocking-clock.ts';
import { CallbackSink, type OutputCallback } from './callback-sink.ts';
import { threadClocks, type Clocks } from '../wasi/clocks.ts';
import { createCorrectedWasi, SUSPENDING, type RandomSource } from '../wasi/corrected-wasi.ts';
import { EngineError } from '../engine-error.ts';
import { jspi } from '../stdin/jspi.ts';
import { MemoryDirectoryFd } from '../memory/memory-directory-fd.ts';
import { MemoryFile } from '../memory/memory-file.ts';
import { MemoryFileFd } from '../memory/memory-file-fd.ts';
import { READ_ONLY_FILE_RIGHTS } from '../memory/memory-rights.ts';
import { filesOf, makeTree, type Files } from '../memory/memory-tree.ts';
import { NullFd } from '../wasi/null-fd.ts';
import { OutputFd } from '../wasi/output-fd.ts';
import { breakdownOf, PluginError } from './plugin-error.ts';
import { checkExports, checkImports, commandExports, compilePlugin, type PluginSource } from './plugin-module.ts';
import type { StdinChannel } from '../stdin/stdin-channel.ts';
import { StdinFd } from '../wasi/stdin-fd.ts';
import { StdinPipe } from '../stdin/stdin-pipe.ts';

/**
 * What a plugin's stdin is; each kind looks to the plugin as it does on Linux, and can be polled:
 * - `nothing`: `/dev/null`. At EOF from the start.
 * - `bytes`: a file, as with `plugin < file`. It has a size and a position, and EOF after its last byte.
 * - `pipe`: a channel, as with `writer | plugin`. A read waits until something is written, EOF comes when it is closed.
 * - `terminal`: the same channel, but a character device: `isatty` is true, for stdout and stderr too, and C's stdio writes
 *   lines as they end.
 */
export type PluginStdin =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array }
  | { readonly kind: 'pipe' | 'terminal'; readonly channel: StdinChannel };

/** A plugin and its world. Only `plugin` is required. */
export interface PluginOptions {
  /** The module, compiled or not. Who runs it more than once compiles it once. */
  readonly plugin: PluginSource;
  /** Arguments; the first is the plugin's own name. Default: `["plugin.wasm"]`. */
  readonly args?: readonly string[];
  /** Environment variables. Default: none. */
  readonly env?: Readonly<Record<string, string>>;
  /** Default: `nothing`. */
  readonly stdin?: PluginStdin;
  /** Default: output is dropped. */
  readonly stdout?: OutputCallback;
  /** Default: output is dropped. */
  readonly stderr?: OutputCallback;
  /** Files in `/`, which is also the working directory, by their paths: `in.txt`, `dir/in.txt`. The bytes are not changed. */
  readonly files?: Files;
  /** Default: the clocks of this thread. They are told; waiting is by real time always. */
  readonly clocks?: Clocks;
  /** Default: `crypto.getRandomValues`. */
  readonly random?: RandomSource;
  /** Imports besides `wasi_snapshot_preview1`. */
  readonly imports?: WebAssembly.Imports;
}

/** How a plugin ended. */
export interface PluginResult {
  /** What it called `proc_exit` with, 0 to 2^32 - 1; 0 if its `main` returned. */
  readonly status: number;
  /** All files there are in `/` now, by path. */
  readonly files: ReadonlyMap<string, Uint8Array>;
}

const PREVIEW1 = 'wasi_snapshot_preview1';

/** The channel that the plugin waits on. */
function channelOf(stdin: PluginStdin): StdinChannel {
  switch (stdin.kind) {
    case 'nothing':
    case 'bytes':
      return jspi() === undefined ? new BlockingClock() : new StdinPipe();
    case 'pipe':
    case 'terminal':
      return stdin.channel;
  }
}

function stdinOf(stdin: PluginStdin, clocks: Clocks): Fd {
  switch (stdin.kind) {
    case 'nothing':
      return new NullFd();
    case 'bytes': {
      const file = new MemoryFile(clocks.realtime, stdin.bytes);
      file.names = 1;
      return new MemoryFileFd(file, { rights: READ_ONLY_FILE_RIGHTS });
    }
    case 'pipe':
    case 'terminal':
      return new StdinFd(stdin.channel, { kind: stdin.kind, flags: 'set by program' });
  }
}

function refusePromise(fn: (...args: never[]) => unknown): (...args: never[]) => unknown {
  return (...args) => {
    const result = fn(...args);
    if (!(result instanceof Promise)) return result;
    throw new EngineError({ code: 'channel-promise' });
  };
}

/** The shim's imports, wrapped for a plugin that is suspended, or is not. */
function wrapped(
  imports: Record<string, (...args: never[]) => unknown>,
  suspension: ReturnType<typeof jspi>,
): Record<string, WebAssembly.ImportValue> {
  const result: Record<string, WebAssembly.ImportValue> = { ...imports };
  for (const name of SUSPENDING) {
    const fn = imports[name];
    if (fn === undefined) continue;
    result[name] = suspension === undefined ? refusePromise(fn) : new suspension.Suspending(fn);
  }
  return result;
}

/** Instantiates a plugin. @throws PluginError if its imports have other types */
async function instantiate(module: WebAssembly.Module, imports: WebAssembly.Imports): Promise<WebAssembly.Instance> {
  try {
    return await WebAssembly.instantiate(module, imports);
  } catch (error) {
    if (!(error instanceof WebAssembly.LinkError)) throw breakdownOf(error) ?? error;
    throw new PluginError({ code: 'import-types', detail: error.message }, error);
  }
}

/**
 * Runs a plugin to its end. Resolves when it has exited, and the callbacks have taken all of its output.
 *
 * @throws PluginError if it is not a WASI command, imports what is not there, traps or uses up its stack; whatever a
 *   callback threw
 */
export async function runPlugin(options: PluginOptions): Promise<PluginResult> {
  const { stdin = { kind: 'nothing' }, clocks = threadClocks } = options;
  const module = await compilePlugin(options.plugin);

  const channel = channelOf(stdin);
  const suspends = channel.waitsByPromise;
  const suspension = suspends ? jspi() : undefined;
  if (suspends && suspension === undefined) throw new PluginError({ code: 'no-jspi' });

  const sinks: CallbackSink[] = [];
  const output = (callback: OutputCallback = () => undefined): OutputFd => {
    const sink = new CallbackSink(callback, {
      canWait: suspends,
      onProgress: () => {
        channel.wake?.();
      },
    });
    sinks.push(sink);
    return new OutputFd(sink, { kind: stdin.kind === 'terminal' ? 'terminal' : 'pipe', flags: 'set by program' });
  };

  const root = makeTree(options.files ?? {}, clocks.realtime);
  const wasi = createCorrectedWasi({
    args: options.args ?? ['plugin.wasm'],
    env: Object.entries(options.env ?? {}).map(([name, value]) => `${name}=${value}`),
    fds: [stdinOf(stdin, clocks), output(options.stdout), output(options.stderr), new MemoryDirectoryFd(root, {}, '/')],
    channel,
    beforeWait: () => undefined,
    clocks,
    random: options.random,
  });

  const imports = { ...options.imports, [PREVIEW1]: wrapped(wasi.wasiImport, suspension) };
  checkImports(module, imports);
  checkExports(module);
  const command = commandExports(await instantiate(module, imports));
  // Not `wasi.start()`: it returns at the first suspension, and a later exit is lost.
  wasi.inst = { exports: command };

  let status = 0;
  try {
    if (suspension !== undefined) await suspension.promising(command._start)();
    else (command._start as () => void)();
  } catch (error) {
    for (const sink of sinks) sink.throwFailure();
    if (!(error instanceof WASIProcExit)) throw breakdownOf(error) ?? error;
    status = error.code;
  } finally {
    if (channel instanceof StdinPipe) channel.abandon();
  }
  for (const sink of sinks) await sink.finish();
  return { status, files: filesOf(root) };
}
