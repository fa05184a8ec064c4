import { speakInTurn } from '../../element/live-turns.ts';
import { showSentence, withoutFences } from '../../run/verbatim.ts';

/** Between two announcements of a step. */
const ANNOUNCE_EVERY_MS = 1000;

/** Says what is looked at; to a screen reader not more often than it can be heard. */
export class Teller {
  readonly #line: HTMLElement;
  readonly #status: HTMLElement;
  #announcedAt = -Infinity;
  #announcing: ReturnType<typeof setTimeout> | undefined;

  constructor(line: HTMLElement, status: HTMLElement) {
    this.#line = line;
    this.#status = status;
  }

  /** @param sentence fenced, see `verbatim.ts`; empty to say nothing */
  say(sentence: string, announce: boolean): void {
    showSentence(this.#line, sentence);
    this.#line.title = withoutFences(sentence);
    if (!announce || this.#announcing !== undefined) return;
    const wait = Math.max(0, this.#announcedAt + ANNOUNCE_EVERY_MS - performance.now());
    this.#announcing = setTimeout(
      () =>
        speakInTurn(this.#status, () => {
          this.#announcing = undefined;
          this.#announcedAt = performance.now();
          return this.#line.textContent;
        }),
      wait,
    );
  }

  end(): void {
    clearTimeout(this.#announcing);
  }
}
