import type { Act } from '../../protocol/trace.ts';

/** An act, and what its reader had seen then. */
export type DoneAct = Act & {
  /** When the call began that the plugin waited in; undefined if it waited in none. */
  readonly waitingSince: number | undefined;
};

/**
 * What a reader did in one run, in order: each act is written down here, once. The log's echo, the timeline and a link all read
 * it. Times are milliseconds since the Unix epoch.
 */
export class ActList {
  /** When the run was asked for. */
  readonly begun: number;
  readonly #acts: DoneAct[] = [];
  readonly #heard: (act: DoneAct) => void;

  /** @param heard told of each act when it is on the list */
  constructor(begun: number, heard: (act: DoneAct) => void = () => undefined) {
    this.begun = begun;
    this.#heard = heard;
  }

  get all(): readonly DoneAct[] {
    return this.#acts;
  }

  add(act: DoneAct): void {
    this.#acts.push(act);
    this.#heard(act);
  }
}
