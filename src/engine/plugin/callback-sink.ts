import { EngineError } from '../engine-error.ts';
import type { OutputPipe } from '../wasi/output-fd.ts';

/**
 * Takes what a plugin writes, in order and never twice at once, 64 KiB at most. If it returns a promise, the next bytes come
 * after that, and the plugin waits once 64 KiB are on their way, as with a pipe of Linux. If it throws or rejects, the plugin
 * ends with its next write, and the run with that error.
 *
 * `false`, now or out of a promise, says that nobody reads any more: the plugin's writes are EPIPE from then on. So
 * `(bytes) => pipe.write(bytes)`, with a `StdinPipe`, makes of two plugins a pipeline. A `write` of Node's streams returns
 * `false` to say something else: call it, and return nothing.
 */
// eslint-disable-next-line @typescript-eslint/no-invalid-void-type -- `unknown` would let the `write` of Node's streams through
export type OutputCallback = (bytes: Uint8Array<ArrayBuffer>) => void | false | PromiseLike<unknown>;

/** What a pipe of Linux holds (pipe(7)). */
const WINDOW = 65_536;
/** So many bytes go into a pipe as a whole, and it takes no more before there is room for so many (pipe(7), `PIPE_BUF`). */
const WHOLE = 4096;

/** JavaScript may return what the type does not allow. */
function isFalse(value: unknown): boolean {
  return value === false;
}

function isPromiseLike(value: unknown): value is PromiseLike<unknown> {
  return (
    typeof value === 'object' && value !== null && typeof (value as Partial<PromiseLike<unknown>>).then === 'function'
  );
}

/** Hands output to a callback. */
export class CallbackSink implements OutputPipe {
  readonly #callback: OutputCallback;
  readonly #onProgress: () => void;
  readonly #canWait: boolean;
  #isBusy = false;
  #isGone = false;
  #onTheirWay = 0;
  #queue: Uint8Array<ArrayBuffer>[] = [];
  #failure: { readonly error: unknown } | undefined;
  #whenIdle: (() => void) | undefined;

  /**
   * @param onProgress called when a promise of the callback has settled
   * @param canWait false where the thread blocks while the plugin waits, so that no promise can settle meanwhile
   */
  constructor(callback: OutputCallback, options: { readonly onProgress: () => void; readonly canWait: boolean }) {
    this.#callback = callback;
    this.#onProgress = options.onProgress;
    this.#canWait = options.canWait;
  }

  get isFull(): boolean {
    return this.#onTheirWay > WINDOW - WHOLE;
  }

  get isGone(): boolean {
    return this.#isGone;
  }

  /** @throws Error once the callback has failed; `throwFailure` has the reason */
  take(bytes: Uint8Array): number {
    if (this.#failure !== undefined) throw outputIsGone(this.#failure.error);
    let taken = 0;
    while (taken < bytes.length && !this.#isGone) {
      const rest = bytes.length - taken;
      const room = WINDOW - this.#onTheirWay;
      if (room < Math.min(rest, WHOLE)) break;
      const piece = new Uint8Array(bytes.subarray(taken, taken + Math.min(rest, room)));
      if (!this.#put(piece)) break;
      taken += piece.length;
    }
    return taken;
  }

  /** Ends it: the plugin's next write throws, and `finish`, waiting or not, throws `error`. */
  fail(error: unknown): void {
    this.#failure ??= { error };
    this.#drop();
  }

  /** Resolves when the callback has taken everything. @throws what the callback threw or rejected with */
  async finish(): Promise<void> {
    if (this.#isBusy) {
      await new Promise<void>((resolve) => {
        this.#whenIdle = resolve;
      });
    }
    this.throwFailure();
  }

  /** @throws what the callback threw or rejected with */
  throwFailure(): void {
    if (this.#failure !== undefined) throw this.#failure.error;
  }

  /** @returns false if nobody took it */
  #put(piece: Uint8Array<ArrayBuffer>): boolean {
    if (this.#isBusy) {
      this.#queue.push(piece);
      this.#onTheirWay += piece.length;
      return true;
    }
    try {
      return this.#hand(piece);
    } catch (error) {
      this.fail(error);
      throw outputIsGone(error);
    }
  }

  /** @returns false if nobody took it */
  #hand(bytes: Uint8Array<ArrayBuffer>): boolean {
    const { length } = bytes;
    const taken = this.#callback(bytes);
    if (taken === undefined) return true;
    if (!isPromiseLike(taken)) {
      this.#isGone = isFalse(taken);
      return !this.#isGone;
    }
    // One of another realm, or of a library, may do other things than a promise of this one.
    const promise = Promise.resolve(taken);
    if (!this.#canWait) {
      // Its rejection would be nobody's.
      promise.catch(() => undefined);
      throw new EngineError({ code: 'callback-promise' });
    }
    this.#isBusy = true;
    this.#onTheirWay += length;
    promise.then(
      (answer) => this.#goOn(length, answer),
      (error: unknown) => this.fail(error),
    );
    return true;
  }

  /** The callback has taken bytes, and is given what came meanwhile. */
  #goOn(length: number, answer: unknown): void {
    if (this.#failure !== undefined) return;
    this.#isBusy = false;
    this.#onTheirWay -= length;
    if (isFalse(answer)) this.#isGone = true;
    const queue = this.#queue;
    this.#queue = [];
    if (queue.length > 0 && !this.#isGone) {
      const bytes = joined(queue);
      this.#onTheirWay -= bytes.length;
      try {
        this.#hand(bytes);
      } catch (error) {
        this.fail(error);
        return;
      }
    }
    if (this.#isGone) this.#drop();
    else this.#settle();
  }

  /** Nothing of what is on its way will be taken. */
  #drop(): void {
    this.#isBusy = false;
    this.#queue = [];
    this.#onTheirWay = 0;
    this.#settle();
  }

  #settle(): void {
    if (!this.#isBusy) this.#whenIdle?.();
    this.#onProgress();
  }
}

/** Ends the plugin. Not the callback's own error: one about memory would look like one about the plugin's. */
function outputIsGone(cause: unknown): Error {
  return new EngineError({ code: 'callback-failed' }, cause);
}

function joined(pieces: readonly Uint8Array<ArrayBuffer>[]): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(pieces.reduce((sum, { length }) => sum + length, 0));
  let offset = 0;
  for (const piece of pieces) {
    bytes.set(piece, offset);
    offset += piece.length;
  }
  return bytes;
}
