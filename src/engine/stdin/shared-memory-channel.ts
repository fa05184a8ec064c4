import { SharedRingReader } from '../../protocol/shared-ring.ts';
import { RunStopped, type StdinChannel } from './stdin-channel.ts';

/** The transport over SharedArrayBuffer: waiting blocks the worker in `Atomics.wait`. */
export class SharedMemoryChannel implements StdinChannel {
  readonly waitsByPromise = false;
  readonly #ring: SharedRingReader;
  readonly #reportSpace: () => void;

  /** @param reportSpace called after a read that made room, while the page has more bytes than fit */
  constructor(buffer: SharedArrayBuffer, reportSpace: () => void) {
    this.#ring = new SharedRingReader(buffer);
    this.#reportSpace = reportSpace;
  }

  get available(): number {
    return this.#ring.available;
  }

  get ended(): boolean {
    return this.#ring.ended;
  }

  get released(): boolean {
    return this.#ring.released;
  }

  get taken(): number {
    return this.#ring.taken;
  }

  read(target: Uint8Array): number {
    const count = this.#ring.read(target);
    if (count > 0 && this.#ring.spaceWanted) this.#reportSpace();
    return count;
  }

  wait(ready: () => boolean, deadline: number): void {
    for (;;) {
      const sequence = this.#ring.sequence;
      if (this.#ring.stopped) throw new RunStopped();
      if (ready()) return;
      const timeout = deadline - performance.now();
      if (timeout <= 0) return;
      this.#ring.wait(sequence, timeout);
    }
  }

  yieldTurn(): void {
    // The page's acts are in memory already.
  }
}
