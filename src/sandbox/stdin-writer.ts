import type { ChannelEnd, StdinMessage, TransportKind } from '../protocol/messages.ts';
import { createSharedRing, SharedRingWriter } from '../protocol/shared-ring.ts';

/** The page's end of a run's stdin channel. Nothing here blocks, and nothing that was written is lost. */
export interface StdinWriter {
  /** What the worker gets. */
  readonly end: ChannelEnd;
  /** What has to be transferred with it. */
  readonly transfer: readonly Transferable[];
  /** Appends bytes to stdin; gives them away. */
  write(bytes: Uint8Array<ArrayBuffer>): void;
  /** Ends stdin after what was written. */
  close(): void;
  /** Tells the worker how many bytes of output were taken since the start. */
  taken(total: number): void;
  /** Lets a run that is held go on. */
  release(): void;
  /** The worker made room. */
  spaceFreed(): void;
}

/** Opens a channel of a kind. */
export function openStdin(kind: TransportKind): StdinWriter {
  switch (kind) {
    case 'jspi':
      return new MessageStdinWriter();
    case 'shared-memory':
      return new SharedMemoryStdinWriter();
    case 'service-worker':
      throw new Error('expected "jspi" or "shared-memory", found "service-worker"');
  }
}

class MessageStdinWriter implements StdinWriter {
  readonly #channel = new MessageChannel();
  readonly end: ChannelEnd = { kind: 'jspi', port: this.#channel.port2 };
  readonly transfer = [this.#channel.port2];

  write(bytes: Uint8Array<ArrayBuffer>): void {
    this.#post({ type: 'data', bytes }, [bytes.buffer]);
  }

  close(): void {
    this.#post({ type: 'close' });
  }

  taken(total: number): void {
    this.#post({ type: 'taken', total });
  }

  release(): void {
    this.#post({ type: 'go' });
  }

  spaceFreed(): void {
    // A port has no capacity.
  }

  #post(message: StdinMessage, transfer: Transferable[] = []): void {
    this.#channel.port1.postMessage(message, transfer);
  }
}

class SharedMemoryStdinWriter implements StdinWriter {
  readonly #buffer = createSharedRing();
  readonly #ring = new SharedRingWriter(this.#buffer);
  readonly end: ChannelEnd = { kind: 'shared-memory', buffer: this.#buffer };
  readonly transfer = [];
  /** What did not fit yet, in order. */
  #waiting: Uint8Array[] = [];
  #closing = false;

  write(bytes: Uint8Array<ArrayBuffer>): void {
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
