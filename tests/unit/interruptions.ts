/**
 * Two threads on one, so that each interleaving is known and can be repeated: whenever one side's code uses `Atomics`, the
 * other side may act. What an act does is never interrupted itself.
 */

/** One act of the other side. */
export interface Act {
  /** Uses of `Atomics` that go by before it, counted from the act before; 0 for none between the two. */
  readonly after: number;
  readonly run: () => void;
}

/** Thrown out of `Atomics.wait` when nobody will ever wake this side: a browser would wait on until the reader presses Stop. */
export class WaitsForEver extends Error {
  override readonly name = 'WaitsForEver';
}

const OPERATIONS = ['load', 'store', 'add', 'notify'] as const;

/** Replaces `Atomics`' functions until `restore`. */
export class Interruptions {
  readonly #time: { now: number };
  readonly #originals = new Map<string, unknown>();
  #acts: Act[] = [];
  #countdown = 0;
  #inside = false;

  /** @param time moved by waits that nobody ends */
  constructor(time: { now: number }) {
    this.#time = time;
    for (const name of OPERATIONS) {
      const original = Reflect.get(Atomics, name) as (...args: unknown[]) => unknown;
      this.#replace(name, (...args: unknown[]) => {
        this.#tick();
        return original(...args);
      });
    }
    const load = this.#originals.get('load') as typeof Atomics.load;
    this.#replace('wait', (array: Int32Array, index: number, value: number, timeout: number): string => {
      if (load(array, index) !== value) return 'not-equal';
      while (this.#acts.length > 0) {
        this.#act();
        if (load(array, index) !== value) return 'ok';
      }
      if (timeout === Infinity) throw new WaitsForEver('nothing left that would wake it');
      this.#time.now += Math.ceil(timeout);
      return 'timed-out';
    });
  }

  /** Begins a new case. */
  schedule(acts: readonly Act[]): void {
    this.#acts = [...acts];
    this.#countdown = this.#acts[0]?.after ?? 0;
  }

  /** Adds an act that comes as soon as it can. */
  soon(run: () => void): void {
    this.#acts.unshift({ after: 0, run });
    this.#countdown = 0;
  }

  /** Runs all that is left. */
  runAll(): void {
    while (this.#acts.length > 0) this.#act();
  }

  restore(): void {
    for (const [name, original] of this.#originals) Object.assign(Atomics, { [name]: original });
  }

  #tick(): void {
    if (this.#inside || this.#acts.length === 0) return;
    if (this.#countdown > 0) {
      this.#countdown -= 1;
      return;
    }
    do this.#act();
    while (this.#acts.length > 0 && this.#countdown === 0);
  }

  #act(): void {
    const act = this.#acts.shift();
    this.#countdown = this.#acts[0]?.after ?? 0;
    this.#inside = true;
    try {
      act?.run();
    } finally {
      this.#inside = false;
    }
  }

  #replace(name: string, replacement: unknown): void {
    this.#originals.set(name, Reflect.get(Atomics, name));
    Object.assign(Atomics, { [name]: replacement });
  }
}
