import { words } from '#words/run';
import type { TraceSummary } from '../../protocol/messages.ts';
import { explainExit } from './exit-cause.ts';
import { fencedFailure } from './run-failure.ts';
import type { RunOutcome } from './run.ts';
import { verbatim } from './verbatim.ts';

/** What a sandbox is doing; the value of `data-state`. */
export type StateName =
  'idle' | 'loading' | 'running' | 'waiting' | 'eof' | 'exited' | 'stopped' | 'failed' | 'replaying';

/** Everything the state line is made from. */
export interface RunState {
  readonly phase: 'idle' | 'loading' | 'running' | 'ended' | 'replaying';
  /** Bytes that arrived and bytes in all, while loading. */
  readonly loaded: { readonly bytes: number; readonly of: number };
  /** What is done to the program before it can start, in a few words. */
  readonly step?: string;
  readonly trace: TraceSummary | undefined;
  /** `trace.readsWithData` when `readsAtEof` last grew, so that data after an EOF ends the EOF state. */
  readonly readsWithDataAtEof: number;
  /** When the program's `main` was entered, or a call was last heard of; milliseconds since the Unix epoch. */
  readonly lastCallAt: number;
  /** The host waits for stdin, and its plugin is in no call. */
  readonly hostWaits: boolean;
  readonly outcome: RunOutcome | undefined;
}

/** A sandbox before its first run. */
export const IDLE: RunState = {
  phase: 'idle',
  loaded: { bytes: 0, of: 0 },
  trace: undefined,
  readsWithDataAtEof: 0,
  lastCallAt: Infinity,
  hostWaits: false,
  outcome: undefined,
};

/** The state after another trace summary, which came at `now`. */
export function withTrace(state: RunState, trace: TraceSummary, now: number): RunState {
  const moreEof = trace.readsAtEof > (state.trace?.readsAtEof ?? 0);
  const readsWithDataAtEof = moreEof ? trace.readsWithData : state.readsWithDataAtEof;
  return { ...state, trace, readsWithDataAtEof, lastCallAt: now, hostWaits: false };
}

/** A run without calls for so long is told as such: it may compute, and it may loop for ever. */
const QUIET_MS = 2000;

const BYTES_PER_MB = 1e6;

const { states } = words;

/** What a sandbox says of its state. What is no language in the sentences is fenced, see `verbatim.ts`. */
export interface DescribedState {
  readonly name: StateName;
  readonly text: string;
  /** What is read aloud: without numbers that only grow, so that it is said once. */
  readonly spoken: string;
}

/** Describes a state. @param now milliseconds since the Unix epoch, as in `PendingCall.since` */
export function describeState(state: RunState, now: number): DescribedState {
  switch (state.phase) {
    case 'idle':
      return described('idle', states.idle);
    case 'loading': {
      const { bytes, of } = state.loaded;
      if (of === 0 || bytes >= of) return described('loading', state.step ?? states.starting);
      const percent = Math.floor((100 * bytes) / of);
      return described('loading', states.loading(percent, of / BYTES_PER_MB), states.loadingAloud);
    }
    case 'replaying':
      return described('replaying', states.replaying);
    case 'ended':
      return describeOutcome(state.outcome);
    case 'running':
      return describeRunning(state, now);
  }
}

function described(name: StateName, text: string, spoken = text): DescribedState {
  return { name, text, spoken };
}

function describeOutcome(outcome: RunOutcome | undefined): DescribedState {
  switch (outcome?.kind) {
    case 'exited': {
      const cause = outcome.trace && explainExit(outcome.status, outcome.trace, verbatim);
      const { status } = outcome;
      return described('exited', cause === undefined ? states.exited(status) : states.exitedBecause(status, cause));
    }
    case 'failed':
      return described('failed', fencedFailure(outcome.failure));
    case 'stopped':
    case undefined:
      return described('stopped', states.stopped);
  }
}

function describeRunning(state: RunState, now: number): DescribedState {
  const { trace } = state;
  if (trace?.pending !== undefined) {
    const call = verbatim(trace.pending.name);
    const seconds = Math.max(0, now - trace.pending.since) / 1000;
    return described('waiting', states.waiting(call, seconds), states.waitingAloud(call));
  }
  if (state.hostWaits) return described('waiting', states.hostWaits);
  if (trace !== undefined && trace.readsAtEof > 0 && trace.readsWithData === state.readsWithDataAtEof) {
    return described('eof', states.eof(trace.readsAtEof), states.eofAloud);
  }
  const quiet = now - state.lastCallAt;
  return described('running', quiet < QUIET_MS ? states.running : states.quiet(quiet / 1000), states.running);
}
