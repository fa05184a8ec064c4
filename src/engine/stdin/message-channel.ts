import type { StdinMessage } from '../../protocol/messages.ts';
import { ByteQueue } from './byte-queue.ts';
import type { StdinChannel } from './stdin-channel.ts';

/** `setTimeout` counts in a signed 32-bit number of milliseconds. */
const LONGEST_TIMEOUT = 2 ** 31 - 1;

/** Without a turn of the event loop now and then, a busy program would never see an act of the page. */
const TURN_EVERY_MS = 8;

/** The part of a `MessagePort` that the channel uses; Node's `worker_threads` port has it too. */
export interface StdinPort {
  onmessage: ((event: MessageEvent) => void) | null;
}

/** The transport over messages: waiting suspends the program's stack on a promise (JSPI). */
export class MessageStdinChannel implements StdinChannel {
  readonly waitsByPromise = true;
  readonly #queue = new ByteQueue();
  #closed = false;
  #released = false;
  #taken = 0;
  #lastTurn = 0;
  #wake: (() => void) | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(port: StdinPort) {
    port.onmessage = (event: MessageEvent<StdinMessage>) => this.deliver(event.data);
  }

  get available(): number {
    return this.#queue.length;
  }

  get ended(): boolean {
    return this.#closed && this.#queue.length === 0;
  }

  get released(): boolean {
    return this.#released;
  }

  get taken(): number {
    return this.#taken;
  }

  /** Takes an act of the page. */
  deliver(message: StdinMessage): void {
    switch (message.type) {
      case 'data':
        if (!this.#closed) this.#queue.push(message.bytes);
        break;
      case 'go':
        this.#released = true;
        break;
      case 'close':
        this.#closed = true;
        break;
      case 'taken':
        this.#taken = message.total >>> 0;
        break;
    }
    this.#wake?.();
  }

  /** Has a waiting program look again: something besides an act of the page may have made it ready. */
  wake(): void {
    this.#wake?.();
  }

  /** Nobody needs the program any more: what waits is never woken, and its timer keeps no thread alive. */
  abandon(): void {
    clearTimeout(this.#timer);
    this.#wake = undefined;
  }

  read(target: Uint8Array): number {
    return this.#queue.read(target);
  }

  async wait(ready: () => boolean, deadline: number): Promise<void> {
    while (!ready()) {
      const timeout = deadline - performance.now();
      if (timeout <= 0) return;
      await this.#nextActOrTimeout(timeout);
    }
    this.#lastTurn = performance.now();
  }

  yieldTurn(): void | Promise<void> {
    if (performance.now() - this.#lastTurn < TURN_EVERY_MS) return;
    return new Promise((resolve) => {
      // One that is new: Node handles up to 1000 messages of one port before it looks at another.
      const { port1, port2 } = new MessageChannel();
      port2.onmessage = () => {
        port2.onmessage = null;
        port1.close();
        this.#lastTurn = performance.now();
        resolve();
      };
      port1.postMessage(undefined);
    });
  }

  #nextActOrTimeout(timeout: number): Promise<void> {
    return new Promise((resolve) => {
      this.#timer =
        timeout === Infinity ? undefined : setTimeout(() => this.#wake?.(), Math.min(timeout, LONGEST_TIMEOUT));
      this.#wake = () => {
        this.#wake = undefined;
        clearTimeout(this.#timer);
        resolve();
      };
    });
  }
}
