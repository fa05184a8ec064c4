/** What the lanes, the table and the copied text say; the same words in all three. */
import {
  outcomeOfRow,
  type Act,
  type CallRow,
  type FoldedKind,
  type FoldRow,
  type Outcome,
  type TraceRow,
} from '../../protocol/trace.ts';
import { errnoName } from './errno-name.ts';
import { polledName } from './polled-name.ts';

/** A length of time, with as many digits as a reader can use. @param ms milliseconds */
export function duration(ms: number): string {
  if (ms < 0.05) return '0 ms';
  if (ms < 9.95) return `${ms.toFixed(1)} ms`;
  if (ms < 999.5) return `${ms.toFixed(0)} ms`;
  if (ms < 9995) return `${(ms / 1000).toFixed(2)} s`;
  return `${(ms / 1000).toFixed(1)} s`;
}

/** A moment of a run. @param ms milliseconds since its start */
export function moment(ms: number): string {
  return `${(ms / 1000).toFixed(3)} s`;
}

export function count(n: number, noun: string): string {
  return `${n.toLocaleString('en')} ${noun}${n === 1 ? '' : 's'}`;
}

/** Bytes as text: a newline is ⏎, what is no text is its number. */
export function preview(data: readonly number[], all: number): string {
  if (data.length === 0) return '';
  // A character that was cut in the middle is left out.
  const text = new TextDecoder().decode(new Uint8Array(data), { stream: data.length < all });
  const shown = text
    .replaceAll('\n', '⏎')
    .replaceAll('\t', '⇥')
    .replaceAll(/[\p{Cc}�]/gu, '·');
  return `“${shown}${data.length < all ? '…' : ''}”`;
}

/** `fd_read(0)`. */
export function callName({ name, fd }: { readonly name: string; readonly fd: number | undefined }): string {
  return `${name}(${fd === undefined ? '' : String(fd)})`;
}

/** What a call came to. @param ended the run is over, so what is open stays so */
export function resultOf(row: CallRow, ended: boolean): string {
  const { end } = row;
  if (end === undefined) return ended ? 'never returned' : 'waiting';
  switch (end.kind) {
    case 'exit':
      return `exit ${String(end.code)}`;
    case 'broken':
      return 'broke down';
    case 'returned':
      if (end.errno !== 0) return errnoName(end.errno);
      if (outcomeOfRow(row) === 'eof') return '0 bytes = EOF';
      return end.bytes === undefined ? 'ok' : count(end.bytes, 'byte');
  }
}

/** The parameters of a call that a reader can use. What a write had to write is its result. */
export function argsOf({ name, args }: CallRow): string {
  if (name.endsWith('write')) return '';
  if (args.buffers !== undefined && args.buffers.length > 0) {
    return `up to ${args.buffers.map((size) => size.toLocaleString('en')).join(' + ')}`;
  }
  if (args.polled !== undefined && args.polled.length > 0) return args.polled.map(polledName).join(', ');
  return '';
}

const OUTCOME_WORDS: Readonly<Record<Outcome, string>> = {
  data: 'with data',
  eof: '= EOF',
  done: '',
  error: 'with an error',
  exit: '',
  broken: 'broke down',
};

const FOLD_WORDS: Readonly<Record<FoldRow['why'], string>> = {
  'start-up': 'start-up of the plugin’s language',
  upkeep: 'upkeep of the plugin’s language',
  flood: 'too many to show each',
  earlier: 'earlier calls',
};

export function foldReason({ why }: FoldRow): string {
  return FOLD_WORDS[why];
}

/** `fd_read(0) ×1,204 = EOF, fd_write(1) ×1,204`. */
export function foldKinds(kinds: readonly FoldedKind[]): string {
  return kinds
    .map((kind) => `${callName(kind)} ×${kind.calls.toLocaleString('en')} ${OUTCOME_WORDS[kind.outcome]}`.trimEnd())
    .join(', ');
}

/** What the reader did: in the table. */
export function actName(act: Act): string {
  switch (act.kind) {
    case 'typed':
      return `typed ${preview([...new TextEncoder().encode(act.text).subarray(0, 48)], act.bytes)}`;
    case 'closed':
      return 'closed stdin';
    case 'stopped':
      return 'stopped the run';
  }
}

/** A row in one line, for pointing at it. */
export function rowInWords(row: TraceRow, ended: boolean, now: number): string {
  const took = duration((row.until ?? now) - row.since);
  if (row.kind === 'fold') return `${count(row.calls, 'call')} in ${took}: ${foldReason(row)}`;
  if (row.end === undefined && !ended) return `waiting in ${row.name}, ${took}`;
  return `${callName(row)} took ${took}: ${resultOf(row, ended)}`;
}
