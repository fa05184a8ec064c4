import { LONGEST_HOLD_MS, NEWS_BYTES, type StdinNews, type StdinRequest } from '../../protocol/service-worker-stdin.ts';
import { EngineError } from '../engine-error.ts';
import { ByteQueue } from './byte-queue.ts';
import { RunStopped, type StdinChannel } from './stdin-channel.ts';

/** A program that never waits looks this often for acts of the page; a look costs some milliseconds. */
const LOOK_EVERY_MS = 50;

/** A stopped service worker is started again by the next request, within some tenths of a second. */
const GIVE_UP_AFTER_MS = 5000;
const LONGEST_PAUSE_MS = 250;

/**
 * Sends a request and blocks until it is answered.
 * @returns undefined if there was nothing new in time
 * @throws Error if it was not answered
 */
export type StdinExchange = (request: StdinRequest) => StdinNews | undefined;

/** The transport over a service worker: waiting blocks the worker in a synchronous request. */
export class ServiceWorkerChannel implements StdinChannel {
  readonly waitsByPromise = false;
  readonly #exchange: StdinExchange;
  readonly #pause: (milliseconds: number) => void;
  readonly #queue = new ByteQueue();
  #position = 0;
  #taken = 0;
  #closed = false;
  #released = false;
  #lastLook = 0;

  /** @param pause blocks for a while */
  constructor(exchange: StdinExchange, pause: (milliseconds: number) => void = spin) {
    this.#exchange = exchange;
    this.#pause = pause;
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

  read(target: Uint8Array): number {
    return this.#queue.read(target);
  }

  wait(ready: () => boolean, deadline: number): void {
    while (!ready()) {
      const timeout = deadline - performance.now();
      if (timeout <= 0) return;
      this.#ask(Math.min(Math.ceil(timeout), LONGEST_HOLD_MS));
    }
  }

  yieldTurn(): void {
    if (performance.now() - this.#lastLook >= LOOK_EVERY_MS) this.#ask(0);
  }

  #ask(timeout: number): void {
    const news = this.#exchangeUntilAnswered({
      position: this.#position,
      // Bytes that the program has not asked for stay on the page.
      room: this.#queue.length < NEWS_BYTES ? NEWS_BYTES : 0,
      taken: this.#taken,
      closed: this.#closed,
      released: this.#released,
      timeout,
    });
    this.#lastLook = performance.now();
    if (news === undefined) return;
    if (news.stopped) throw new RunStopped();
    if (news.position !== this.#position) {
      throw new EngineError({ code: 'stdin-position', expected: this.#position, found: news.position });
    }
    this.#queue.push(news.bytes);
    this.#position += news.bytes.length;
    this.#taken = news.taken;
    this.#closed = news.closed;
    this.#released = news.released;
  }

  /** @throws Error saying what a reader can do, when the service worker is gone for good */
  #exchangeUntilAnswered(request: StdinRequest): StdinNews | undefined {
    const start = performance.now();
    for (let pause = 1; ; pause = Math.min(2 * pause, LONGEST_PAUSE_MS)) {
      try {
        return this.#exchange(request);
      } catch (error) {
        if (performance.now() - start >= GIVE_UP_AFTER_MS) throw goneForGood(error);
        this.#pause(pause);
      }
    }
  }
}

function goneForGood(cause: unknown): Error {
  if (cause instanceof EngineError && cause.problem.code === 'server-answered') {
    return new EngineError({ code: 'relay-gone', status: cause.problem.status }, cause);
  }
  return new EngineError(
    { code: 'relay-silent', detail: cause instanceof Error ? cause.message : String(cause) },
    cause,
  );
}

/** There is nothing to sleep in here: that is why this transport exists. */
function spin(milliseconds: number): void {
  const end = performance.now() + milliseconds;
  while (performance.now() < end);
}
