import { checkKind } from '../option-kinds.ts';
import { MessageStdinChannel } from './message-channel.ts';

interface Writer {
  /** Bytes that must have been read in all. */
  readonly until: number;
  readonly settle: (wasRead: boolean) => void;
}

/**
 * A channel whose two ends are in one thread: what is written here, a plugin reads, and waits for. For several threads there
 * are `MessageStdinChannel` and `SharedMemoryChannel`.
 */
export class StdinPipe extends MessageStdinChannel {
  readonly #writers: Writer[] = [];
  #isOpen = true;
  #isAbandoned = false;
  #written = 0;
  #read = 0;

  constructor() {
    super({ onmessage: null });
  }

  /**
   * Appends bytes, or text as UTF-8. Nobody has to await it; who does, does not run ahead of the plugin.
   * @returns true once the plugin has read them; false if it never will, since the pipe is closed, or the plugin has closed its
   *   stdin, has ended, or could not start
   * @throws EngineError for what is neither bytes nor text
   */
  write(data: Uint8Array | string): Promise<boolean> {
    checkKind('data', data, 'text-or-bytes');
    const bytes = typeof data === 'string' ? new TextEncoder().encode(data) : new Uint8Array(data);
    if (!this.#isOpen) return Promise.resolve(false);
    if (bytes.length === 0) return Promise.resolve(true);
    this.#written += bytes.length;
    const until = this.#written;
    return new Promise((settle) => {
      this.#writers.push({ until, settle });
      this.deliver({ type: 'data', bytes });
    });
  }

  /** Ends the input after what was written. */
  close(): void {
    this.#isOpen = false;
    this.deliver({ type: 'close' });
  }

  /** True once nobody reads any more. */
  get isAbandoned(): boolean {
    return this.#isAbandoned;
  }

  /** Nobody reads any more: tells the writers. The engine calls it when the plugin has closed its stdin, or has ended. */
  override abandon(): void {
    this.#isAbandoned = true;
    this.close();
    super.abandon();
    for (const { settle } of this.#writers.splice(0)) settle(false);
  }

  override read(target: Uint8Array): number {
    const count = super.read(target);
    this.#read += count;
    for (let first = this.#writers[0]; first !== undefined && first.until <= this.#read; first = this.#writers[0]) {
      this.#writers.shift();
      first.settle(true);
    }
    return count;
  }
}
