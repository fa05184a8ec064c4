import type { OutputStream } from '../../protocol/messages.ts';

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

/** How much a `LineBuffer` keeps. */
export interface LogLimits {
  /** Rows besides the last one, which may go on. A row is a line, or a part of one. */
  readonly rows: number;
  /** Characters (UTF-16 units) of a row. A longer line is several rows. */
  readonly columns: number;
  /** Characters in all; only the last row is kept whatever this says. */
  readonly characters: number;
}

interface Row {
  readonly pieces: LogPiece[];
  length: number;
  /** It ends with a newline. */
  ended: boolean;
}

/**
 * The last lines of a run's output, as text. Bytes come in as the program wrote them, cut anywhere; each stream is decoded
 * by a decoder of its own, so that a character that arrives in two pieces is whole.
 */
export class LineBuffer {
  readonly #limits: LogLimits;
  readonly #decoders = new Map<OutputStream, TextDecoder>();
  /** Never empty: the last row may go on. */
  readonly #rows: Row[] = [newRow()];
  #characters = 0;
  #elided = 0;
  #dropped = 0;
  #isCut = false;

  constructor(limits: LogLimits) {
    this.#limits = limits;
  }

  /** Lines whose end went by, and is not kept. */
  get elided(): number {
    return this.#elided;
  }

  /** Grows when something is no longer kept. */
  get dropped(): number {
    return this.#dropped;
  }

  /** True if what is kept begins within a line. */
  get isCut(): boolean {
    return this.#isCut;
  }

  /** What is kept, neighbours of one stream joined. */
  get pieces(): LogPiece[] {
    return joinPieces(this.#rows.flatMap(({ pieces }) => pieces));
  }

  /** Takes bytes of the program. Returns the text that was kept of them. */
  appendBytes(stream: OutputStream, bytes: Uint8Array): string {
    const { start, skipped } = tailOf(bytes, this.#limits.rows);
    if (start > 0) {
      // Everything before is out of sight: it is counted, not decoded. A newline is never inside a character.
      this.#decoders.delete(stream);
      this.#drop(this.#rows.length);
      this.#elided += skipped;
      this.#isCut = false;
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

  /** No more bytes will come: what is half a character shows as U+FFFD, where it stands. Returns it by its stream. */
  end(): LogPiece[] {
    const pieces = [...this.#decoders].map(([stream, decoder]) => ({ stream, text: decoder.decode() }));
    this.#decoders.clear();
    const halves = pieces.filter(({ text }) => text !== '');
    for (const piece of halves) this.append(piece);
    return halves;
  }

  /** Takes text. */
  append({ stream, text }: LogPiece): void {
    const parts = text.split('\n');
    parts.forEach((part, index) => this.#extend(stream, part, index < parts.length - 1));
    // The last row may be empty, and does not count then.
    let surplus = Math.max(0, this.#rows.length - 1 - this.#limits.rows);
    let characters = this.#characters - this.#rows.slice(0, surplus).reduce((sum, row) => sum + sizeOf(row), 0);
    for (; characters > this.#limits.characters && surplus < this.#rows.length - 1; surplus += 1) {
      const row = this.#rows[surplus];
      if (row !== undefined) characters -= sizeOf(row);
    }
    if (surplus > 0) this.#drop(surplus);
  }

  /** Adds text without newlines to the last row, and, where `ends`, a newline. */
  #extend(stream: LogStream, text: string, ends: boolean): void {
    let row = this.#lastRow;
    let rest = text;
    do {
      if (row.length === this.#limits.columns && rest !== '') row = this.#startRow();
      const part = rest.slice(0, this.#limits.columns - row.length);
      rest = rest.slice(part.length);
      const kept = rest === '' && ends ? `${part}\n` : part;
      if (kept !== '') row.pieces.push({ stream, text: kept });
      row.length += part.length;
      this.#characters += kept.length;
    } while (rest !== '');
    if (!ends) return;
    row.ended = true;
    this.#startRow();
  }

  get #lastRow(): Row {
    return this.#rows[this.#rows.length - 1] ?? this.#startRow();
  }

  #startRow(): Row {
    const row = newRow();
    this.#rows.push(row);
    return row;
  }

  /** Drops the first rows. */
  #drop(count: number): void {
    const gone = this.#rows.splice(0, count);
    if (this.#rows.length === 0) this.#startRow();
    this.#dropped += 1;
    for (const row of gone) {
      this.#characters -= sizeOf(row);
      if (row.ended) this.#elided += 1;
    }
    this.#isCut = gone.at(-1)?.ended === false;
  }
}

function newRow(): Row {
  return { pieces: [], length: 0, ended: false };
}

function sizeOf({ length, ended }: Row): number {
  return ended ? length + 1 : length;
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
