/** A run in words: a moment of it, a row of it, and all of its rows as text. */
import { words } from '#words/timeline';
import { withoutFences } from '../run/verbatim.ts';
import type { TimelineModel, TimelineRow } from './model.ts';
import { levelAt } from './streams.ts';
import { moment } from './words.ts';

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
