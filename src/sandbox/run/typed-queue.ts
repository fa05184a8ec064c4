import type { StdinProgress } from '../../protocol/messages.ts';

/** What is shown when the host meets the end of stdin, as a terminal shows Ctrl-D. */
export const END_MARK = '^D\n';

interface TypedPiece {
  readonly text: string;
  /** Where it ends, in bytes of stdin since the start. */
  readonly end: number;
}

/**
 * What a reader typed and the host has not read yet: the queue of a terminal. Text leaves it when its last byte was read, to
 * be shown in the log where that happened.
 */
export class TypedQueue {
  #pieces: TypedPiece[] = [];
  #written = 0;
  #closed = false;
  #endShown = false;

  /** Text that was typed and not read. */
  get unread(): string {
    return this.#pieces.map(({ text }) => text).join('');
  }

  /** Adds typed text. Returns its bytes, for stdin. */
  type(text: string): Uint8Array<ArrayBuffer> {
    const bytes = new TextEncoder().encode(text);
    this.#written += bytes.length;
    this.#pieces.push({ text, end: this.#written });
    return bytes;
  }

  /** Stdin was closed. */
  close(): void {
    this.#closed = true;
  }

  /** Takes out what was read by now. Returns it, as the log is to show it. */
  takeRead(progress: StdinProgress): string {
    const unread = this.#pieces.findIndex(({ end }) => end > progress.bytes);
    const read = this.#pieces.splice(0, unread === -1 ? this.#pieces.length : unread);
    const text = read.map((piece) => piece.text).join('');
    if (!progress.ended || !this.#closed || this.#endShown) return text;
    this.#endShown = true;
    return text + END_MARK;
  }
}
