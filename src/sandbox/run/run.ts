import type { ProgramNews, RunFile, RunMessage, TransportKind, WorkerMessage } from '../../protocol/messages.ts';
import { StreamTail, type ExitTrace } from './exit-cause.ts';
import { failureOf, type RunFailure } from './run-failure.ts';
import type { PluginExit } from './run-state.ts';
import { openStdin } from '../stdin/open-stdin.ts';
import type { StdinWriter } from '../stdin/stdin-writer.ts';

/** What is started. */
export interface RunProgram {
  readonly module: WebAssembly.Module;
  readonly argv: readonly string[];
  readonly files: readonly RunFile[];
}

/** How a run ended. */
export type RunOutcome =
  | {
      readonly kind: 'exited';
      /** As a shell has it, from 0 to 255. */
      readonly status: number;
      /** Undefined in a recorded session. */
      readonly trace?: ExitTrace;
    }
  | { readonly kind: 'stopped' }
  | { readonly kind: 'failed'; readonly failure: RunFailure };

/** What is told of a run, in order; nothing comes before its `main` is entered, and nothing after its end. */
export type RunNews = ProgramNews | { readonly type: 'ended'; readonly outcome: RunOutcome };

/** Hears of a run. */
export type RunListener = (news: RunNews) => void;

/** A worker that was told to end has so much time for it, in milliseconds. Nothing that it still says is heard. */
const GRACE_MS = 250;

/** Bytes of output between two acknowledgements: a part of the engine's window of 1 MiB. */
const ACKNOWLEDGE_EVERY = 262_144;

/** What a shell shows of a status: the parent of a process is given its lowest 8 bits (POSIX, `_exit` and `wait`). */
function shellStatus(status: number): number {
  return status & 0xff;
}

/**
 * One run: one worker, start to end. Stdin can be written before `start`, which is how a line that was typed while the
 * program loads is kept. A run that is held does all that comes before the example's `main`, and waits for `release`.
 */
export class Run {
  readonly #stdin: StdinWriter;
  readonly #lock = 'locks' in navigator ? `block-or-eof/run/${crypto.randomUUID()}` : undefined;
  #listener: RunListener | undefined;
  #worker: Worker | undefined;
  #taken = 0;
  #acknowledged = 0;
  #isStdinClosed = false;
  readonly #stderr = new StreamTail();
  #pluginExit: PluginExit | undefined;
  readonly #over = new AbortController();
  #outcome: RunOutcome | undefined;

  constructor(transport: TransportKind) {
    this.#stdin = openStdin(transport);
  }

  /** Tells `listener` what happens from now on; if the run has ended already, that. */
  listen(listener: RunListener): void {
    this.#listener = listener;
    if (this.#outcome !== undefined) listener({ type: 'ended', outcome: this.#outcome });
  }

  /** The last `proc_exit` of a plugin, if there was one. */
  get pluginExit(): PluginExit | undefined {
    return this.#pluginExit;
  }

  get ended(): boolean {
    return this.#outcome !== undefined;
  }

  /** True if what is written would reach the program; nothing does after `closeStdin`. */
  get takesInput(): boolean {
    return !this.ended && !this.#isStdinClosed;
  }

  /** Starts the program as soon as the worker may be started, unless the run was stopped before. */
  start(program: RunProgram, options: { readonly hold: boolean }): void {
    const { ready } = this.#stdin;
    if (ready === undefined) {
      this.#launch(program, options);
      return;
    }
    ready.then(
      () => this.#launch(program, options),
      (error: unknown) => this.fail(failureOf(error)),
    );
  }

  #launch(program: RunProgram, options: { readonly hold: boolean }): void {
    if (this.ended) return;
    const worker = new Worker(new URL('../../engine/run/worker.ts', import.meta.url), { type: 'module' });
    this.#worker = worker;
    worker.onmessage = (event: MessageEvent<WorkerMessage>) => this.#receive(event.data);
    worker.onerror = (event) => {
      event.preventDefault();
      // A script that could not be loaded is an event without a message.
      const message: unknown = event instanceof ErrorEvent ? event.message : undefined;
      this.fail(
        typeof message === 'string' && message !== ''
          ? { code: 'worker-broke', detail: message }
          : { code: 'no-worker' },
      );
    };
    const { end, transfer } = this.#stdin;
    const message: RunMessage = {
      type: 'run',
      ...program,
      env: [],
      channel: end,
      hold: options.hold,
      lock: this.#lock,
    };
    worker.postMessage(message, [...transfer]);
  }

  /** Waits for the worker's lock: whoever gets it finds the worker gone. */
  #watch(lock: string): void {
    navigator.locks
      .request(lock, { signal: this.#over.signal }, () => this.fail({ code: 'worker-ended' }))
      .catch(() => undefined);
  }

  /** Lets a run that is held go on; may come before it is ready. */
  release(): void {
    this.#stdin.release();
  }

  /** Appends to stdin. */
  write(bytes: Uint8Array<ArrayBuffer>): void {
    this.#stdin.write(bytes);
  }

  /** Ends stdin after what was written. */
  closeStdin(): void {
    this.#isStdinClosed = true;
    this.#stdin.close();
  }

  /** Ends the worker at once, whatever it is doing. */
  stop(): void {
    this.#end({ kind: 'stopped' });
  }

  /** Ends the run as failed, for example because its program could not be loaded. */
  fail(failure: RunFailure): void {
    this.#end({ kind: 'failed', failure });
  }

  #receive(message: WorkerMessage): void {
    if (this.ended) return;
    switch (message.type) {
      case 'alive':
        if (this.#lock !== undefined) this.#watch(this.#lock);
        break;
      case 'started':
      case 'host-waits':
      case 'stdin':
        this.#listener?.(message);
        break;
      case 'output':
        this.#listener?.(message);
        for (const { stream, bytes } of message.chunks) {
          this.#taken += bytes.length;
          if (stream === 'stderr') this.#stderr.append(bytes);
        }
        // Each acknowledgement wakes the worker. It needs one when it is a window behind (engine/output-pump.ts), not before.
        if (this.#taken - this.#acknowledged >= ACKNOWLEDGE_EVERY) {
          this.#acknowledged = this.#taken;
          this.#stdin.taken(this.#taken);
        }
        break;
      case 'space':
        this.#stdin.spaceFreed?.();
        break;
      case 'trace':
        for (const row of message.rows) {
          if (row.kind === 'call' && row.end?.kind === 'exit') this.#pluginExit = { code: row.end.code, call: row.id };
        }
        this.#listener?.(message);
        break;
      case 'exited':
        this.#end({
          kind: 'exited',
          status: shellStatus(message.status),
          trace: {
            asked: message.status,
            stderr: this.#stderr.text,
            // A host may exit with a status of its own after its plugin has.
            pluginStatus: this.#pluginExit?.code === message.status ? message.status : undefined,
          },
        });
        break;
      case 'failed':
        this.fail(message.failure);
        break;
    }
  }

  #end(outcome: RunOutcome): void {
    if (this.ended) return;
    this.#outcome = outcome;
    this.#over.abort();
    const worker = this.#worker;
    if (this.#stdin.discard()) setTimeout(() => worker?.terminate(), GRACE_MS);
    else worker?.terminate();
    this.#listener?.({ type: 'ended', outcome });
  }
}
