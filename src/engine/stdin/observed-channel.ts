import type { StdinProgress } from '../../protocol/messages.ts';
import type { StdinChannel } from './stdin-channel.ts';

/** A channel that knows what was read from it, so that the page can show typed text where the program read it. */
export class ObservedChannel implements StdinChannel {
  readonly #inner: StdinChannel;
  readonly #beforeRead: () => void;
  readonly #onIdle: () => void;
  #bytes = 0;
  #metEnd = false;

  /**
   * @param beforeRead called before bytes are handed over, so that output from before the read goes out before it
   * @param onIdle called when the program begins to wait without a time limit
   */
  constructor(inner: StdinChannel, beforeRead: () => void, onIdle: () => void) {
    this.#inner = inner;
    this.#beforeRead = beforeRead;
    this.#onIdle = onIdle;
  }

  get progress(): StdinProgress {
    return { bytes: this.#bytes, ended: this.#metEnd };
  }

  get waitsByPromise(): boolean {
    return this.#inner.waitsByPromise;
  }

  get available(): number {
    return this.#inner.available;
  }

  get ended(): boolean {
    return this.#inner.ended;
  }

  get released(): boolean {
    return this.#inner.released;
  }

  get taken(): number {
    return this.#inner.taken;
  }

  read(target: Uint8Array): number {
    this.#beforeRead();
    const count = this.#inner.read(target);
    this.#bytes += count;
    if (count === 0 && this.#inner.ended) this.#metEnd = true;
    return count;
  }

  wait(ready: () => boolean, deadline: number): void | Promise<void> {
    if (deadline === Infinity && !ready()) this.#onIdle();
    return this.#inner.wait(ready, deadline);
  }

  yieldTurn(): void | Promise<void> {
    return this.#inner.yieldTurn();
  }
}
