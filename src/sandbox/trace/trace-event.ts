import type { TraceOfRun } from './trace-store.ts';

/** Goes up from a sandbox's live part when its trace has changed: a run began, a call, an act, the end. */
export const TRACE_EVENT = 'plugin-trace';

/** What can be done to the timeline of a sandbox from outside. */
export interface SharedTimeline {
  /** Marks rows, by `keyOf`. */
  mark(keys: Iterable<string>): void;
  /** Shows its run on one clock with those of other timelines, itself among them. */
  share(timelines: Iterable<SharedTimeline>): void;
}

export interface TraceEventDetail {
  /** Of the latest run; another object for each run. */
  readonly trace: TraceOfRun;
  readonly timeline: SharedTimeline;
}
