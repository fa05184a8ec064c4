/** Clocks, timers and turns of the event loop that a test moves by hand, so that a wait of a minute takes no time. */

interface Timer {
  readonly at: number;
  readonly run: () => void;
}

/** A port whose messages arrive in a microtask. */
class TurnPort {
  onmessage: (() => void) | null = null;
  peer: TurnPort | undefined;

  postMessage(): void {
    queueMicrotask(() => this.peer?.onmessage?.());
  }

  close(): void {
    this.peer = undefined;
  }
}

class TurnChannel {
  readonly port1 = new TurnPort();
  readonly port2 = new TurnPort();

  constructor() {
    this.port1.peer = this.port2;
    this.port2.peer = this.port1;
  }
}

const START = 1000;

/** A longer timer overflows, in browsers as in Node. */
const LONGEST_TIMEOUT = 2 ** 31 - 1;

/** Replaces the globals until `restore`. Times are whole milliseconds. */
export class VirtualTime {
  /** What `performance.now()` says. */
  now = START;
  /** What `Date.now()` says at 0 of `performance.now()`. */
  readonly origin = 1_700_000_000_000;
  readonly #timers = new Set<Timer>();
  readonly #restores: (() => void)[] = [];

  constructor() {
    this.#replace(performance, 'now', () => this.now);
    this.#replace(Date, 'now', () => this.origin + this.now);
    this.#replace(globalThis, 'MessageChannel', TurnChannel);
    this.#replace(globalThis, 'setTimeout', (run: () => void, milliseconds = 0) => {
      if (milliseconds > LONGEST_TIMEOUT) throw new Error(`a timer of ${String(milliseconds)} ms would run at once`);
      const timer = { at: this.now + Math.max(1, Math.trunc(milliseconds)), run };
      this.#timers.add(timer);
      return timer;
    });
    this.#replace(globalThis, 'clearTimeout', (timer: Timer) => this.#timers.delete(timer));
  }

  /** Timers that have not run. */
  get timers(): number {
    return this.#timers.size;
  }

  /** Moves the clocks and runs what is due, in order. Code that awaits it runs in between. */
  async advance(milliseconds: number): Promise<void> {
    const end = this.now + milliseconds;
    for (;;) {
      const next = [...this.#timers].sort((a, b) => a.at - b.at)[0];
      if (next === undefined || next.at > end) break;
      this.#timers.delete(next);
      this.now = next.at;
      next.run();
      await settle();
    }
    this.now = end;
  }

  /** Forgets all timers and begins anew. */
  reset(): void {
    this.now = START;
    this.#timers.clear();
  }

  restore(): void {
    for (const restore of this.#restores.reverse()) restore();
  }

  #replace(object: object, name: string, value: unknown): void {
    const original = Object.getOwnPropertyDescriptor(object, name);
    Object.defineProperty(object, name, { configurable: true, writable: true, value });
    this.#restores.push(() => {
      if (original === undefined) Reflect.deleteProperty(object, name);
      else Object.defineProperty(object, name, original);
    });
  }
}

/** Lets what awaits settled promises run, as far as it gets without a timer. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 12; turn += 1) await Promise.resolve();
}
