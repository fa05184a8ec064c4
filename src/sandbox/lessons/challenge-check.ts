import { outcomeOfRow, type CallRow } from '../../protocol/trace.ts';
import type { TraceOfRun } from '../trace/trace-store.ts';

/** What a challenge asks for; the trace says whether it is reached. */
export type ChallengeGoal =
  /** The run exits with this status, after at most so many acts. */
  | { readonly kind: 'exits'; readonly status: number; readonly mostActs: number }
  /** The plugin waits in one call for so long, and stdin is open. */
  | { readonly kind: 'stuck'; readonly milliseconds: number }
  /** The plugin waited, and was set free, and nothing was typed. */
  | { readonly kind: 'freed-without-typing' }
  /** The run exits 0, and the reads of the plugin's stdin came to these, in this order. */
  | { readonly kind: 'reads'; readonly outcomes: readonly ('data' | 'eof')[] };

/** How far a run is. */
export interface ChallengeProgress {
  readonly state: 'open' | 'reached' | 'missed';
  /** One sentence for the reader. */
  readonly text: string;
  /** The call that decides. */
  readonly proof: CallRow | undefined;
}

/** A wait that a reader can see. */
const SEEN_WAIT_MS = 500;

/** Judges a run. @param now on the clock of the trace */
export function checkChallenge(goal: ChallengeGoal, run: TraceOfRun, now: number): ChallengeProgress {
  switch (goal.kind) {
    case 'exits':
      return checkExit(goal, run);
    case 'stuck':
      return checkStuck(goal, run, now);
    case 'freed-without-typing':
      return checkFreed(run);
    case 'reads':
      return checkReads(goal, run);
  }
}

function checkExit(
  { status, mostActs }: ChallengeGoal & { kind: 'exits' },
  { acts, outcome, rows }: TraceOfRun,
): ChallengeProgress {
  const count = acts.filter(({ kind }) => kind !== 'stopped').length;
  const used = `${String(count)} of ${String(mostActs)} acts`;
  const proof = rows.findLast((row): row is CallRow => row.kind === 'call');
  if (count > mostActs)
    return { state: 'missed', text: `You used ${String(count)} acts, more than ${String(mostActs)}.`, proof };
  if (outcome === undefined) return { state: 'open', text: `You have used ${used}.`, proof: undefined };
  if (outcome.kind !== 'exited') return { state: 'missed', text: 'The run did not exit by itself.', proof };
  if (outcome.status !== status) {
    return { state: 'missed', text: `It exited ${String(outcome.status)}, not ${String(status)}.`, proof };
  }
  return { state: 'reached', text: `It exited ${String(status)} after ${used}.`, proof };
}

function checkStuck(
  { milliseconds }: ChallengeGoal & { kind: 'stuck' },
  { acts, outcome, rows }: TraceOfRun,
  now: number,
): ChallengeProgress {
  if (acts.some(({ kind }) => kind === 'closed')) {
    return { state: 'missed', text: 'You closed stdin, so that the wait had an end.', proof: undefined };
  }
  const open = rows.findLast((row): row is CallRow => row.kind === 'call' && row.until === undefined);
  if (outcome !== undefined) return { state: 'missed', text: 'The run is over.', proof: open };
  if (open === undefined) return { state: 'open', text: 'The plugin is not in a call.', proof: undefined };
  if (now - open.since < milliseconds) return { state: 'open', text: `The plugin waits in ${open.name}.`, proof: open };
  const seconds = (milliseconds / 1000).toFixed(0);
  return { state: 'reached', text: `The plugin has been in ${open.name} for ${seconds} seconds.`, proof: open };
}

function checkFreed({ acts, outcome, rows }: TraceOfRun): ChallengeProgress {
  if (acts.some(({ kind }) => kind === 'typed')) {
    return { state: 'missed', text: 'You typed something.', proof: undefined };
  }
  const waited = rows.findLast(
    (row): row is CallRow => row.kind === 'call' && row.until !== undefined && row.until - row.since >= SEEN_WAIT_MS,
  );
  if (outcome === undefined) return { state: 'open', text: 'The plugin is still there.', proof: undefined };
  if (outcome.kind !== 'exited') return { state: 'missed', text: 'The run did not exit by itself.', proof: undefined };
  if (waited === undefined) {
    return {
      state: 'missed',
      text: 'It never waited for half a second, so there was nothing to free it from.',
      proof: undefined,
    };
  }
  return { state: 'reached', text: `The plugin came out of ${waited.name}, and you typed nothing.`, proof: waited };
}

function checkReads({ outcomes }: ChallengeGoal & { kind: 'reads' }, { outcome, rows }: TraceOfRun): ChallengeProgress {
  const reads = rows.filter((row): row is CallRow => row.kind === 'call' && row.name === 'fd_read' && row.fd === 0);
  const found = reads.flatMap((row) => outcomeOfRow(row) ?? []);
  const proof = reads.at(-1);
  const words = found.length === 0 ? 'No read has returned' : `The reads came to ${sayReads(found)}`;
  if (found.some((one, index) => one !== outcomes[index])) return { state: 'missed', text: `${words}.`, proof };
  if (outcome === undefined) return { state: 'open', text: `${words}.`, proof: undefined };
  if (found.length < outcomes.length || outcome.kind !== 'exited' || outcome.status !== 0) {
    return { state: 'missed', text: `${words}, and then the run was over.`, proof };
  }
  return { state: 'reached', text: `${words}.`, proof };
}

function sayReads(outcomes: readonly string[]): string {
  return outcomes.map((one) => (one === 'eof' ? 'EOF' : one)).join(', ');
}
