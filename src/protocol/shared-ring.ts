/**
 * The stdin channel over shared memory: one ring of bytes, one writer (the page), one reader (the worker).
 *
 * The page never blocks: `write` takes what fits. The reader blocks in `Atomics.wait` on `SEQUENCE`, which every act of the
 * page increments, so that an act between "look" and "wait" is not missed. Positions count bytes since the start modulo 2^32;
 * their difference is what is unread. Encoding: bytes as they are.
 */

/** Capacity of the ring in bytes; a power of two, so that positions may wrap at 2^32. */
export const RING_CAPACITY = 65_536;

const SEQUENCE = 0;
/** Written by the reader. */
const READ_POSITION = 1;
/** Written by the page. */
const WRITE_POSITION = 2;
/** 1 after the page closed stdin. */
const CLOSED = 3;
/** 1 while the page has bytes that did not fit; the reader then reports after a read. */
const WANT_SPACE = 4;
/** Output bytes that the page has taken since the start, modulo 2^32. */
const TAKEN = 5;
/** 1 when a run that is held may go on. */
const GO = 6;
/** 1 when the page has ended the run, and nobody takes anything any more. */
const STOPPED = 7;
const CONTROL_WORDS = 8;
const CONTROL_BYTES = CONTROL_WORDS * 4;

/** A ring's memory, zeroed: empty, open. */
export function createSharedRing(): SharedArrayBuffer {
  return new SharedArrayBuffer(CONTROL_BYTES + RING_CAPACITY);
}

interface RingViews {
  readonly control: Int32Array<SharedArrayBuffer>;
  readonly data: Uint8Array<SharedArrayBuffer>;
}

function viewsOf(buffer: SharedArrayBuffer): RingViews {
  return {
    control: new Int32Array(buffer, 0, CONTROL_WORDS),
    data: new Uint8Array(buffer, CONTROL_BYTES, RING_CAPACITY),
  };
}

function unreadBytes(control: Int32Array<SharedArrayBuffer>): number {
  return (Atomics.load(control, WRITE_POSITION) - Atomics.load(control, READ_POSITION)) >>> 0;
}

/** The page's end. No method blocks. */
export class SharedRingWriter {
  readonly #control: Int32Array<SharedArrayBuffer>;
  readonly #data: Uint8Array<SharedArrayBuffer>;

  constructor(buffer: SharedArrayBuffer) {
    ({ control: this.#control, data: this.#data } = viewsOf(buffer));
  }

  /** Copies in what fits and wakes the reader. Returns the number of bytes taken, 0 if the ring is full. */
  write(bytes: Uint8Array): number {
    const count = Math.min(bytes.length, RING_CAPACITY - unreadBytes(this.#control));
    if (count === 0) return 0;
    const position = Atomics.load(this.#control, WRITE_POSITION);
    const start = position & (RING_CAPACITY - 1);
    const first = Math.min(count, RING_CAPACITY - start);
    this.#data.set(bytes.subarray(0, first), start);
    this.#data.set(bytes.subarray(first, count), 0);
    Atomics.store(this.#control, WRITE_POSITION, (position + count) | 0);
    this.#wake();
    return count;
  }

  /** Asks the reader to report when it has read (`true`), or no longer (`false`). */
  wantSpace(want: boolean): void {
    Atomics.store(this.#control, WANT_SPACE, want ? 1 : 0);
  }

  /** Ends the input after the bytes written so far. */
  close(): void {
    Atomics.store(this.#control, CLOSED, 1);
    this.#wake();
  }

  /** Tells the reader how many bytes of output were taken in all, and wakes it. */
  taken(total: number): void {
    Atomics.store(this.#control, TAKEN, total | 0);
    this.#wake();
  }

  /** Lets a run that is held go on. */
  go(): void {
    Atomics.store(this.#control, GO, 1);
    this.#wake();
  }

  /** Tells the reader that the run is over, so that a thread which is blocked gives up by itself. */
  stop(): void {
    Atomics.store(this.#control, STOPPED, 1);
    this.#wake();
  }

  #wake(): void {
    Atomics.add(this.#control, SEQUENCE, 1);
    Atomics.notify(this.#control, SEQUENCE);
  }
}

/** The worker's end. Only `wait` blocks. */
export class SharedRingReader {
  readonly #control: Int32Array<SharedArrayBuffer>;
  readonly #data: Uint8Array<SharedArrayBuffer>;

  constructor(buffer: SharedArrayBuffer) {
    ({ control: this.#control, data: this.#data } = viewsOf(buffer));
  }

  /** Bytes that `read` would return now. */
  get available(): number {
    return unreadBytes(this.#control);
  }

  /** True once the page has closed stdin and every byte before that was read. */
  get ended(): boolean {
    // CLOSED first: the page stores bytes before it closes.
    return Atomics.load(this.#control, CLOSED) === 1 && this.available === 0;
  }

  /** Output bytes taken by the page, modulo 2^32. */
  get taken(): number {
    return Atomics.load(this.#control, TAKEN) >>> 0;
  }

  /** True once the page has let a run that was held go on. */
  get released(): boolean {
    return Atomics.load(this.#control, GO) === 1;
  }

  /** True once the page has ended the run. */
  get stopped(): boolean {
    return Atomics.load(this.#control, STOPPED) === 1;
  }

  /** True while the page has more bytes than the ring had room for. */
  get spaceWanted(): boolean {
    return Atomics.load(this.#control, WANT_SPACE) === 1;
  }

  /** A number that changes with every act of the page; take it before looking, hand it to `wait`. */
  get sequence(): number {
    return Atomics.load(this.#control, SEQUENCE);
  }

  /** Moves up to `target.length` bytes out of the ring. Returns their number. */
  read(target: Uint8Array): number {
    const count = Math.min(target.length, this.available);
    if (count === 0) return 0;
    const position = Atomics.load(this.#control, READ_POSITION);
    const start = position & (RING_CAPACITY - 1);
    const first = Math.min(count, RING_CAPACITY - start);
    target.set(this.#data.subarray(start, start + first));
    target.set(this.#data.subarray(0, count - first), first);
    Atomics.store(this.#control, READ_POSITION, (position + count) | 0);
    return count;
  }

  /** Blocks until an act of the page after `sequence` was taken, or for `timeout` milliseconds. */
  wait(sequence: number, timeout: number): void {
    Atomics.wait(this.#control, SEQUENCE, sequence, timeout);
  }
}
