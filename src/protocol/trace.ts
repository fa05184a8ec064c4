/**
 * The trace: the plugin's WASI calls, timed, as wazero's function listeners saw them.
 *
 * The worker sends rows while the calls happen: a call that has not returned is a row without `until`, and a row with the `id`
 * of an earlier one replaces it. Calls that need not be told one by one come folded: `TraceFolder` decides which. Times are
 * milliseconds on the clock of `messages.ts`; in a recording they count from the run's start.
 */

/** What became of a call. */
export type CallEnd =
  /** `bytes` is what was moved, for the calls that move bytes; `data` is the first of them. */
  | {
      readonly kind: 'returned';
      /** WASI's errno; 0 is success. */
      readonly errno: number;
      readonly bytes: number | undefined;
      readonly data: readonly number[];
    }
  /** `proc_exit`. */
  | { readonly kind: 'exit'; readonly code: number }
  /** The host function panicked or trapped. */
  | { readonly kind: 'broken' };

/** One call. */
export interface CallRow {
  readonly kind: 'call';
  /** Counts the calls of a run from 1. */
  readonly id: number;
  /** The plugin instance, counted from 1. */
  readonly module: number;
  /** WASI's name, e.g. `fd_read`. */
  readonly name: string;
  /** Its file descriptor, where it has one. */
  readonly fd: number | undefined;
  /** Its parameters, decoded. */
  readonly args: CallArgs;
  readonly since: number;
  /** Undefined while the call has not returned. */
  readonly until: number | undefined;
  /** Undefined while the call has not returned. */
  readonly end: CallEnd | undefined;
}

/** The parameters of a call that mean something to a reader; addresses don't. */
export interface CallArgs {
  /** The words of the parameters, as wazero's listener gets them. */
  readonly params: readonly number[];
  /** Sizes of the buffers to read into or write from, in bytes. */
  readonly buffers?: readonly number[];
  /** What `poll_oneoff` waits for. */
  readonly polled?: readonly PolledEvent[];
}

/** One thing that `poll_oneoff` waits for. */
export type PolledEvent =
  /** A time that passes from now on. */
  | { readonly kind: 'sleep'; readonly ms: number }
  /** A time of day. */
  | { readonly kind: 'time' }
  | { readonly kind: 'read' | 'write'; readonly fd: number }
  /** `tag` is none of preview1. */
  | { readonly kind: 'unknown'; readonly tag: number };

/** What a call came to, in one word. `eof`: a read into a buffer that succeeded with no byte. */
export type Outcome = 'data' | 'eof' | 'done' | 'error' | 'exit' | 'broken';

/** Calls of one kind in a fold. */
export interface FoldedKind {
  readonly name: string;
  readonly fd: number | undefined;
  readonly outcome: Outcome;
  readonly calls: number;
  /** Bytes moved in all of them. */
  readonly bytes: number;
}

/** Calls that are told together. */
export interface FoldRow {
  readonly kind: 'fold';
  /**
   * `start-up`: what a language's runtime asks before its first read or write; `upkeep`: the same, later; `flood`: too many
   * to tell; `earlier`: went by so long ago that the page no longer keeps each.
   */
  readonly why: 'start-up' | 'upkeep' | 'flood' | 'earlier';
  /** Number of the first call. */
  readonly id: number;
  readonly module: number;
  readonly since: number;
  readonly until: number;
  readonly calls: number;
  readonly kinds: readonly FoldedKind[];
}

export type TraceRow = CallRow | FoldRow;

/** What the reader did. */
export type Act =
  | { readonly kind: 'typed'; readonly at: number; readonly text: string; readonly bytes: number }
  | { readonly kind: 'closed'; readonly at: number }
  | { readonly kind: 'stopped'; readonly at: number };

/** Where the address of the count of moved bytes stands among a call's parameters (WASI preview1). */
const TRANSFERS: ReadonlyMap<string, number> = new Map([
  ['fd_read', 3],
  ['fd_write', 3],
  ['fd_pread', 4],
  ['fd_pwrite', 4],
]);

/** The index of the parameter that says where the count of moved bytes goes; undefined for a call that moves none. */
export function countParamOf(name: string): number | undefined {
  return TRANSFERS.get(name);
}

/** @param room bytes that the call's buffers hold, if that is known */
export function outcomeOf(name: string, end: CallEnd, room: number | undefined): Outcome {
  if (end.kind !== 'returned') return end.kind;
  if (end.errno !== 0) return 'error';
  if (end.bytes === undefined) return 'done';
  const reads = name === 'fd_read' || name === 'fd_pread';
  return reads && end.bytes === 0 && room !== 0 ? 'eof' : 'data';
}

/** What a row's call came to; undefined while it has not returned. */
export function outcomeOfRow({ name, args, end }: CallRow): Outcome | undefined {
  return (
    end &&
    outcomeOf(
      name,
      end,
      args.buffers?.reduce((sum, size) => sum + size, 0),
    )
  );
}

/** A run that was recorded natively: one plugin of an `examples/<name>/trace.json`. Times count from the first call. */
export interface RecordedRun {
  readonly ended: number;
  /** Undefined for a run that was stopped. */
  readonly status?: number;
  readonly acts: readonly Act[];
  readonly calls: readonly RecordedCall[];
  /** The plugin would have gone on for ever. */
  readonly cut?: boolean;
}

/** A call as it was written down: what is not known is left out. */
export interface RecordedCall extends Omit<CallRow, 'args' | 'fd' | 'until' | 'end'> {
  readonly args: RecordedArgs;
  readonly fd?: number;
  readonly until?: number;
  readonly end?: RecordedEnd;
}

interface RecordedArgs extends Omit<CallArgs, 'polled'> {
  /** In the notation of `examples/internal/traced`: `500 ms`, `until a time`, `read fd 0`, `write fd 1`, `unknown 3`. */
  readonly polled?: readonly string[];
}

type RecordedEnd =
  | { readonly kind: 'returned'; readonly errno: number; readonly bytes?: number; readonly data?: readonly number[] }
  | { readonly kind: 'exit'; readonly code: number }
  | { readonly kind: 'broken' };

/** An `examples/<name>/trace.json`. */
export interface TraceRecording {
  /** Go's name of the operating system, e.g. `linux`. */
  readonly os: string;
  /** E.g. `v1.12.0`. */
  readonly wazero: string;
  /** What recorded it. */
  readonly command: string;
  /** By the plugin's language. */
  readonly plugins: Readonly<Record<string, RecordedRun>>;
}

/** A call's parameters out of a recording. @throws Error for a notation that is not known */
export function argsOfRecording({ polled, ...args }: RecordedArgs): CallArgs {
  return polled === undefined ? args : { ...args, polled: polled.map(polledEvent) };
}

function polledEvent(written: string): PolledEvent {
  if (written === 'until a time') return { kind: 'time' };
  const found = /^(?:(?<ms>[\d.e+]+) ms|(?<kind>read|write) fd (?<fd>\d+)|unknown (?<tag>\d+))$/u.exec(written)?.groups;
  if (found?.['ms'] !== undefined) return { kind: 'sleep', ms: Number(found['ms']) };
  if (found?.['tag'] !== undefined) return { kind: 'unknown', tag: Number(found['tag']) };
  if (found === undefined) {
    throw new Error(
      `trace: expected what a poll waits for, like "500 ms" or "read fd 0", found ${JSON.stringify(written)}`,
    );
  }
  return { kind: found['kind'] === 'read' ? 'read' : 'write', fd: Number(found['fd']) };
}
