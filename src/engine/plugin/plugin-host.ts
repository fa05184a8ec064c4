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
import type { MemoryDirectory } from '../memory/memory-directory.ts';
import { MemoryDirectoryFd } from '../memory/memory-directory-fd.ts';
import { MemoryFile } from '../memory/memory-file.ts';
import { MemoryFileFd } from '../memory/memory-file-fd.ts';
import { READ_ONLY_FILE_RIGHTS } from '../memory/memory-rights.ts';
import { filesOf, makeTree, type Files } from '../memory/memory-tree.ts';
import { NullFd } from '../wasi/null-fd.ts';
import { OutputFd } from '../wasi/output-fd.ts';
import { breakdownOf, PluginError } from './plugin-error.ts';
import {
  checkExports,
  checkImports,
  commandExports,
  compilePlugin,
  type CommandExports,
  type PluginSource,
} from './plugin-module.ts';
import { checkOptions } from './plugin-options.ts';
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
  /**
   * Files in `/`, which is also the working directory, by their paths: `in.txt`, `dir/in.txt`. The bytes are not changed.
   * Default: the plugin has no directory at all; with `{}` it has an empty one.
   */
  readonly files?: Files;
  /** Default: the clocks of this thread. They are told; waiting is by real time always. */
  readonly clocks?: Clocks;
  /** Default: `crypto.getRandomValues`. */
  readonly random?: RandomSource;
  /** Imports besides `wasi_snapshot_preview1`. */
  readonly imports?: WebAssembly.Imports;
  /**
   * Ends the run: it rejects with the signal's reason when the plugin next waits, writes, or lets a turn of the event loop
   * pass. A plugin that computes keeps its thread, where nothing can abort a signal meanwhile; nor can it while a channel
   * blocks the thread: there, `SharedRingWriter.stop()` ends a plugin from another thread.
   */
  readonly signal?: AbortSignal;
}

/** How a plugin ended. */
export interface PluginResult {
  /** What it called `proc_exit` with, 0 to 2^32 - 1; 0 if its `main` returned. */
  readonly status: number;
  /** All files there are in `/` now, by path; none if no `files` were given. */
  readonly files: ReadonlyMap<string, Uint8Array>;
}

const PREVIEW1 = 'wasi_snapshot_preview1';

/** Channels that a run reads from. */
const channelsInUse = new WeakSet<StdinChannel>();

/**
 * The channel that the plugin waits on, for this run alone.
 * @throws EngineError if another run has it, or had it and has closed it
 */
function claimChannel(stdin: PluginStdin): StdinChannel {
  // Also out of options that `checkOptions` refuses: who writes to it has to hear of that.
  const given = (stdin as { readonly channel?: StdinChannel | null } | null)?.channel;
  if (typeof given !== 'object' || given === null) return jspi() === undefined ? new BlockingClock() : new StdinPipe();
  if (channelsInUse.has(given)) throw new EngineError({ code: 'channel-in-use' });
  if (given instanceof StdinPipe && given.isAbandoned) throw new EngineError({ code: 'channel-spent' });
  channelsInUse.add(given);
  return given;
}

/** Tells whoever writes to a channel that its plugin reads no more. */
function abandonChannel(channel: StdinChannel): void {
  if (channel instanceof StdinPipe) channel.abandon();
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

/** Where a plugin's output goes, and what is in the way of that. */
class Outputs {
  readonly #sinks: CallbackSink[] = [];
  readonly #channel: StdinChannel;
  readonly #kind: 'terminal' | 'pipe';

  constructor(channel: StdinChannel, kind: 'terminal' | 'pipe') {
    this.#channel = channel;
    this.#kind = kind;
  }

  /** A descriptor whose bytes the callback takes. */
  open(callback: OutputCallback = () => undefined): OutputFd {
    const sink = new CallbackSink(callback, {
      canWait: this.#channel.waitsByPromise,
      onProgress: () => this.#channel.wake?.(),
    });
    this.#sinks.push(sink);
    return new OutputFd(sink, { kind: this.#kind, flags: 'set by program' });
  }

  fail(reason: unknown): void {
    for (const sink of this.#sinks) sink.fail(reason);
  }

  /** @throws what a callback threw or rejected with */
  throwFailure(): void {
    for (const sink of this.#sinks) sink.throwFailure();
  }

  /** Resolves when the callbacks have taken everything. @throws what one of them threw or rejected with */
  async finish(): Promise<void> {
    for (const sink of this.#sinks) await sink.finish();
  }
}

/** A plugin that is ready to run. */
interface Prepared {
  readonly command: CommandExports;
  readonly suspension: ReturnType<typeof jspi>;
  /** Undefined if it was given no files. */
  readonly root: MemoryDirectory | undefined;
}

async function prepare(options: PluginOptions, channel: StdinChannel, outputs: Outputs): Promise<Prepared> {
  const { stdin = { kind: 'nothing' }, clocks = threadClocks } = options;
  const module = await compilePlugin(options.plugin);
  const suspension = channel.waitsByPromise ? jspi() : undefined;
  if (channel.waitsByPromise && suspension === undefined) throw new PluginError({ code: 'no-jspi' });

  const root = options.files === undefined ? undefined : makeTree(options.files, clocks.realtime);
  const streams = [stdinOf(stdin, clocks), outputs.open(options.stdout), outputs.open(options.stderr)];
  const wasi = createCorrectedWasi({
    args: options.args ?? ['plugin.wasm'],
    env: Object.entries(options.env ?? {}).map(([name, value]) => `${name}=${value}`),
    fds: root === undefined ? streams : [...streams, new MemoryDirectoryFd(root, {}, '/')],
    channel,
    beforeWait: () => undefined,
    clocks,
    random: options.random,
    signal: options.signal,
  });

  const imports = { ...options.imports, [PREVIEW1]: wrapped(wasi.wasiImport, suspension) };
  checkImports(module, imports);
  checkExports(module);
  const command = commandExports(await instantiate(module, imports));
  // Not `wasi.start()`: it returns at the first suspension, and a later exit is lost.
  wasi.inst = { exports: command };
  return { command, suspension, root };
}

/** Lets the plugin run, and returns its exit status. @throws what ended it otherwise */
async function statusOf({ command, suspension }: Prepared, outputs: Outputs): Promise<number> {
  try {
    if (suspension !== undefined) await suspension.promising(command._start)();
    else (command._start as () => void)();
    return 0;
  } catch (error) {
    outputs.throwFailure();
    if (error instanceof WASIProcExit) return error.code;
    throw breakdownOf(error) ?? error;
  }
}

async function run(options: PluginOptions, channel: StdinChannel, outputs: Outputs): Promise<PluginResult> {
  const prepared = await prepare(options, channel, outputs);
  options.signal?.throwIfAborted();
  const status = await statusOf(prepared, outputs);
  // Before the output is taken: who takes it may wait for what it writes to this channel.
  abandonChannel(channel);
  await outputs.finish();
  return { status, files: prepared.root === undefined ? new Map() : filesOf(prepared.root) };
}

/**
 * Does `work` until the signal is aborted, and then calls `stop`. Does not wait for what is stopped.
 * @throws the signal's reason once it is aborted, whatever `work` comes to
 */
async function untilAborted<T>(
  signal: AbortSignal | undefined,
  work: () => Promise<T>,
  stop: (reason: unknown) => void,
): Promise<T> {
  if (signal === undefined) return work();
  signal.throwIfAborted();
  let onAbort = (): void => undefined;
  const aborted = new Promise<void>((resolve) => {
    onAbort = () => {
      resolve();
      stop(signal.reason);
    };
  });
  signal.addEventListener('abort', onAbort);
  try {
    const working = work();
    await Promise.race([working, aborted]);
    signal.throwIfAborted();
    return await working;
  } catch (error) {
    signal.throwIfAborted();
    throw error;
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}

/**
 * Runs a plugin to its end. Resolves when it has exited, and the callbacks have taken all of its output.
 *
 * A channel serves one run at a time. A `StdinPipe` serves one run: it is closed when that has ended, or could not start.
 * Another channel goes on with the next run where the last one stopped reading.
 *
 * @throws PluginError if it is not a WASI command, imports what is not there, traps or uses up its stack; EngineError if an
 *   option is not what it should be; the signal's reason; whatever a callback threw
 */
export async function runPlugin(options: PluginOptions): Promise<PluginResult> {
  const { stdin = { kind: 'nothing' } } = options;
  const channel = claimChannel(stdin);
  try {
    checkOptions(options);
    const outputs = new Outputs(channel, stdin.kind === 'terminal' ? 'terminal' : 'pipe');
    return await untilAborted(
      options.signal,
      () => run(options, channel, outputs),
      (reason) => {
        outputs.fail(reason);
        channel.wake?.();
      },
    );
  } finally {
    abandonChannel(channel);
    channelsInUse.delete(channel);
  }
}
