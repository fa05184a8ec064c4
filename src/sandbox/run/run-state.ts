import type { HostDoing, TraceSummary } from '../../protocol/messages.ts';
import type { StreamKind } from '../../protocol/sandbox-data.ts';
import type { LoadProgress } from './load-program.ts';
import type { RunOutcome } from './run.ts';

/** A `proc_exit` of the plugin. */
export interface PluginExit {
  /** From 0 to 2^32 - 1. */
  readonly code: number;
  /** Which of the run's calls it was, counted from 1. */
  readonly call: number;
}

/** What is known of a program before it runs. */
export interface ProgramFacts {
  /** What the host gives its plugin as stdin; undefined where that is not known. */
  readonly stdin: StreamKind | undefined;
  /** Its plugin makes a call as soon as it runs, as Go's runtime does. */
  readonly callsAtOnce: boolean;
  /** Its plugin has exited with 0 once it no longer runs, also without `proc_exit`: C and Rust return from `main`. */
  readonly mayReturn: boolean;
  /** wazero has compiled the plugin before the example's `main`. */
  readonly isCompiled: boolean;
}

/** Everything that the chips of plugin and host are made from. */
export interface RunState {
  readonly phase: 'idle' | 'loading' | 'running' | 'ended' | 'replaying';
  /** How much has arrived, while loading. */
  readonly loaded: LoadProgress;
  /** What is done to the program before it can start, in a few words. */
  readonly step?: string;
  readonly program: ProgramFacts;
  readonly trace: TraceSummary | undefined;
  /** `trace.readsWithData` when `readsAtEof` last grew, so that data after an EOF ends the EOF state. */
  readonly readsWithDataAtEof: number;
  /** When the program's `main` was entered, or a call was last heard of; milliseconds since the Unix epoch. */
  readonly lastCallAt: number;
  readonly host: HostDoing;
  readonly pluginExit: PluginExit | undefined;
  readonly outcome: RunOutcome | undefined;
}

/** A sandbox before its first run. */
export const IDLE: RunState = {
  phase: 'idle',
  loaded: { bytes: 0, of: 0, wire: 0 },
  program: { stdin: undefined, callsAtOnce: false, mayReturn: false, isCompiled: false },
  trace: undefined,
  readsWithDataAtEof: 0,
  lastCallAt: Infinity,
  host: { readsStdin: false, isParked: false },
  pluginExit: undefined,
  outcome: undefined,
};

/** What a message of the trace tells. */
export interface TraceTold {
  readonly summary: TraceSummary;
  readonly host: HostDoing;
  readonly pluginExit: PluginExit | undefined;
}

/** The state after another message of the trace, which came at `now`. */
export function withTrace(state: RunState, { summary, host, pluginExit }: TraceTold, now: number): RunState {
  const moreEof = summary.readsAtEof > (state.trace?.readsAtEof ?? 0);
  const readsWithDataAtEof = moreEof ? summary.readsWithData : state.readsWithDataAtEof;
  return { ...state, trace: summary, readsWithDataAtEof, lastCallAt: now, host, pluginExit };
}

/** The state after the host has read of its stdin. */
export function withStdinRead(state: RunState): RunState {
  return { ...state, host: { readsStdin: false, isParked: false } };
}

/** How often the plugin met EOF, if that is the last that it heard of its stdin; else 0. */
export function eofsOf({ trace, readsWithDataAtEof }: RunState): number {
  return trace?.readsWithData === readsWithDataAtEof ? trace.readsAtEof : 0;
}

/** The status with which the plugin has exited; undefined while it runs, and where nobody knows. */
export function pluginStatusOf({ trace, pluginExit, host, program, outcome }: RunState): number | undefined {
  if (trace === undefined || trace.calls === 0 || trace.pending !== undefined) return undefined;
  if (pluginExit?.call === trace.calls) return pluginExit.code;
  const isGone = outcome === undefined ? host.isParked : outcome.kind === 'exited' && outcome.status === 0;
  return program.mayReturn && isGone ? 0 : undefined;
}
