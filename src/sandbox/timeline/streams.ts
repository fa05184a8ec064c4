import { words } from '#words/timeline';
import type { StreamKind } from '../../protocol/sandbox-data.ts';
import type { TraceRow } from '../../protocol/trace.ts';
import type { TraceOfRun } from '../trace/trace-store.ts';

/** The plugin's stdin from the reader's end to the plugin's. */
export interface StreamLane {
  readonly label: string;
  /** It has two ends, of which one can be closed. */
  readonly isPipe: boolean;
  /** Bytes on their way, from each moment on; the first is at 0. */
  readonly levels: readonly Moved[];
  /** When the reader closed it. */
  readonly closedAt: number | undefined;
  /** Who holds the writing end, and who the reading end, now. */
  readonly ends: string;
}

/** The plugin's stdout, where it is a pipe to the host. */
export interface OutputLane {
  readonly label: string;
  /** What came through it. */
  readonly writes: readonly Moved[];
}

interface Moved {
  readonly at: number;
  readonly bytes: number;
}

const STDIN = 0;
const STDOUT = 1;

/** The lane of the plugin's stdin. @param relative a moment of the trace as one of the timeline */
export function makeStream(
  run: TraceOfRun,
  kind: StreamKind | undefined,
  relative: (at: number) => number,
): StreamLane {
  const closed = run.acts.find((act) => act.kind === 'closed');
  const closedAt = closed && relative(closed.at);
  const changes = [
    ...run.acts.flatMap((act) => (act.kind === 'typed' ? [{ at: relative(act.at), bytes: act.bytes }] : [])),
    ...run.rows.flatMap((row) =>
      movedBy(row, 'fd_read', STDIN).map(({ at, bytes }) => ({ at: relative(at), bytes: -bytes })),
    ),
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
    isPipe: kind === 'pipe',
    levels,
    closedAt,
    ends: endsOf(run, kind, closedAt !== undefined),
  };
}

/** The lane of the plugin's stdout. @param relative as above */
export function makeOutput({ rows }: TraceOfRun, relative: (at: number) => number): OutputLane {
  const writes = rows.flatMap((row) =>
    movedBy(row, 'fd_write', STDOUT).map(({ at, bytes }) => ({ at: relative(at), bytes })),
  );
  return { label: words.pipedStdout, writes };
}

/** What the calls of a row moved through a descriptor. */
function movedBy(row: TraceRow, name: string, fd: number): Moved[] {
  if (row.kind === 'fold') {
    const bytes = row.kinds.reduce((sum, kind) => sum + (kind.name === name && kind.fd === fd ? kind.bytes : 0), 0);
    return bytes > 0 ? [{ at: row.until, bytes }] : [];
  }
  const { until, end } = row;
  if (row.name !== name || row.fd !== fd || until === undefined || end?.kind !== 'returned') return [];
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
