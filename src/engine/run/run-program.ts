import { WASIProcExit } from '@bjorn3/browser_wasi_shim';
import type { OutputStream, ProgramNews, RunFile, StdinProgress } from '../../protocol/messages.ts';
import { EngineError } from '../engine-error.ts';
import { threadClocks } from '../wasi/clocks.ts';
import { createCorrectedWasi, SUSPENDING } from '../wasi/corrected-wasi.ts';
import { jspi } from '../stdin/jspi.ts';
import { MemoryDirectoryFd } from '../memory/memory-directory-fd.ts';
import { makeTree } from '../memory/memory-tree.ts';
import { ObservedChannel } from '../stdin/observed-channel.ts';
import { OutputFd, type OutputSink } from '../wasi/output-fd.ts';
import { HostWatch, type StdinInWait } from './host-watch.ts';
import { OutputPump } from './output-pump.ts';
import type { StdinChannel } from '../stdin/stdin-channel.ts';
import { StdinFd } from '../wasi/stdin-fd.ts';
import { Tracer } from './tracer.ts';

/** A program and its world. */
export interface Program {
  /** A command for `wasm32-wasip1`: it exports `_start` and `memory`. */
  readonly module: WebAssembly.Module;
  readonly argv: readonly string[];
  readonly env: readonly string[];
  /** Files in `/`, which is also the working directory. */
  readonly files: readonly RunFile[];
  readonly channel: StdinChannel;
  /** Compile the plugin beforehand, and wait for the channel's release before the example's `main`. */
  readonly hold: boolean;
  /** The program is entered after this. */
  readonly ready?: Promise<void> | undefined;
  /** Hears of it while it runs. */
  readonly tell: (news: ProgramNews) => void;
}

/** So often may the trace be sent while the program does not wait … */
const TRACE_EVERY_MS = 50;
/** … but so many times at once after a rest: a plugin that writes and then computes is seen to have written. */
const TRACE_BURST = 16;

/** What is imported by the dispatcher (examples/internal/dispatch); a program that was compiled in the page has none. */
function waitsForPage(module: WebAssembly.Module): boolean {
  return WebAssembly.Module.imports(module).some(
    ({ module: from, name }) => from === 'block_or_eof' && name === 'prepared',
  );
}

/** What the dispatcher is told to do before the example's `main` (examples/internal/dispatch). */
const PLAN_NOTHING = 0;
const PLAN_COMPILE_PLUGIN = 1;

interface CommandExports {
  readonly memory: WebAssembly.Memory;
  readonly _start: () => void;
}

/** The exports of a command. @throws EngineError saying what is missing. */
function commandExports(instance: WebAssembly.Instance): CommandExports {
  const { memory, _start } = instance.exports;
  if (!(memory instanceof WebAssembly.Memory) || typeof _start !== 'function') {
    throw new EngineError({ code: 'program-no-command', exports: Object.keys(instance.exports) });
  }
  return { memory, _start: _start as () => void };
}

/** @throws EngineError if it imports what is not there */
async function instantiate(module: WebAssembly.Module, imports: WebAssembly.Imports): Promise<WebAssembly.Instance> {
  try {
    return await WebAssembly.instantiate(module, imports);
  } catch (error) {
    // A module that is not there at all is a TypeError (WebAssembly JS API, "read the imports").
    if (!(error instanceof WebAssembly.LinkError || error instanceof TypeError)) throw error;
    throw new EngineError({ code: 'program-imports', detail: error.message }, error);
  }
}

/** Calls at once up to a burst of times, and then so often; what comes between is left to a later call. */
function nowAndThen(act: () => void): () => void {
  let allowance = TRACE_BURST;
  let allowedAt = 0;
  return () => {
    const now = performance.now();
    allowance = Math.min(TRACE_BURST, allowance + (now - allowedAt) / TRACE_EVERY_MS);
    allowedAt = now;
    if (allowance < 1) return;
    allowance -= 1;
    act();
  };
}

/** What wazero's listener in the host calls: see examples/internal/overlay. */
function tracedBy(tracer: Tracer, onLeave: () => void): WebAssembly.ModuleImports {
  return {
    enter: tracer.enter.bind(tracer),
    leave: (call: number, results: number, resultsLength: number, plugin: number, pluginLength: number) => {
      tracer.leave(call, results, resultsLength, plugin, pluginLength);
      onLeave();
    },
    abort: tracer.abort.bind(tracer),
  };
}

/** The host's stdout or stderr: full while the page has much to take. */
function outputFd(stream: OutputStream, pump: OutputPump, channel: ObservedChannel): OutputFd {
  const sink: OutputSink = {
    get isFull() {
      return pump.mustWait(channel.taken);
    },
    write: (bytes) => pump.write(stream, bytes),
  };
  return new OutputFd(sink, { kind: 'terminal', flags: 'blocking for good' });
}

function filesOf({ files }: Program): Record<string, Program['files'][number]['bytes']> {
  return Object.fromEntries(files.map(({ name, bytes }) => [name, bytes]));
}

/** The imports, of which some suspend the program where that is how it waits. */
function suspending(
  imports: Readonly<Record<string, unknown>>,
  suspension: ReturnType<typeof jspi>,
): WebAssembly.ModuleImports {
  const result = { ...imports } as WebAssembly.ModuleImports;
  if (suspension === undefined) return result;
  for (const name of SUSPENDING) {
    result[name] = new suspension.Suspending(imports[name] as (...args: never[]) => unknown);
  }
  return result;
}

/**
 * The host's streams, and what the page is told of them.
 * @param isPluginWaiting whether a call of the plugin has not returned
 */
function streamsOf(
  program: Program,
  isPluginWaiting: () => boolean,
): { readonly pump: OutputPump; readonly channel: ObservedChannel; readonly flush: () => void } {
  let told: StdinProgress = { bytes: 0, ended: false };
  const pump: OutputPump = new OutputPump((chunks) => {
    told = channel.progress;
    program.tell({ type: 'output', chunks, stdin: told });
  });
  const channel: ObservedChannel = new ObservedChannel(
    program.channel,
    () => pump.flush(),
    () => {
      // A wait of the plugin is a row of the trace, and a wait for the page to take output is none for stdin.
      if (!isPluginWaiting() && !pump.mustWait(channel.taken)) program.tell({ type: 'host-waits' });
    },
  );
  const flush = (): void => {
    pump.flush();
    const { progress } = channel;
    if (progress.bytes === told.bytes && progress.ended === told.ended) return;
    told = progress;
    program.tell({ type: 'stdin', stdin: progress });
  };
  return { pump, channel, flush };
}

/** Sends the trace: all of it before a wait, which also tells what the host does, and now and then otherwise. */
function tracesOf(
  program: Program,
  tracer: Tracer,
  channel: ObservedChannel,
): { readonly sendBeforeWait: (stdin: StdinInWait) => void; readonly sendNowAndThen: () => void } {
  const watch = new HostWatch();
  const send = (): void => {
    const { host, isNew } = watch.take(channel.progress);
    if (!tracer.takeChanged() && !isNew) return;
    program.tell({ type: 'trace', summary: tracer.summary, host, rows: tracer.takeRows() });
  };
  return {
    sendBeforeWait: (stdin) => {
      tracer.waiting();
      watch.waits(stdin, tracer.summary.pending !== undefined, channel.progress);
      send();
    },
    sendNowAndThen: nowAndThen(() => {
      watch.runs();
      send();
    }),
  };
}

/**
 * Runs a program to its end. Resolves to its exit status, from 0 to 2^32 - 1 as WASI has it (`exitcode`, a u32; the i32 of
 * wasm arrives signed).
 *
 * @throws EngineError if it is not a command or imports what is not there, `WebAssembly.RuntimeError` if it traps, `RangeError` if its stack overflows
 */
export async function runProgram(program: Program): Promise<number> {
  const { pump, channel, flush } = streamsOf(program, () => tracer.summary.pending !== undefined);
  const tracer = new Tracer(() => wasi.inst.exports.memory.buffer);
  const { sendBeforeWait, sendNowAndThen } = tracesOf(program, tracer, channel);
  const beforeWait = (stdin?: StdinInWait): void => {
    flush();
    sendBeforeWait(stdin);
  };
  const wasi = createCorrectedWasi({
    args: program.argv,
    env: program.env,
    fds: [
      new StdinFd(channel, { kind: 'terminal', flags: 'nonblocking for good' }),
      outputFd('stdout', pump, channel),
      outputFd('stderr', pump, channel),
      new MemoryDirectoryFd(makeTree(filesOf(program), threadClocks.realtime), {}, '/'),
    ],
    channel,
    beforeWait,
  });

  /** Called right before the example's `main`: by the dispatcher, or before the program where there is none. */
  const prepared = (): void | Promise<void> => {
    const released = program.hold ? channel.wait(() => channel.released, Infinity) : undefined;
    const started = (): void => program.tell({ type: 'started', at: performance.timeOrigin + performance.now() });
    if (released instanceof Promise) return released.then(started);
    started();
  };

  const suspension = program.channel.waitsByPromise ? jspi() : undefined;
  const instance = await instantiate(program.module, {
    wasi_snapshot_preview1: suspending(wasi.wasiImport, suspension),
    block_or_eof: {
      ...tracedBy(tracer, sendNowAndThen),
      plan: () => (program.hold ? PLAN_COMPILE_PLUGIN : PLAN_NOTHING),
      prepared: suspension === undefined ? prepared : new suspension.Suspending(prepared),
    },
  });
  const command = commandExports(instance);
  // Not `wasi.start()`: it returns at the first suspension, and a later exit is lost.
  wasi.inst = { exports: command };
  await program.ready;
  // Without a dispatcher, Go's runtime starts in some milliseconds, and `main` is next.
  if (!waitsForPage(program.module)) await prepared();

  try {
    if (suspension !== undefined) await suspension.promising(command._start)();
    else command._start();
    return 0;
  } catch (error) {
    if (error instanceof WASIProcExit) return error.code >>> 0;
    throw error;
  } finally {
    beforeWait();
  }
}
