import { words } from '#words/timeline';
import { outcomeOfRow, type CallRow } from '../../protocol/trace.ts';
import { verbatim } from '../run/verbatim.ts';
import type { TraceOfRun } from '../trace/trace-store.ts';
import { callName, resultOf } from './words.ts';

/** A difference shorter than this is a matter of luck, not of streams. */
const WAITED_MS = 50;

/** Two runs, and where they part. */
export interface Parting {
  /** For the reader; what is no language in it is fenced, see `verbatim.ts`. */
  readonly text: string;
  /** The call of each that parts them. */
  readonly calls: readonly CallRow[];
}

/** One of two runs. */
export interface ComparedRun {
  readonly label: string;
  readonly trace: TraceOfRun;
}

/**
 * Says in words where two runs of one plugin part: the first call of which one waited and the other did not, or that came to
 * something else. @param now on the clock of the traces
 */
export function findParting(left: ComparedRun, right: ComparedRun, now: number): Parting {
  const [ours, theirs] = [callsOf(left), callsOf(right)];
  for (let index = 0; index < Math.max(ours.length, theirs.length); index += 1) {
    const [one, other] = [ours[index], theirs[index]];
    if (one === undefined || other === undefined) return { text: sameSoFar(index), calls: [] };
    if (kindOf(one, now) === kindOf(other, now)) continue;
    // A call that has only begun may still come to the same.
    if (isFresh(one, now) || isFresh(other, now)) return { text: sameSoFar(index), calls: [] };
    const text = words.parting.parts(index + 1, describe(left, one, now), describe(right, other, now));
    return { text, calls: [one, other] };
  }
  return { text: sameSoFar(ours.length), calls: [] };
}

function callsOf({ trace }: ComparedRun): CallRow[] {
  return trace.rows.filter((row): row is CallRow => row.kind === 'call');
}

function hasWaited(row: CallRow, now: number): boolean {
  return (row.until ?? now) - row.since >= WAITED_MS && row.name !== 'fd_write';
}

function isFresh(row: CallRow, now: number): boolean {
  return row.until === undefined && !hasWaited(row, now);
}

function kindOf(row: CallRow, now: number): string {
  return `${callName(row)} ${hasWaited(row, now) ? 'waited' : (outcomeOfRow(row) ?? 'open')}`;
}

function describe({ label, trace }: ComparedRun, row: CallRow, now: number): string {
  const { parting } = words;
  const call = verbatim(callName(row));
  const took = (row.until ?? now) - row.since;
  const ended = trace.endedAt !== undefined;
  if (row.end === undefined) {
    return ended ? parting.neverReturned(label, call, took) : parting.waits(label, call);
  }
  const result = resultOf(row, ended);
  return hasWaited(row, now) ? parting.waited(label, call, took, result) : parting.atOnce(label, call, result);
}

function sameSoFar(calls: number): string {
  return calls === 0 ? words.parting.noCall : words.parting.sameSoFar(calls);
}
