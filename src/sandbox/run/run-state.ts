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

const megabytes = (bytes: number): string => (bytes / 1e6).toFixed(1);

/**
 * Name and text of the state line; what is no language in the text is fenced, see `verbatim.ts`.
 * @param now milliseconds since the Unix epoch, as in `PendingCall.since`
 */
export function describeState(state: RunState, now: number): { name: StateName; text: string } {
  switch (state.phase) {
    case 'idle':
      return { name: 'idle', text: 'Not started' };
    case 'loading': {
      const { bytes, of } = state.loaded;
      if (of === 0 || bytes >= of) return { name: 'loading', text: state.step ?? 'starting' };
      const percent = Math.floor((100 * bytes) / of);
      return { name: 'loading', text: `loading ${String(percent)} % of ${megabytes(of)} MB` };
    }
    case 'replaying':
      return { name: 'replaying', text: 'replaying the recorded session' };
    case 'ended':
      return describeOutcome(state.outcome);
    case 'running':
      return describeRunning(state, now);
  }
}

function describeOutcome(outcome: RunOutcome | undefined): { name: StateName; text: string } {
  switch (outcome?.kind) {
    case 'exited': {
      const cause = outcome.trace && explainExit(outcome.status, outcome.trace, verbatim);
      const status = `exited ${String(outcome.status)}`;
      return { name: 'exited', text: cause === undefined ? status : `${status} · ${cause}` };
    }
    case 'failed':
      return { name: 'failed', text: fencedFailure(outcome.failure) };
    case 'stopped':
    case undefined:
      return { name: 'stopped', text: 'stopped' };
  }
}

function describeRunning(state: RunState, now: number): { name: StateName; text: string } {
  const { trace } = state;
  if (trace?.pending !== undefined) {
    const seconds = Math.max(0, now - trace.pending.since) / 1000;
    return { name: 'waiting', text: `waiting in ${trace.pending.name}, ${seconds.toFixed(1)} s` };
  }
  if (state.hostWaits) return { name: 'waiting', text: 'waiting: the host reads stdin' };
  if (trace !== undefined && trace.readsAtEof > 0 && trace.readsWithData === state.readsWithDataAtEof) {
    return { name: 'eof', text: `EOF ×${trace.readsAtEof.toLocaleString('en')}` };
  }
  const quiet = now - state.lastCallAt;
  if (quiet < QUIET_MS) return { name: 'running', text: 'running' };
  return { name: 'running', text: `running, no call for ${(quiet / 1000).toFixed(1)} s` };
}
