/** What is read is not as the core specification has it. `at`: the position in the file, in bytes. */
export class WasmSyntaxError extends Error {
  override readonly name = 'WasmSyntaxError';
  readonly at: number;

  constructor(at: number) {
    super(`expected more of a WebAssembly module, found its end at ${String(at)}`);
    this.at = at;
  }
}

/** Reads a part of a WebAssembly module (core specification, 5.2: values). Nothing is read behind its end. */
export class ByteReader {
  readonly #bytes: Uint8Array;
  readonly #end: number;
  #at: number;

  constructor(bytes: Uint8Array, at = 0, end = bytes.length) {
    this.#bytes = bytes;
    this.#at = at;
    this.#end = end;
  }

  get isAtEnd(): boolean {
    return this.#at >= this.#end;
  }

  /** The position in the file, in bytes. */
  get at(): number {
    return this.#at;
  }

  /** @throws WasmSyntaxError at the end */
  byte(): number {
    const byte = this.#at < this.#end ? this.#bytes[this.#at] : undefined;
    if (byte === undefined) throw new WasmSyntaxError(this.#at);
    this.#at += 1;
    return byte;
  }

  /** The next byte, which stays; undefined at the end. */
  peek(): number | undefined {
    return this.#at < this.#end ? this.#bytes[this.#at] : undefined;
  }

  /** Unsigned LEB128 (5.2.2). More than 2^53 loses its last digits. @throws WasmSyntaxError at the end */
  unsigned(): number {
    let value = 0;
    for (let scale = 1; ; scale *= 0x80) {
      const byte = this.byte();
      value += (byte & 0x7f) * scale;
      if (byte < 0x80) return value;
    }
  }

  /** Goes over LEB128 of any kind. @throws WasmSyntaxError at the end */
  skipNumber(times = 1): void {
    for (let left = times; left > 0; left -= 1) while (this.byte() >= 0x80);
  }

  /** @throws WasmSyntaxError behind the end */
  skip(count: number): void {
    if (count > this.#end - this.#at) throw new WasmSyntaxError(this.#end);
    this.#at += count;
  }

  /** The next bytes as a reader of their own. @throws WasmSyntaxError behind the end */
  part(length: number): ByteReader {
    const start = this.#at;
    this.skip(length);
    return new ByteReader(this.#bytes, start, start + length);
  }

  /** A name (5.2.4). */
  text(): string {
    const length = this.unsigned();
    const start = this.#at;
    this.skip(length);
    return new TextDecoder().decode(this.#bytes.subarray(start, start + length));
  }

  /** A list (5.1.3), each element read by `read`. */
  list<T>(read: () => T): T[] {
    const found: T[] = [];
    for (let left = this.unsigned(); left > 0; left -= 1) found.push(read());
    return found;
  }
}
