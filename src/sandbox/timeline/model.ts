/**
 * A run's trace as lanes and as a table: numbers and words, no DOM. What is drawn, told, copied and compared all comes from
 * here.
 */
import { words } from '#words/timeline';
import {
  outcomeOfRow,
  type Act,
  type CallRow,
  type FoldRow,
  type Outcome,
  type TraceRow,
} from '../../protocol/trace.ts';
import type { StreamKind } from '../../protocol/sandbox-data.ts';
import { verbatim, withoutFences } from '../run/verbatim.ts';
import type { TraceOfRun } from '../trace/trace-store.ts';
import {
  actName,
  argsOf,
  callName,
  duration,
  foldKinds,
  foldReason,
  moment,
  preview,
  previewOfTyped,
  resultOf,
} from './words.ts';

/** From this length on a call counts as one that waited; shorter, it only took its time. The others never wait. */
const WAITED_MS: readonly (readonly [suffix: string, ms: number])[] = [
  ['read', 10],
  ['poll_oneoff', 10],
  ['recv', 10],
  ['accept', 10],
  ['write', 50],
];

/** What a bar looks like; `waiting` has not returned, `cut` never will. */
export type BarShape = 'waiting' | 'cut' | 'write' | FoldRow['why'] | Outcome;

/** A call, or calls that are told together. Times are milliseconds since the plugin's first call. */
export interface Bar {
  readonly key: string;
  readonly from: number;
  readonly to: number;
  readonly shape: BarShape;
  /** It took so long that the length of the bar says something. */
  readonly waited: boolean;
  /** The whole sentence, and what is left of it where there is little room. */
  readonly label: string;
  readonly short: string;
}

/** What the reader did. */
export interface Mark {
  readonly key: string;
  readonly at: number;
  readonly kind: Act['kind'];
  readonly label: string;
  /** What is left of it where there is little room. */
  readonly short: string;
}

/** The plugin's stdin from the reader's end to the plugin's. */
export interface StreamLane {
  readonly label: string;
  /** Bytes on their way, from each moment on; the first is at 0. */
  readonly levels: readonly { readonly at: number; readonly bytes: number }[];
  /** When the reader closed it. */
  readonly closedAt: number | undefined;
  /** Who holds the writing end, and who the reading end, now. */
  readonly ends: string;
}

export interface PluginLane {
  readonly module: number;
  readonly label: string;
  readonly bars: readonly Bar[];
}

/** One row of the table: a call, calls, or an act. What is no language in `what` and `result` is fenced, see `verbatim.ts`. */
export interface TimelineRow {
  readonly key: string;
  readonly at: number;
  /** When it was over; `at` for an act. */
  readonly to: number;
  /** Whose it is, and how that is said. */
  readonly by: 'you' | 'plugin';
  readonly who: string;
  readonly what: string;
  /** Empty for an act. */
  readonly took: string;
  readonly result: string;
  /** For the look of the result. */
  readonly shape: BarShape | Act['kind'];
}

/** A run, ready to be shown. */
export interface TimelineModel {
  /** Milliseconds from the plugin's first call to the end, or to now. */
  readonly length: number;
  readonly ended: boolean;
  readonly you: readonly Mark[];
  readonly stream: StreamLane;
  readonly plugins: readonly PluginLane[];
  /** In the order of their beginnings. */
  readonly rows: readonly TimelineRow[];
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
  stream: StreamKind | undefined,
  now: number,
  start = zeroOf(run),
): TimelineModel {
  const ended = run.endedAt !== undefined;
  const last = run.rows.reduce((latest, row) => Math.max(latest, row.until ?? row.since), start);
  const end = Math.max(run.endedAt ?? now, last);
  const relative = (at: number): number => Math.max(0, at - start);

  const acts = run.acts.map((act, index) => ({ act, key: `act-${String(index + 1)}`, at: relative(act.at) }));
  const modules = [...new Set(run.rows.map((row) => row.module))].sort((a, b) => a - b);
  const laneName = (module: number): string => (modules.length > 1 ? words.pluginNumber(module) : words.plugin);

  const rows: TimelineRow[] = [
    ...acts.map(({ act, key, at }): TimelineRow => ({
      key,
      at,
      to: at,
      by: 'you',
      who: words.you,
      what: actName(act, verbatim),
      took: '',
      result: act.kind === 'typed' ? words.bytes(act.bytes) : '',
      shape: act.kind,
    })),
    ...run.rows.map((row): TimelineRow => ({
      key: keyOf(row),
      at: relative(row.since),
      to: relative(row.until ?? end),
      by: 'plugin',
      who: laneName(row.module),
      what: whatOf(row),
      took: duration((row.until ?? end) - row.since),
      result: row.kind === 'fold' ? foldReason(row) : withPreview(row, ended),
      shape: shapeOf(row, ended),
    })),
  ];

  return {
    length: end - start,
    ended,
    you: acts.map(({ act, key, at }) => ({ key, at, kind: act.kind, label: actLabel(act), short: shortActLabel(act) })),
    stream: makeStream(run, stream, relative),
    plugins: modules.map((module) => ({
      module,
      label: laneName(module),
      bars: run.rows.filter((row) => row.module === module).map((row) => barOf(row, ended, end, relative)),
    })),
    // A stable sort: what was typed at the moment a call began comes first.
    rows: rows.sort((a, b) => a.at - b.at),
  };
}

export function keyOf({ id }: TraceRow): string {
  return `call-${String(id)}`;
}

function whatOf(row: TraceRow): string {
  if (row.kind === 'fold') return words.foldedCalls(row.calls, foldKinds(row.kinds, verbatim));
  const args = argsOf(row);
  const name = verbatim(callName(row));
  return args === '' ? name : words.args.of(name, args);
}

function withPreview(row: CallRow, ended: boolean): string {
  const { end } = row;
  const result = resultOf(row, ended);
  if (end?.kind === 'returned' && end.errno !== 0) return verbatim(result);
  if (end?.kind !== 'returned' || end.bytes === undefined || end.data.length === 0) return result;
  return words.results.withData(result, verbatim(preview(end.data, end.bytes)));
}

function shapeOf(row: TraceRow, ended: boolean): BarShape {
  if (row.kind === 'fold') return row.why;
  const outcome = outcomeOfRow(row);
  if (outcome === undefined) return ended ? 'cut' : 'waiting';
  return outcome === 'data' && row.name.endsWith('write') ? 'write' : outcome;
}

function hasWaited(name: string, took: number): boolean {
  return WAITED_MS.some(([suffix, least]) => name.endsWith(suffix) && took >= least);
}

function barOf(row: TraceRow, ended: boolean, end: number, relative: (at: number) => number): Bar {
  const took = (row.until ?? end) - row.since;
  const shape = shapeOf(row, ended);
  const waited = row.kind === 'call' && (row.until === undefined || hasWaited(row.name, took));
  const position = { key: keyOf(row), from: relative(row.since), to: relative(row.until ?? end), shape, waited };
  if (row.kind === 'fold') {
    const calls = words.calls(row.calls);
    const label = row.why === 'flood' ? words.foldedCalls(row.calls, foldKinds(row.kinds)) : calls;
    return { ...position, label, short: calls };
  }
  if (shape === 'waiting') return { ...position, label: words.callWaits(row.name, took), short: duration(took) };
  const result = resultOf(row, ended);
  return { ...position, label: waited ? words.callWaited(row.name, took, result) : result, short: result };
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

function makeStream(run: TraceOfRun, kind: StreamKind | undefined, relative: (at: number) => number): StreamLane {
  const closed = run.acts.find((act) => act.kind === 'closed');
  const closedAt = closed && relative(closed.at);
  const changes = [
    ...run.acts.flatMap((act) => (act.kind === 'typed' ? [{ at: relative(act.at), bytes: act.bytes }] : [])),
    ...run.rows.flatMap((row) => readsOf(row).map(({ at, bytes }) => ({ at: relative(at), bytes: -bytes }))),
  ].sort((a, b) => a.at - b.at);
  // What the plugin read and nobody typed was there from the start.
  let level = 0;
  let least = 0;
  for (const { bytes } of changes) {
    level += bytes;
    least = Math.min(least, level);
  }
  level = 0 - least;
  const levels = [{ at: 0, bytes: level }];
  for (const { at, bytes } of changes) {
    level += bytes;
    levels.push({ at, bytes: level });
  }
  return {
    label: words.streams[kind ?? 'unknown'],
    levels,
    closedAt,
    ends: endsOf(run, kind, closedAt !== undefined),
  };
}

/** What a row took out of the plugin's stdin. */
function readsOf(row: TraceRow): { readonly at: number; readonly bytes: number }[] {
  const fromStdin = (name: string, fd: number | undefined): boolean => name === 'fd_read' && fd === 0;
  if (row.kind === 'fold') {
    const bytes = row.kinds.reduce((sum, { name, fd, bytes: read }) => sum + (fromStdin(name, fd) ? read : 0), 0);
    return bytes > 0 ? [{ at: row.until, bytes }] : [];
  }
  const { name, fd, until, end } = row;
  if (!fromStdin(name, fd) || until === undefined || end?.kind !== 'returned') return [];
  return end.bytes === undefined || end.bytes === 0 ? [] : [{ at: until, bytes: end.bytes }];
}

function endsOf(run: TraceOfRun, kind: StreamKind | undefined, closed: boolean): string {
  const { ends } = words;
  const state = closed ? 'closed' : 'open';
  switch (kind) {
    case 'pipe':
      return (run.outcome === undefined ? ends.pipe : ends.pipeAfterRun)[state];
    case 'buffer':
    case 'nothing':
      return ends[kind];
    case 'terminal':
      return ends.terminal[state];
    case undefined:
      return ends.unknown[state];
  }
}

/** Bytes on their way at a moment. */
export function levelAt({ levels }: StreamLane, at: number): number {
  return levels.findLast((level) => level.at <= at)?.bytes ?? 0;
}

/** The row that a moment belongs to: one that begins or ends there, or is under way, or was the last before. */
export function rowAt({ rows }: TimelineModel, moment: number): TimelineRow | undefined {
  return (
    rows.findLast(({ at, to }) => at === moment || to === moment) ??
    rows.findLast(({ at, to }) => at <= moment && moment <= to) ??
    rows.findLast(({ at }) => at <= moment) ??
    rows[0]
  );
}

/** A moment in words: what the plugin is in, and what is on its way to it. Fenced as the rows are. */
export function describeMoment(model: TimelineModel, at: number): string {
  const { moments } = words;
  const calls = model.rows.filter(({ by, at: from }) => by === 'plugin' && from <= at);
  const open = calls.findLast(({ at: from, to }) => from <= at && at < to);
  const last = calls.findLast(({ to }) => to <= at);
  const plugin = ((): string => {
    if (open !== undefined) return moments.inCall(open.who, open.what, open.at);
    if (last === undefined) return moments.noCall;
    return moments.afterCall(last.who, last.what, last.result);
  })();
  const { closedAt } = model.stream;
  const state = closedAt !== undefined && closedAt <= at ? 'closed' : 'open';
  return moments[state](at, plugin, levelAt(model.stream, at));
}

/** A row in words, and its place among the others. Fenced as it is. */
export function describeRow({ rows, stream }: TimelineModel, row: TimelineRow): string {
  const { at, by, who, what, took, result } = row;
  const inStdin = levelAt(stream, row.to);
  const described = { index: rows.indexOf(row) + 1, of: rows.length, at, who, what, inStdin };
  return by === 'you' ? words.rows.act(described) : words.rows.call(described, took, result);
}

/** The table as aligned text. */
export function tableText({ rows }: TimelineModel): string {
  const cells = rows.map(({ at, who, what, took, result }) => [
    moment(at),
    who,
    withoutFences(what),
    took,
    withoutFences(result),
  ]);
  const all = [words.textColumns, ...cells];
  const widths = [0, 1, 2, 3].map((column) => Math.max(...all.map((line) => (line[column] ?? '').length)));
  return all
    .map((line) =>
      line
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
