import type { SharedAct } from './share-link.ts';

/** Does what a script says. */
export interface ActTarget {
  type(text: string): void;
  closeStdin(): void;
  stop(): void;
}

/**
 * Plays acts into a run: each when the plugin waits and its pause is over, as the person who recorded them acted on what they
 * saw. Only Stop does not need a waiting plugin.
 */
export class ActScript {
  readonly #acts: SharedAct[];
  readonly #target: ActTarget;
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** When the call began that the plugin waits in, and that no act has answered yet. */
  #waitingSince: number | undefined;
  #answered: number | undefined;

  constructor(acts: readonly SharedAct[], target: ActTarget) {
    this.#acts = [...acts];
    this.#target = target;
  }

  /** The run has started. */
  start(): void {
    this.#arm();
  }

  /** @param since when the call began that the plugin waits in; undefined if it waits in none */
  pluginWaits(since: number | undefined): void {
    this.#waitingSince = since === this.#answered ? undefined : since;
    this.#arm();
  }

  /** The run is over, or another has begun: nothing more is done. */
  end(): void {
    clearTimeout(this.#timer);
    this.#acts.length = 0;
  }

  #arm(): void {
    const next = this.#acts[0];
    if (next === undefined || this.#timer !== undefined) return;
    if (next.kind !== 'stopped' && this.#waitingSince === undefined) return;
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      this.#acts.shift();
      this.#answered = this.#waitingSince;
      this.#waitingSince = undefined;
      this.#do(next);
      this.#arm();
    }, next.after);
  }

  #do(act: SharedAct): void {
    switch (act.kind) {
      case 'typed':
        this.#target.type(act.text);
        break;
      case 'closed':
        this.#target.closeStdin();
        break;
      case 'stopped':
        this.#target.stop();
        break;
    }
  }
}
