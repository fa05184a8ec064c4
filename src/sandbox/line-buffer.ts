import type { OutputStream } from '../protocol/messages.ts';

/** Where a piece of the log came from: the program, or the reader. */
export type LogStream = OutputStream | 'typed';

/** A piece of text of one stream. */
export interface LogPiece {
  readonly stream: LogStream;
  readonly text: string;
}

const NEWLINE = 10;

/** The position after the newline that has `lines - 1` newlines behind it, and how many newlines come before that position. */
function tailOf(bytes: Uint8Array, lines: number): { start: number; skipped: number } {
  let start = bytes.length;
  for (let found = 0; found <= lines; found += 1) {
    if (start === 0) return { start: 0, skipped: 0 };
    const newline = bytes.lastIndexOf(NEWLINE, start - 1);
    if (newline === -1) return { start: 0, skipped: 0 };
    if (found === lines) {
      start = newline + 1;
      break;
    }
    start = newline;
  }
  let skipped = 0;
  for (let at = bytes.indexOf(NEWLINE); at !== -1 && at < start; at = bytes.indexOf(NEWLINE, at + 1)) skipped += 1;
  return { start, skipped };
}

/**
 * The last lines of a run's output, as text. Bytes come in as the program wrote them, cut anywhere; each stream is decoded
 * by a decoder of its own, so that a character that arrives in two pieces is whole.
 */
export class LineBuffer {
  readonly #limit: number;
  readonly #decoders = new Map<OutputStream, TextDecoder>();
  /** Complete lines, and the last one, which may go on. */
  #lines: LogPiece[][] = [[]];
  #elided = 0;

  /** @param limit lines to keep */
  constructor(limit: number) {
    this.#limit = limit;
  }

  /** Lines that went by and are not kept. */
  get elided(): number {
    return this.#elided;
  }

  /** What is kept, neighbours of one stream joined. */
  get pieces(): LogPiece[] {
    return joinPieces(this.#lines.flat());
  }

  /** Takes bytes of the program. Returns the text that was kept of them. */
  appendBytes(stream: OutputStream, bytes: Uint8Array): string {
    const { start, skipped } = tailOf(bytes, this.#limit);
    if (start > 0) {
      // Everything before is out of sight: it is counted, not decoded. A newline is never inside a character.
      this.#decoders.delete(stream);
      this.#elided += this.#lines.length - 1 + skipped;
      this.#lines = [[]];
    }
    let decoder = this.#decoders.get(stream);
    if (decoder === undefined) {
      // A byte order mark is a character like any other here, wherever it stands.
      decoder = new TextDecoder('utf-8', { ignoreBOM: true });
      this.#decoders.set(stream, decoder);
    }
    const text = decoder.decode(bytes.subarray(start), { stream: true });
    this.append({ stream, text });
    return text;
  }

  /** Takes text. */
  append(piece: LogPiece): void {
    const parts = piece.text.split('\n');
    parts.forEach((part, index) => {
      const last = index === parts.length - 1;
      const text = last ? part : `${part}\n`;
      if (text !== '') this.#lines.at(-1)?.push({ stream: piece.stream, text });
      if (!last) this.#lines.push([]);
    });
    // The last line may be empty, and does not count then.
    const surplus = this.#lines.length - 1 - this.#limit;
    if (surplus > 0) {
      this.#lines.splice(0, surplus);
      this.#elided += surplus;
    }
  }
}

/** Joins neighbours of one stream. */
export function joinPieces(pieces: readonly LogPiece[]): LogPiece[] {
  const joined: { stream: LogStream; texts: string[] }[] = [];
  for (const { stream, text } of pieces) {
    const last = joined.at(-1);
    if (last?.stream === stream) last.texts.push(text);
    else joined.push({ stream, texts: [text] });
  }
  return joined.map(({ stream, texts }) => ({ stream, text: texts.join('') }));
}
