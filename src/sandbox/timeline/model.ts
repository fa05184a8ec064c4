/**
 * A run's trace as lanes and as a table: numbers and words, no DOM. What is drawn, told, copied and compared all comes from
 * here.
 */
import { words } from '#words/timeline';
import type { StreamKind } from '../../protocol/sandbox-data.ts';
import type { Act, CallRow, TraceRow } from '../../protocol/trace.ts';
import { verbatim } from '../run/verbatim.ts';
import type { TraceOfRun } from '../trace/trace-store.ts';
import { barOf, shapeOf, type Bar, type BarContext, type BarShape } from './bars.ts';
import { makeOutput, makeStream, type OutputLane, type StreamLane } from './streams.ts';
import {
  actName,
  argsOf,
  callName,
  duration,
  foldKinds,
  foldReason,
  preview,
  previewOfTyped,
  resultOf,
} from './words.ts';

/** What the reader did. */
export interface Mark {
  readonly key: string;
  readonly at: number;
  readonly kind: Act['kind'];
  readonly label: string;
  /** What is left of it where there is little room. */
  readonly short: string;
}

/** What is known of the host. */
export interface HostLane {
  /** When it waited for its own stdin. */
  readonly reading: readonly { readonly from: number; readonly to: number }[];
  readonly exit: { readonly at: number; readonly kind: 'done' | 'failed'; readonly label: string } | undefined;
}

export interface PluginLane {
  readonly module: number;
  readonly label: string;
  readonly bars: readonly Bar[];
}

/** One row of the table: a call, calls, or an act. What is no language in the texts is fenced, see `verbatim.ts`. */
export interface TimelineRow {
  readonly key: string;
  readonly at: number;
  /** When it was over; `at` for an act. */
  readonly to: number;
  /** Whose it is, and how that is said. */
  readonly by: 'you' | 'plugin';
  readonly who: string;
  readonly what: string;
  /** What of that is told on a line of the table. */
  readonly brief: string;
  /** Empty for an act. */
  readonly took: string;
  readonly result: string;
  /** What a row can be opened for; undefined for one that says all. */
  readonly more: string | undefined;
  /** For the look of the result. */
  readonly shape: BarShape | Act['kind'];
}

/** A run, ready to be shown. */
export interface TimelineModel {
  /** Milliseconds from the plugin's first call to the end, or to now. */
  readonly length: number;
  readonly ended: boolean;
  readonly you: readonly Mark[];
  /** Undefined where nothing is known of it. */
  readonly host: HostLane | undefined;
  readonly stream: StreamLane;
  readonly plugins: readonly PluginLane[];
  /** Undefined where the plugin's stdout is no pipe. */
  readonly output: OutputLane | undefined;
  /** In the order of their beginnings. */
  readonly rows: readonly TimelineRow[];
}

/** What a run's plugin is given. */
export interface Wiring {
  readonly stdin?: StreamKind | undefined;
  readonly pipesStdout?: boolean;
}

/** When a run's clock begins: with the plugin's first call, since how long a plugin takes to compile is not its story. */
export function zeroOf(run: TraceOfRun): number {
  return run.rows[0]?.since ?? run.startedAt;
}

/**
 * Makes the model.
 * @param now on the clock of the trace; of no account for a run that has ended
 * @param start where 0 is; by default at the plugin's first call
 */
export function makeTimeline(
  run: TraceOfRun,
  { stdin, pipesStdout = false }: Wiring,
  now: number,
  start = zeroOf(run),
): TimelineModel {
  const ended = run.endedAt !== undefined;
  const last = run.rows.reduce((latest, row) => Math.max(latest, row.until ?? row.since), start);
  const end = Math.max(run.endedAt ?? now, last);
  const relative = (at: number): number => Math.max(0, at - start);
  const context: BarContext = { ended, end, stdin, relative };

  const acts = run.acts.map((act, index) => ({ act, key: `act-${String(index + 1)}`, at: relative(act.at) }));
  const modules = [...new Set(run.rows.map((row) => row.module))].sort((a, b) => a - b);
  const laneName = (module: number): string => (modules.length > 1 ? words.pluginNumber(module) : words.plugin);

  const rows: TimelineRow[] = [
    ...acts.map(({ act, key, at }) => rowOfAct(act, key, at)),
    ...run.rows.map((row) => rowOfCalls(row, laneName(row.module), context)),
  ];

  return {
    length: end - start,
    ended,
    you: acts.map(({ act, key, at }) => ({ key, at, kind: act.kind, label: actLabel(act), short: shortActLabel(act) })),
    host: hostOf(run, end, relative),
    stream: makeStream(run, stdin, relative),
    plugins: modules.map((module) => ({
      module,
      label: laneName(module),
      bars: run.rows.filter((row) => row.module === module).map((row) => barOf(row, context)),
    })),
    output: pipesStdout ? makeOutput(run, relative) : undefined,
    // A stable sort: what was typed at the moment a call began comes first.
    rows: rows.sort((a, b) => a.at - b.at),
  };
}

export function keyOf({ id }: TraceRow): string {
  return `call-${String(id)}`;
}

function rowOfAct(act: Act, key: string, at: number): TimelineRow {
  const what = actName(act, verbatim);
  const result = act.kind === 'typed' ? words.bytes(act.bytes) : '';
  const position = { key, at, to: at, by: 'you', who: words.you, shape: act.kind } as const;
  return { ...position, what, brief: what, took: '', result, more: undefined };
}

function rowOfCalls(row: TraceRow, who: string, { ended, end, relative }: BarContext): TimelineRow {
  const position = {
    key: keyOf(row),
    at: relative(row.since),
    to: relative(row.until ?? end),
    by: 'plugin',
    who,
    took: duration((row.until ?? end) - row.since),
    shape: shapeOf(row, ended),
  } as const;
  if (row.kind === 'fold') {
    const kinds = foldKinds(row.kinds, verbatim);
    const brief = row.why === 'start-up' ? words.startUpCalls(row.calls) : words.calls(row.calls);
    const result = foldReason(row);
    return { ...position, what: words.foldedCalls(row.calls, kinds), brief, result, more: kinds };
  }
  const args = argsOf(row);
  const name = verbatim(callName(row));
  const what = args === '' ? name : words.args.of(name, args);
  // How much would fit into a buffer is nothing that a line has room for; what a poll waits for is.
  const brief = row.args.polled === undefined ? name : what;
  return { ...position, what, brief, result: withPreview(row, ended), more: undefined };
}

function withPreview(row: CallRow, ended: boolean): string {
  const { end } = row;
  const result = resultOf(row, ended);
  if (end?.kind === 'returned' && end.errno !== 0) return verbatim(result);
  if (end?.kind !== 'returned' || end.bytes === undefined || end.data.length === 0) return result;
  return words.results.withData(result, verbatim(preview(end.data, end.bytes)));
}

function hostOf(run: TraceOfRun, end: number, relative: (at: number) => number): HostLane | undefined {
  const { hostReading, outcome, endedAt } = run;
  const exit =
    outcome?.kind === 'exited' && endedAt !== undefined
      ? ({
          at: relative(endedAt),
          kind: outcome.status === 0 ? 'done' : 'failed',
          label: words.exited(outcome.status),
        } as const)
      : undefined;
  if (hostReading === undefined && exit === undefined) return undefined;
  const reading = (hostReading ?? []).map(({ since, until }) => ({
    from: relative(since),
    to: relative(until ?? end),
  }));
  return { reading, exit };
}

function actLabel(act: Act): string {
  switch (act.kind) {
    case 'typed':
      return words.acts.typedBytes(shortActLabel(act), act.bytes);
    case 'closed':
      return words.acts.closed;
    case 'stopped':
      return words.acts.stoppedInShort;
  }
}

function shortActLabel(act: Act): string {
  switch (act.kind) {
    case 'typed':
      return previewOfTyped(act.text, act.bytes, 24);
    case 'closed':
      return words.acts.closedInShort;
    case 'stopped':
      return words.acts.stoppedInShort;
  }
}
