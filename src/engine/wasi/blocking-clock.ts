import type { StdinChannel } from '../stdin/stdin-channel.ts';

/** Memory that `Atomics.wait` takes; a page that is not isolated has it in this form only, some browsers not at all. */
function waitingCell(): Int32Array | undefined {
  try {
    return new Int32Array(new WebAssembly.Memory({ initial: 1, maximum: 1, shared: true }).buffer);
  } catch {
    return undefined;
  }
}

/** No input, and time: for a plugin that only ever waits for a clock, in a thread that can't suspend it. */
export class BlockingClock implements StdinChannel {
  readonly waitsByPromise = false;
  readonly available = 0;
  readonly ended = true;
  readonly released = true;
  readonly taken = 0;
  #cell = waitingCell();

  read(): number {
    return 0;
  }

  wait(ready: () => boolean, deadline: number): void {
    while (!ready()) {
      const timeout = deadline - performance.now();
      if (timeout <= 0) return;
      this.#pause(timeout);
    }
  }

  yieldTurn(): void {
    // Nothing arrives.
  }

  #pause(timeout: number): void {
    if (this.#cell === undefined) return;
    try {
      Atomics.wait(this.#cell, 0, 0, timeout);
    } catch {
      // A page's main thread must not block; there is only spinning.
      this.#cell = undefined;
    }
  }
}
