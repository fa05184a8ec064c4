/** How the lanes, the table and the copied text say what a trace holds: the codes of the trace find their words here. */
import { words as numbers } from '#words/numbers';
import { words } from '#words/timeline';
import { outcomeOfRow, type Act, type CallRow, type FoldedKind, type FoldRow } from '../../protocol/trace.ts';
import { errnoName } from './errno-name.ts';
import { polledName } from './polled-name.ts';

/** A length of time, with as many digits as a reader can use. @param ms milliseconds */
export function duration(ms: number): string {
  return numbers.duration(ms);
}

/** A moment of a run. @param ms milliseconds since its start */
export function moment(ms: number): string {
  return numbers.moment(ms);
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
  return words.quoted(shown, data.length < all);
}

/** `fd_read(0)`. */
export function callName({ name, fd }: { readonly name: string; readonly fd: number | undefined }): string {
  return `${name}(${fd === undefined ? '' : String(fd)})`;
}

/** What a call came to. @param ended the run is over, so what is open stays so */
export function resultOf(row: CallRow, ended: boolean): string {
  const { end } = row;
  const { results } = words;
  if (end === undefined) return ended ? results.neverReturned : results.open;
  switch (end.kind) {
    case 'exit':
      return results.exit(end.code);
    case 'broken':
      return results.broken;
    case 'returned':
      if (end.errno !== 0) return errnoName(end.errno);
      if (outcomeOfRow(row) === 'eof') return results.eof;
      return end.bytes === undefined ? results.ok : words.bytes(end.bytes);
  }
}

/** The parameters of a call that a reader can use. What a write had to write is its result. */
export function argsOf({ name, args }: CallRow): string {
  if (name.endsWith('write')) return '';
  if (args.buffers !== undefined && args.buffers.length > 0) return words.args.room(args.buffers);
  if (args.polled !== undefined && args.polled.length > 0) return words.args.polled(args.polled.map(polledName));
  return '';
}

export function foldReason({ why }: FoldRow): string {
  return words.folds[why];
}

/** Puts what is no language into a sentence: as it is, or fenced, see `verbatim.ts`. */
type Quote = (text: string) => string;
const asItIs: Quote = (text) => text;

/** `fd_read(0) ×1,204 = EOF, fd_write(1) ×1,204`. */
export function foldKinds(kinds: readonly FoldedKind[], quote = asItIs): string {
  return words.allKinds(kinds.map((kind) => words.kinds[kind.outcome](quote(callName(kind)), kind.calls)));
}

/** The first bytes of a typed text, for a preview. */
export function previewOfTyped(text: string, bytes: number, most: number): string {
  return preview([...new TextEncoder().encode(text).subarray(0, most)], bytes);
}

/** What the reader did: in the table. */
export function actName(act: Act, quote = asItIs): string {
  switch (act.kind) {
    case 'typed':
      return words.acts.typed(quote(previewOfTyped(act.text, act.bytes, 48)));
    case 'closed':
      return words.acts.closed;
    case 'stopped':
      return words.acts.stopped;
  }
}
