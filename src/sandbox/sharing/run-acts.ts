import { LONGEST_PAUSE, type SharedAct } from './share-link.ts';

/** An act without its pause. */
export type PlainAct =
  { readonly kind: 'typed'; readonly text: string } | { readonly kind: 'closed' } | { readonly kind: 'stopped' };

/** What a reader did in a run, each act with its pause, so that a link can do it again. */
export class RunActs {
  readonly #acts: SharedAct[] = [];
  #since: number;

  /** @param now when the run began, in milliseconds */
  constructor(now: number) {
    this.#since = now;
  }

  get acts(): readonly SharedAct[] {
    return this.#acts;
  }

  /** @param waitingSince when the call began that the plugin waits in; undefined if it waits in none */
  add(act: PlainAct, now: number, waitingSince: number | undefined): void {
    const pause = now - Math.max(this.#since, waitingSince ?? this.#since);
    this.#since = now;
    this.#acts.push({ ...act, after: Math.round(Math.min(Math.max(pause, 0), LONGEST_PAUSE)) });
  }
}
