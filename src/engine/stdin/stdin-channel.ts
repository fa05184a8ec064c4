import { words } from '#words/engine';

/**
 * The page, or a signal, has ended the run while the program waited. It passes through the program, which cannot catch it. A
 * browser ends a worker that is blocked only after some time (Chromium: 2 s), and until then its memory stays and other workers
 * start slowly.
 */
export class RunStopped extends Error {
  constructor() {
    super(words.stopped);
    this.name = 'RunStopped';
  }
}

/**
 * What the engine asks of a transport: bytes that arrive, their end, and a way to wait for either.
 *
 * The two kinds of waiting are one type here. `wait` either blocks the thread and returns nothing, or returns a promise; the
 * WASI functions that wait are wrapped in `WebAssembly.Suspending` in the second case (see `run-program.ts`).
 */
export interface StdinChannel {
  /** True if `wait` returns a promise: the program's stack has to be suspended on it (JSPI). False if it blocks the thread. */
  readonly waitsByPromise: boolean;
  /** Bytes that `read` returns without waiting. */
  readonly available: number;
  /** True once stdin was closed and every byte before that was read. Never becomes false again. */
  readonly ended: boolean;
  /** True once the page has let a run that was held go on. */
  readonly released: boolean;
  /** Output bytes that the page has taken since the start, modulo 2^32. */
  readonly taken: number;
  /** Moves up to `target.length` bytes. Returns their number; 0 means "none now", not EOF. */
  read(target: Uint8Array): number;
  /**
   * Waits until `ready` returns true or the clock reaches `deadline` (milliseconds on `performance.now()`, `Infinity` for
   * none). `ready` is asked first, and again after every act of the page; what it throws ends the wait.
   *
   * @throws RunStopped from a wait that blocks, when the page has ended the run
   */
  wait(ready: () => boolean, deadline: number): void | Promise<void>;
  /** Lets acts of the page arrive, where they need a turn of the event loop. */
  yieldTurn(): void | Promise<void>;
  /** Has a waiting program look again, where another than the page can make it ready, or end it. */
  wake?(): void;
  /** Nobody reads any more, and nobody waits: tells who writes, where it can. */
  abandon?(): void;
}
