import type { OutputChunk, OutputStream } from '../../protocol/messages.ts';

/** Bytes that may be on their way to the page without its having taken them. */
export const OUTPUT_WINDOW = 1_048_576;

/** A flood is sent in pieces of this size. */
const FLOOD_BATCH = 65_536;

/** So many messages may go out one by one in a stretch of time; what comes after them is coalesced. */
const PROMPT_MESSAGES = 64;
const STRETCH_MS = 16;

/**
 * Collects what a program writes and sends it to the page: at once while there is little of it, in large pieces when it
 * floods. It copies the bytes, since the program's memory moves on.
 */
export class OutputPump {
  readonly #send: (chunks: OutputChunk[]) => void;
  #chunks: OutputChunk[] = [];
  #collected = 0;
  #sent = 0;
  #stretchStart = 0;
  #messages = 0;

  constructor(send: (chunks: OutputChunk[]) => void) {
    this.#send = send;
  }

  /** Bytes handed to the page since the start, modulo 2^32. */
  get sent(): number {
    return this.#sent >>> 0;
  }

  /** True when the page, having taken `taken` bytes in all (modulo 2^32), is so far behind that the program has to wait. */
  mustWait(taken: number): boolean {
    return (this.#sent - taken) >>> 0 > OUTPUT_WINDOW;
  }

  /** Takes a copy of `bytes` for `stream`. */
  write(stream: OutputStream, bytes: Uint8Array): void {
    if (bytes.length === 0) return;
    this.#chunks.push({ stream, bytes: bytes.slice() });
    this.#collected += bytes.length;
    const now = performance.now();
    if (now - this.#stretchStart >= STRETCH_MS) {
      this.#stretchStart = now;
      this.#messages = 0;
    }
    if (this.#messages < PROMPT_MESSAGES || this.#collected >= FLOOD_BATCH) this.flush();
  }

  /** Sends what was collected. To be called before every wait. */
  flush(): void {
    if (this.#collected === 0) return;
    this.#join();
    const chunks = this.#chunks;
    this.#sent = (this.#sent + this.#collected) >>> 0;
    this.#chunks = [];
    this.#collected = 0;
    this.#messages += 1;
    this.#send(chunks);
  }

  /** Makes one chunk of neighbours on the same stream. */
  #join(): void {
    const joined: OutputChunk[] = [];
    for (let start = 0; start < this.#chunks.length;) {
      const head = this.#chunks[start];
      if (head === undefined) break;
      let end = start;
      let size = 0;
      for (let chunk = this.#chunks[end]; chunk?.stream === head.stream; chunk = this.#chunks[end]) {
        size += chunk.bytes.length;
        end += 1;
      }
      if (end === start + 1) {
        joined.push(head);
      } else {
        const bytes = new Uint8Array(size);
        let offset = 0;
        for (const chunk of this.#chunks.slice(start, end)) {
          bytes.set(chunk.bytes, offset);
          offset += chunk.bytes.length;
        }
        joined.push({ stream: head.stream, bytes });
      }
      start = end;
    }
    this.#chunks = joined;
  }
}
