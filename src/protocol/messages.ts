/**
 * The messages between a page and the worker of one run.
 *
 * The page sends exactly one, `RunMessage`; everything after that goes through the stdin channel, since a worker inside a
 * blocking read receives no messages. The worker can always send. Bytes are `Uint8Array`, transferred, or copied where they
 * are few; nothing here is text of a program. Times are milliseconds since the Unix epoch on `performance`'s clock
 * (`timeOrigin + now()`), which page and worker share.
 */
import type { WorkerFailure } from './problems.ts';
import type { TraceRow } from './trace.ts';

/** How a read blocks in the worker. */
export type TransportKind = 'jspi' | 'shared-memory' | 'service-worker';

/** The worker's end of a stdin channel, made by the page. */
export type ChannelEnd =
  /** Messages `StdinMessage` arrive on the port; the worker suspends on promises. */
  | { readonly kind: 'jspi'; readonly port: MessagePort }
  /** A ring of bytes with a futex, see `shared-ring.ts`; the worker blocks in `Atomics.wait`. */
  | { readonly kind: 'shared-memory'; readonly buffer: SharedArrayBuffer }
  /** Synchronous requests for this run's stdin, see `service-worker-stdin.ts`; the worker blocks in them. */
  | { readonly kind: 'service-worker'; readonly run: string };

/** A file in the working directory of the run. */
export interface RunFile {
  readonly name: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** Page → worker, once: start this program. */
export interface RunMessage {
  readonly type: 'run';
  /** The host program, for `wasm32-wasip1`. */
  readonly module: WebAssembly.Module;
  /** Program arguments; `argv[0]` picks the example. */
  readonly argv: readonly string[];
  readonly env: readonly string[];
  readonly files: readonly RunFile[];
  readonly channel: ChannelEnd;
  /**
   * Prepare only: instantiate the host, compile the plugin into wazero's compilation cache, then wait for "go" on the
   * channel right before the example's `main`.
   */
  readonly hold: boolean;
  /**
   * Name of a lock (Web Locks API) that the worker takes before it starts and keeps as long as it lives, so that the page
   * learns when a browser ends the worker: there is no event for that. Undefined where the browser has no locks.
   */
  readonly lock: string | undefined;
}

/** Page → worker over the port of a `jspi` channel. */
export type StdinMessage =
  | { readonly type: 'data'; readonly bytes: Uint8Array<ArrayBuffer> }
  /** A run that is held may go on. */
  | { readonly type: 'go' }
  /** End of input. Sticky: every later read is EOF. */
  | { readonly type: 'close' }
  /** The page has taken this many bytes of output in all since the start. */
  | { readonly type: 'taken'; readonly total: number };

/** A stream that a run writes to. */
export type OutputStream = 'stdout' | 'stderr';

/** A call of the plugin into the host that has not returned. */
export interface PendingCall {
  /** WASI's name, e.g. `fd_read`. */
  readonly name: string;
  /** Its file descriptor, where it has one. */
  readonly fd: number | undefined;
  /** When it was entered. */
  readonly since: number;
}

/** The plugin's WASI calls so far, from wazero's own function listeners. */
export interface TraceSummary {
  /** All calls entered. */
  readonly calls: number;
  /** `fd_read` on fd 0 that returned at least one byte. */
  readonly readsWithData: number;
  /** `fd_read` on fd 0 that returned success and no byte: EOF. */
  readonly readsAtEof: number;
  /** `fd_read` on fd 0 that returned an errno. */
  readonly readsFailed: number;
  /** Bytes that `fd_read` on fd 0 returned. */
  readonly bytesRead: number;
  /** Bytes that `fd_write` on fd 1 and 2 took. */
  readonly bytesWritten: number;
  /** The call the plugin is in, if it is in one. */
  readonly pending: PendingCall | undefined;
}

/** How much of stdin the host has taken. */
export interface StdinProgress {
  /** Bytes since the start. */
  readonly bytes: number;
  /** The host has met the end. */
  readonly ended: boolean;
}

/** What the host does beside its plugin's calls, as its own waits tell it. */
export interface HostDoing {
  /** It waits for its stdin, perhaps among other things, and nothing has come since. */
  readonly readsStdin: boolean;
  /** All of it waits, while its plugin is in no call: the plugin is not running. */
  readonly isParked: boolean;
}

/** What a program in its world tells while it runs, in order. */
export type ProgramNews =
  /** The example's `main` is entered: at once, or after "go" where the run was held. */
  | { readonly type: 'started'; readonly at: number }
  /** Output in the order it was written, and what had been read of stdin before; to be answered with `taken`. */
  | { readonly type: 'output'; readonly chunks: readonly OutputChunk[]; readonly stdin: StdinProgress }
  /** What the host has read of stdin, where no output tells. */
  | { readonly type: 'stdin'; readonly stdin: StdinProgress }
  /** The host waits for stdin, and for nothing else, while its plugin is in no call. Over with the next message. */
  | { readonly type: 'host-waits' }
  /** Sent before the worker waits, and now and then otherwise; with the rows that are new or have changed, see `trace.ts`. */
  | {
      readonly type: 'trace';
      readonly summary: TraceSummary;
      readonly host: HostDoing;
      readonly rows: readonly TraceRow[];
    };

/** Worker → page. */
export type WorkerMessage =
  /** The worker has its lock. First message. */
  | { readonly type: 'alive' }
  | ProgramNews
  /** Over shared memory: a read made room for bytes that did not fit. */
  | { readonly type: 'space' }
  /** The host has ended: `proc_exit` or return of `_start`. Last message. */
  | { readonly type: 'exited'; readonly status: number; readonly at: number }
  /** The host could not run, or broke down without an exit status. Last message. */
  | { readonly type: 'failed'; readonly failure: WorkerFailure };

/** Bytes written to one stream. */
export interface OutputChunk {
  readonly stream: OutputStream;
  readonly bytes: Uint8Array<ArrayBuffer>;
}
