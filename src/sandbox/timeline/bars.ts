import { words } from '#words/timeline';
import type { StreamKind } from '../../protocol/sandbox-data.ts';
import { outcomeOfRow, type FoldRow, type Outcome, type TraceRow } from '../../protocol/trace.ts';
import { duration, resultOf } from './words.ts';

/** From this length on a call counts as one that waited; shorter, it only took its time. The others never wait. */
const WAITED_MS: readonly (readonly [suffix: string, ms: number])[] = [
  ['read', 10],
  ['poll_oneoff', 10],
  ['recv', 10],
  ['accept', 10],
  ['write', 50],
];

/** These streams have their answer at once, however long a busy machine takes to give it. */
const NEVER_WAIT: ReadonlySet<StreamKind | undefined> = new Set<StreamKind>(['buffer', 'nothing']);

/** What a bar looks like; `waiting` has not returned, `cut` never will. `eof-flood` is one of reads that met EOF. */
export type BarShape = 'waiting' | 'cut' | 'write' | 'eof-flood' | FoldRow['why'] | Outcome;

/** Calls that are told together. */
export const BLOCKS: ReadonlySet<BarShape> = new Set(['start-up', 'upkeep', 'flood', 'eof-flood', 'earlier']);
/** Never left out in a crowd. */
export const LOUD: ReadonlySet<BarShape> = new Set(['eof', 'error', 'exit', 'broken', 'cut']);

/** A call, or calls that are told together. Times are milliseconds since the plugin's first call. */
export interface Bar {
  readonly key: string;
  readonly from: number;
  readonly to: number;
  readonly shape: BarShape;
  /** It waited, so that the length of the bar says something. */
  readonly waited: boolean;
  /** What is said inside a bar, the whole sentence first, and what is left of it where there is less room. */
  readonly labels: readonly string[];
  /** What it came to, which is said beside a call that did not wait. */
  readonly results: readonly string[];
}

/** When a run is over or now, and what is known of its plugin's stdin. */
export interface BarContext {
  readonly ended: boolean;
  readonly end: number;
  readonly stdin: StreamKind | undefined;
  readonly relative: (at: number) => number;
}

/** What a row looks like. */
export function shapeOf(row: TraceRow, ended: boolean): BarShape {
  if (row.kind === 'fold') return eofsIn(row) === undefined ? row.why : 'eof-flood';
  const outcome = outcomeOfRow(row);
  if (outcome === undefined) return ended ? 'cut' : 'waiting';
  return outcome === 'data' && row.name.endsWith('write') ? 'write' : outcome;
}

/** How many reads of a flood met EOF, if that is what it is about: besides what it wrote, the half of it. */
function eofsIn({ why, calls, kinds }: FoldRow): number | undefined {
  if (why !== 'flood' && why !== 'earlier') return undefined;
  const count = (is: (kind: FoldRow['kinds'][number]) => boolean): number =>
    kinds.reduce((sum, kind) => sum + (is(kind) ? kind.calls : 0), 0);
  const eofs = count(({ outcome }) => outcome === 'eof');
  const writes = count(({ name }) => name.endsWith('write'));
  return eofs > 0 && 2 * eofs >= calls - writes ? eofs : undefined;
}

/** The bar of a row. */
export function barOf(row: TraceRow, context: BarContext): Bar {
  const { ended, end, relative } = context;
  const key = `call-${String(row.id)}`;
  const position = { key, from: relative(row.since), to: relative(row.until ?? end), shape: shapeOf(row, ended) };
  if (row.kind === 'fold') return { ...position, waited: false, labels: labelsOfFold(row), results: [] };
  const took = (row.until ?? end) - row.since;
  const result = resultOf(row, ended);
  if (row.until === undefined) {
    const inShort = [words.callInShort(row.name, took), duration(took)];
    const labels = ended
      ? [words.callWaited(row.name, took, result), ...inShort]
      : [words.callWaits(row.name, took), ...inShort];
    return { ...position, waited: true, labels, results: ended ? [result] : [] };
  }
  const isLong = WAITED_MS.some(([suffix, least]) => row.name.endsWith(suffix) && took >= least);
  const neverWaits = row.name === 'fd_read' && row.fd === 0 && NEVER_WAIT.has(context.stdin);
  if (!isLong) return { ...position, waited: false, labels: [], results: [result] };
  if (neverWaits) {
    return { ...position, waited: false, labels: [], results: [words.callTook(row.name, took, result), result] };
  }
  const whole = words.callWaited(row.name, took, result);
  const inShort = [words.callInShort(row.name, took), duration(took)];
  // Of a wait with an end that must be seen, that end is the last to be left out.
  const labels = LOUD.has(position.shape) ? [whole, result] : [whole, ...inShort];
  return { ...position, waited: true, labels, results: [result] };
}

function labelsOfFold(row: FoldRow): string[] {
  const eofs = eofsIn(row);
  if (eofs !== undefined) return [words.eofs(eofs)];
  const calls = words.calls(row.calls);
  return row.why === 'start-up' ? [words.startUpCalls(row.calls), calls] : [calls];
}
