import { EngineError } from '../engine-error.ts';
import type { OutputSink } from '../wasi/output-fd.ts';

/**
 * Takes what a plugin writes, in order and never twice at once. If it returns a promise, the next bytes come after that, and
 * the plugin waits once 64 KiB are on their way, as with a pipe of Linux. If it throws or rejects, the plugin ends with its
 * next write, and the run with that error.
 */
export type OutputCallback = (bytes: Uint8Array<ArrayBuffer>) => void | Promise<void>;

/** What a pipe of Linux holds (pipe(7)). */
const WINDOW = 65_536;

/** Hands output to a callback. */
export class CallbackSink implements OutputSink {
  readonly #callback: OutputCallback;
  readonly #onProgress: () => void;
  readonly #canWait: boolean;
  #isBusy = false;
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
    return this.#onTheirWay >= WINDOW;
  }

  /** @throws Error once the callback has failed; `throwFailure` has the reason */
  write(bytes: Uint8Array): void {
    if (this.#failure !== undefined) throw outputIsGone(this.#failure.error);
    if (bytes.length === 0) return;
    const copy = new Uint8Array(bytes);
    if (this.#isBusy) {
      this.#queue.push(copy);
      this.#onTheirWay += copy.length;
    } else {
      try {
        this.#hand(copy);
      } catch (error) {
        this.#fail(error);
        throw outputIsGone(error);
      }
    }
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

  #hand(bytes: Uint8Array<ArrayBuffer>): void {
    const length = bytes.length;
    const taken = this.#callback(bytes);
    if (!(taken instanceof Promise)) return;
    if (!this.#canWait) {
      // Its rejection would be nobody's.
      taken.catch(() => undefined);
      throw new EngineError({ code: 'callback-promise' });
    }
    this.#isBusy = true;
    this.#onTheirWay += length;
    taken.then(
      () => {
        this.#onTheirWay -= length;
        this.#goOn();
      },
      (error: unknown) => this.#fail(error),
    );
  }

  #goOn(): void {
    this.#isBusy = false;
    const queue = this.#queue;
    this.#queue = [];
    if (queue.length > 0) {
      const bytes = joined(queue);
      this.#onTheirWay -= bytes.length;
      try {
        this.#hand(bytes);
      } catch (error) {
        this.#fail(error);
        return;
      }
    }
    this.#settle();
  }

  #fail(error: unknown): void {
    this.#failure = { error };
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
