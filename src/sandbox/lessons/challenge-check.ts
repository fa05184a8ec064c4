import { words } from '#words/lessons';
import { words as numbers } from '#words/numbers';
import { outcomeOfRow, type CallRow, type Outcome } from '../../protocol/trace.ts';
import { verbatim } from '../run/verbatim.ts';
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
  /** One sentence for the reader; what is no language in it is fenced, see `verbatim.ts`. */
  readonly text: string;
  /** The call that decides. */
  readonly proof: CallRow | undefined;
}

const { challenge: said } = words;

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
  const proof = rows.findLast((row): row is CallRow => row.kind === 'call');
  if (count > mostActs) return { state: 'missed', text: said.tooManyActs(count, mostActs), proof };
  if (outcome === undefined) return { state: 'open', text: said.acts(count, mostActs), proof: undefined };
  if (outcome.kind !== 'exited') return { state: 'missed', text: said.noExit, proof };
  if (outcome.status !== status) return { state: 'missed', text: said.otherStatus(outcome.status, status), proof };
  return { state: 'reached', text: said.exited(status, count, mostActs), proof };
}

function checkStuck(
  { milliseconds }: ChallengeGoal & { kind: 'stuck' },
  { acts, outcome, rows }: TraceOfRun,
  now: number,
): ChallengeProgress {
  if (acts.some(({ kind }) => kind === 'closed')) {
    return { state: 'missed', text: said.closed, proof: undefined };
  }
  const open = rows.findLast((row): row is CallRow => row.kind === 'call' && row.until === undefined);
  if (outcome !== undefined) return { state: 'missed', text: said.over, proof: open };
  if (open === undefined) return { state: 'open', text: said.inNoCall, proof: undefined };
  if (now - open.since < milliseconds) return { state: 'open', text: said.waits(verbatim(open.name)), proof: open };
  return { state: 'reached', text: said.stuck(verbatim(open.name), milliseconds), proof: open };
}

function checkFreed({ acts, outcome, rows }: TraceOfRun): ChallengeProgress {
  if (acts.some(({ kind }) => kind === 'typed')) {
    return { state: 'missed', text: said.typed, proof: undefined };
  }
  const waited = rows.findLast(
    (row): row is CallRow => row.kind === 'call' && row.until !== undefined && row.until - row.since >= SEEN_WAIT_MS,
  );
  if (outcome === undefined) return { state: 'open', text: said.stillThere, proof: undefined };
  if (outcome.kind !== 'exited') return { state: 'missed', text: said.noExit, proof: undefined };
  if (waited === undefined) return { state: 'missed', text: said.neverWaited, proof: undefined };
  return { state: 'reached', text: said.freed(verbatim(waited.name)), proof: waited };
}

function checkReads({ outcomes }: ChallengeGoal & { kind: 'reads' }, { outcome, rows }: TraceOfRun): ChallengeProgress {
  const reads = rows.filter((row): row is CallRow => row.kind === 'call' && row.name === 'fd_read' && row.fd === 0);
  const found = reads.flatMap((row) => outcomeOfRow(row) ?? []);
  const proof = reads.at(-1);
  const text = sayReads(found, said.noRead, said.reads);
  if (found.some((one, index) => one !== outcomes[index])) return { state: 'missed', text, proof };
  if (outcome === undefined) return { state: 'open', text, proof: undefined };
  if (found.length < outcomes.length || outcome.kind !== 'exited' || outcome.status !== 0) {
    return { state: 'missed', text: sayReads(found, said.noReadAndOver, said.readsAndOver), proof };
  }
  return { state: 'reached', text, proof };
}

function sayReads(found: readonly Outcome[], none: string, some: (outcomes: string) => string): string {
  return found.length === 0 ? none : some(numbers.list(found.map((one) => said.outcomes[one])));
}
