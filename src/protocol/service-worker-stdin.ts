/**
 * The stdin channel over a service worker, for browsers where a worker can block in nothing but a synchronous request.
 *
 *     [worker]          GET …/block-or-eof-stdin/<run>?<StdinRequest>     blocks until the answer
 *     [service worker]  StdinAsk over BroadcastChannel <run>              keeps nothing between two requests
 *     [page]            StdinHold, then or at once StdinNews              never blocks; keeps the unread bytes
 *     [service worker]  200 with the news, or 204: nothing new
 *
 * A request says what its sender knows, and is answered as soon as the page knows something else. The page drops bytes only
 * when a later request's position confirms that they arrived. So requests and answers may be lost, come late or come twice
 * (a browser stops an idle service worker whenever it likes), and no byte is lost, doubled or reordered.
 *
 * Encoding: requests are query parameters; news is a header of 24 bytes, little-endian, and then the bytes of stdin:
 *
 *     0 u32 magic   4 u32 flags (1 closed, 2 released, 4 stopped)   8 f64 position of the first byte   16 u32 taken   20 u32 unused
 */

/** The folder of the requests, beside the worker's script; the service worker answers nothing else. */
const STDIN_FOLDER = 'block-or-eof-stdin';

/** Bytes in one answer, at most. */
export const NEWS_BYTES = 262_144;

/** No request is held longer, in milliseconds: the worker asks again. Browsers let a service worker answer for 30 s at least. */
export const LONGEST_HOLD_MS = 10_000;

/** What the worker knows and wants. */
export interface StdinRequest {
  /** Bytes of stdin received since the start. */
  readonly position: number;
  /** Bytes of stdin that the worker would take now. */
  readonly room: number;
  /** What it knows of `StdinNews.taken`. */
  readonly taken: number;
  /** What it knows of `StdinNews.closed`. */
  readonly closed: boolean;
  /** What it knows of `StdinNews.released`. */
  readonly released: boolean;
  /** Milliseconds to hold the request while there is nothing new; 0 asks what there is now. */
  readonly timeout: number;
}

/** What the page knows. */
export interface StdinNews {
  /** Bytes of stdin before `bytes`. */
  readonly position: number;
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** Output bytes that the page has taken since the start, modulo 2^32. */
  readonly taken: number;
  /** Stdin was closed, and nothing comes after `bytes`. */
  readonly closed: boolean;
  /** A run that is held may go on. */
  readonly released: boolean;
  /** The page has ended the run. */
  readonly stopped: boolean;
}

/** Service worker → page: a request has come. */
export interface StdinAsk {
  readonly type: 'ask';
  /** Unique, so that an answer finds its request. */
  readonly id: string;
  /** The request's query string. */
  readonly query: string;
}

/** Page → service worker. */
export type StdinAnswer =
  /** The page has looked, and there is nothing new yet. */
  | { readonly type: 'hold'; readonly id: string }
  /** Encoded `StdinNews`. */
  | { readonly type: 'news'; readonly id: string; readonly body: ArrayBuffer };

/** The name of a run's BroadcastChannel. */
export function stdinChannelName(run: string): string {
  return `${STDIN_FOLDER}/${run}`;
}

/** The address of a request. @param script address of the worker's script */
export function stdinUrl(script: string, run: string, request: StdinRequest): string {
  const url = new URL(`${STDIN_FOLDER}/${run}`, script);
  url.search = new URLSearchParams(Object.entries(request).map(([key, value]) => [key, String(value)])).toString();
  return url.href;
}

/** The run and the query of a request for stdin; undefined for any other address. */
export function parseStdinUrl(address: string): { readonly run: string; readonly query: string } | undefined {
  const { pathname, search } = new URL(address);
  const [folder, run] = pathname.split('/').slice(-2);
  return folder === STDIN_FOLDER && run !== undefined && run !== '' ? { run, query: search } : undefined;
}

/** @throws Error naming a parameter that is not there or not a number */
export function parseStdinRequest(query: string): StdinRequest {
  const parameters = new URLSearchParams(query);
  const count = (name: string): number => {
    const text = parameters.get(name);
    const value = text === null || text === '' ? NaN : Number(text);
    if (!Number.isSafeInteger(value) || value < 0) {
      throw new Error(`stdin request: expected a whole number in "${name}", found ${String(text)}`);
    }
    return value;
  };
  return {
    position: count('position'),
    room: count('room'),
    taken: count('taken'),
    closed: parameters.get('closed') === 'true',
    released: parameters.get('released') === 'true',
    timeout: count('timeout'),
  };
}

/** How long a request wants to be held, in milliseconds. */
export function holdOf(query: string): number {
  return Math.min(parseStdinRequest(query).timeout, LONGEST_HOLD_MS);
}

const MAGIC = 0x31_45_6f_42;
const HEADER_BYTES = 24;
const CLOSED = 1;
const RELEASED = 2;
const STOPPED = 4;

/** @returns news as the body of an answer */
export function encodeNews(news: StdinNews): ArrayBuffer {
  const body = new ArrayBuffer(HEADER_BYTES + news.bytes.length);
  const header = new DataView(body);
  header.setUint32(0, MAGIC, true);
  header.setUint32(4, (news.closed ? CLOSED : 0) | (news.released ? RELEASED : 0) | (news.stopped ? STOPPED : 0), true);
  header.setFloat64(8, news.position, true);
  header.setUint32(16, news.taken, true);
  new Uint8Array(body, HEADER_BYTES).set(news.bytes);
  return body;
}

/** @returns undefined if the body is not ours: some servers answer any address with a page */
export function decodeNews(body: ArrayBuffer): StdinNews | undefined {
  if (body.byteLength < HEADER_BYTES) return undefined;
  const header = new DataView(body);
  if (header.getUint32(0, true) !== MAGIC) return undefined;
  const flags = header.getUint32(4, true);
  return {
    position: header.getFloat64(8, true),
    bytes: new Uint8Array(body, HEADER_BYTES),
    taken: header.getUint32(16, true),
    closed: (flags & CLOSED) !== 0,
    released: (flags & RELEASED) !== 0,
    stopped: (flags & STOPPED) !== 0,
  };
}

/** The page's end: what was written and is not known to have arrived. */
export class StdinBacklog {
  #pieces: Uint8Array[] = [];
  /** Position of the first byte of `#pieces`. */
  #start = 0;
  #length = 0;
  #taken = 0;
  #closed = false;
  #released = false;
  #stopped = false;

  /** Bytes kept. */
  get length(): number {
    return this.#length;
  }

  /** Appends bytes; gives them away. Nothing is appended after `close`. */
  write(bytes: Uint8Array): void {
    if (this.#closed || bytes.length === 0) return;
    this.#pieces.push(bytes);
    this.#length += bytes.length;
  }

  close(): void {
    this.#closed = true;
  }

  taken(total: number): void {
    this.#taken = total >>> 0;
  }

  go(): void {
    this.#released = true;
  }

  /** The run is over: that is news for every request. */
  stop(): void {
    this.#stopped = true;
  }

  /**
   * The news for a request, or undefined while there is none. May be asked as often as one likes.
   * @throws Error for a position after what was written
   */
  answer(request: StdinRequest): StdinNews | undefined {
    // A request that came late: its sender has gone on, and nobody waits for the answer.
    if (request.position < this.#start) return undefined;
    this.#confirm(request.position);
    const bytes = this.#head(Math.min(request.room, NEWS_BYTES));
    const closed = this.#closed && bytes.length === this.#length;
    const isNews =
      this.#stopped ||
      bytes.length > 0 ||
      closed !== request.closed ||
      this.#taken !== request.taken ||
      this.#released !== request.released;
    if (!isNews) return undefined;
    return {
      position: this.#start,
      bytes,
      taken: this.#taken,
      closed,
      released: this.#released,
      stopped: this.#stopped,
    };
  }

  #confirm(position: number): void {
    let count = position - this.#start;
    if (count > this.#length) {
      throw new Error(
        `stdin request: expected a position up to ${String(this.#start + this.#length)}, found ${String(position)}`,
      );
    }
    this.#start = position;
    this.#length -= count;
    let gone = 0;
    for (const piece of this.#pieces) {
      if (piece.length > count) break;
      count -= piece.length;
      gone += 1;
    }
    this.#pieces.splice(0, gone);
    const first = this.#pieces[0];
    if (first !== undefined && count > 0) this.#pieces[0] = first.subarray(count);
  }

  /** A copy of the first `most` bytes. */
  #head(most: number): Uint8Array<ArrayBuffer> {
    const bytes = new Uint8Array(Math.min(most, this.#length));
    let offset = 0;
    for (const piece of this.#pieces) {
      if (offset === bytes.length) break;
      const part = piece.subarray(0, bytes.length - offset);
      bytes.set(part, offset);
      offset += part.length;
    }
    return bytes;
  }
}
