import { outcomeOfRow, type CallRow } from '../../protocol/trace.ts';
import type { TraceOfRun } from '../trace/trace-store.ts';

/** What a reader can predict of a call. */
export type PredictedOutcome = 'data' | 'eof' | 'waits' | 'error';

/** The call that a prediction is about: the nth of its name. */
export interface PredictedCall {
  readonly name: string;
  readonly nth: number;
}

/** From this length on a call has waited. */
const WAITED_MS = 300;

/**
 * What became of the call; undefined while nobody can know. `waits` is said of a call that waited, whatever came later.
 * @param now on the clock of the trace
 */
export function predictedOutcome(
  { name, nth }: PredictedCall,
  { rows }: TraceOfRun,
  now: number,
): { readonly row: CallRow; readonly outcome: PredictedOutcome } | undefined {
  const row = rows.filter((candidate): candidate is CallRow => candidate.kind === 'call' && candidate.name === name)[
    nth - 1
  ];
  if (row === undefined) return undefined;
  if ((row.until ?? now) - row.since >= WAITED_MS) return { row, outcome: 'waits' };
  switch (outcomeOfRow(row)) {
    case 'data':
      return { row, outcome: 'data' };
    case 'eof':
      return { row, outcome: 'eof' };
    case 'error':
    case 'broken':
      return { row, outcome: 'error' };
    case 'done':
    case 'exit':
    case undefined:
      return undefined;
  }
}
