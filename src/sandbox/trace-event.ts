import type { TraceOfRun } from './timeline/trace-store.ts';

/** Goes up from a sandbox's live part when its trace has changed: a run began, a call, an act, the end. */
export const TRACE_EVENT = 'plugin-trace';

/** What can be done to the timeline of a sandbox from outside. */
export interface MarkableTimeline {
  /** Marks rows, by `keyOf`. */
  mark(keys: Iterable<string>): void;
}

export interface TraceEventDetail {
  /** Of the latest run; another object for each run. */
  readonly trace: TraceOfRun;
  readonly timeline: MarkableTimeline;
}
