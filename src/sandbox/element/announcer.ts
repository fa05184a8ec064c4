import { words } from '#words/log';
import { verbatim } from '../run/verbatim.ts';
import { speakInTurn } from './live-turns.ts';

/** Between two announcements, so that a screen reader is never flooded. */
const ANNOUNCE_EVERY_MS = 1000;
/** Of a burst of output the last lines are read out, so many; the ones before are counted. */
const SPOKEN_LINES = 4;

/**
 * Tells a screen reader what happens in a sandbox: the state when it changes, and new output. The log itself is not live
 * (`aria-live="off"`; a `role="log"` is polite by itself), since a plugin that prints for ever would be read out for ever.
 */
export class Announcer {
  readonly #region: HTMLElement;
  #output: string[] = [];
  #skipped = 0;
  #partial = '';
  /** What is said of each actor, and was. */
  #states: readonly string[] = [];
  #spoken: readonly string[] = [];
  #spokenAt = -Infinity;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(region: HTMLElement) {
    this.#region = region;
  }

  /** Something was written. */
  output(text: string): void {
    const lines = (this.#partial + text).split('\n');
    this.#partial = (lines.pop() ?? '').slice(-200);
    const all = [...this.#output, ...lines];
    this.#output = all.slice(-SPOKEN_LINES);
    this.#skipped += all.length - this.#output.length;
    this.#schedule();
  }

  /**
   * What plugin and host do now; numbers that only grow are not a change.
   * @param said one sentence for each actor, in which what is no language is fenced; empty where there is nothing to say
   */
  states(...said: readonly string[]): void {
    if (said.length === this.#states.length && said.every((sentence, index) => sentence === this.#states[index]))
      return;
    this.#states = said;
    this.#schedule();
  }

  #schedule(): void {
    if (this.#timer !== undefined) return;
    const wait = Math.max(0, this.#spokenAt + ANNOUNCE_EVERY_MS - performance.now());
    this.#timer = setTimeout(
      () =>
        speakInTurn(this.#region, () => {
          this.#timer = undefined;
          return this.#takeWords();
        }),
      wait,
    );
  }

  /** What has come since the last time, in words. */
  #takeWords(): string {
    this.#spokenAt = performance.now();
    const parts = this.#output.map(verbatim);
    if (this.#skipped > 0) parts.unshift(words.skipped(this.#skipped));
    // A prompt has no newline; it is said when the program waits behind it.
    if (this.#partial !== '') parts.push(verbatim(this.#partial));
    parts.push(...this.#states.filter((sentence, index) => sentence !== '' && sentence !== this.#spoken[index]));
    this.#spoken = this.#states;
    this.#output = [];
    this.#skipped = 0;
    this.#partial = '';
    return parts.join('\n');
  }
}
