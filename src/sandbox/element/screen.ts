import { words } from '#words/log';
import type { OutputChunk } from '../../protocol/messages.ts';
import { joinPieces, LineBuffer, type LogLimits, type LogPiece } from './line-buffer.ts';

/** What the log keeps: also a flood without newlines must leave the page its size. */
const LOG_LIMITS: LogLimits = { rows: 2000, columns: 4000, characters: 250_000 };

/** A log that has lost lines is drawn anew, and not more often than this. */
const REDRAW_EVERY_MS = 120;

/**
 * The output log on the page. It draws at most once a frame, and only while the page is seen; a flood is drawn a few times a
 * second, so that the page stays free for the reader.
 */
export class Screen {
  readonly #log: HTMLElement;
  readonly #elided: HTMLElement;
  readonly #onText: (text: string) => void;
  #buffer = new LineBuffer(LOG_LIMITS);
  #pending: LogPiece[] = [];
  #drawnDropped = 0;
  #drawnAt = 0;
  #frame: number | undefined;
  /** The reader looks at the newest lines. */
  #atEnd = true;

  /** @param onText told of each piece of output that was kept, for announcing it */
  constructor(log: HTMLElement, elided: HTMLElement, onText: (text: string) => void) {
    this.#log = log;
    this.#elided = elided;
    this.#onText = onText;
    log.addEventListener('scroll', () => (this.#atEnd = this.#isAtEnd));
    // A challenge, a count or a phone's keyboard takes room from it.
    new ResizeObserver(() => {
      if (this.#atEnd) log.scrollTop = log.scrollHeight;
    }).observe(log);
  }

  /** Empties the log for a new run. */
  clear(): void {
    this.#buffer = new LineBuffer(LOG_LIMITS);
    this.#pending = [];
    this.#drawnDropped = 0;
    this.#log.replaceChildren();
    this.#elided.hidden = true;
  }

  /** Adds what the program wrote. */
  output(chunks: readonly OutputChunk[]): void {
    for (const { stream, bytes } of chunks) {
      const text = this.#buffer.appendBytes(stream, bytes);
      this.#pend({ stream, text });
      this.#onText(text);
    }
  }

  /** The program has ended: half a character, if its output ends in one, is shown as such. */
  end(): void {
    for (const piece of this.#buffer.end()) {
      this.#pend(piece);
      this.#onText(piece.text);
    }
  }

  /** Adds what the reader typed. */
  typed(text: string): void {
    const piece: LogPiece = { stream: 'typed', text };
    this.#buffer.append(piece);
    this.#pend(piece);
  }

  #pend(piece: LogPiece): void {
    // Once lines are lost the whole log is drawn from the buffer, and pieces need not be kept.
    if (this.#buffer.dropped === this.#drawnDropped) this.#pending.push(piece);
    else this.#pending.length = 0;
    if (this.#frame === undefined) this.#frame = requestAnimationFrame(this.#draw);
  }

  readonly #draw = (now: number): void => {
    this.#frame = undefined;
    const redraw = this.#buffer.dropped !== this.#drawnDropped;
    if (redraw && now - this.#drawnAt < REDRAW_EVERY_MS) {
      this.#frame = requestAnimationFrame(this.#draw);
      return;
    }
    const atEnd = this.#isAtEnd;
    if (redraw) {
      this.#drawnAt = now;
      this.#drawnDropped = this.#buffer.dropped;
      this.#log.replaceChildren(...this.#buffer.pieces.map(spanOf));
      this.#elided.hidden = false;
      this.#elided.textContent = words.wentBy(this.#buffer.elided, this.#buffer.isCut);
    } else {
      this.#extend();
    }
    this.#pending = [];
    if (atEnd) this.#log.scrollTop = this.#log.scrollHeight;
  };

  get #isAtEnd(): boolean {
    return this.#log.scrollHeight - this.#log.scrollTop - this.#log.clientHeight < 8;
  }

  #extend(): void {
    for (const piece of joinPieces(this.#pending)) {
      const last = this.#log.lastElementChild;
      if (last instanceof HTMLElement && last.dataset['stream'] === piece.stream) last.append(piece.text);
      else this.#log.append(spanOf(piece));
    }
  }
}

function spanOf({ stream, text }: LogPiece): HTMLSpanElement {
  const span = document.createElement('span');
  span.dataset['stream'] = stream;
  // What a program prints and is given is no language of the page.
  span.translate = false;
  span.textContent = text;
  return span;
}
