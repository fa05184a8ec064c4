import { createSharedRing, SharedRingWriter } from '../../protocol/shared-ring.ts';
import type { StdinWriter } from './stdin-writer.ts';

/** Stdin over shared memory: what does not fit into the ring waits here until the worker has made room. */
export class SharedMemoryStdinWriter implements StdinWriter {
  readonly #buffer = createSharedRing();
  readonly #ring = new SharedRingWriter(this.#buffer);
  readonly end = { kind: 'shared-memory', buffer: this.#buffer } as const;
  readonly transfer = [];
  readonly ready = undefined;
  /** What did not fit yet, in order. */
  #waiting: Uint8Array[] = [];
  #closing = false;

  write(bytes: Uint8Array<ArrayBuffer>): void {
    // EOF stays EOF.
    if (this.#closing) return;
    this.#waiting.push(bytes);
    this.#drain();
  }

  close(): void {
    this.#closing = true;
    this.#drain();
  }

  taken(total: number): void {
    this.#ring.taken(total);
  }

  release(): void {
    this.#ring.go();
  }

  spaceFreed(): void {
    this.#drain();
  }

  discard(): boolean {
    this.#ring.stop();
    return false;
  }

  #drain(): void {
    this.#fill();
    if (this.#waiting.length > 0) {
      this.#ring.wantSpace(true);
      // The reader may have made room between the last write and the request.
      this.#fill();
    }
    if (this.#waiting.length > 0) return;
    this.#ring.wantSpace(false);
    if (this.#closing) this.#ring.close();
  }

  #fill(): void {
    for (let head = this.#waiting[0]; head !== undefined; head = this.#waiting[0]) {
      const count = this.#ring.write(head);
      if (count < head.length) {
        this.#waiting[0] = head.subarray(count);
        return;
      }
      this.#waiting.shift();
    }
  }
}
