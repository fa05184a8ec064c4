import assert from 'node:assert/strict';

/** A prime, so that a byte that is lost, doubled or out of place shows at every power of two. */
const PERIOD = 251;
const LONGEST = 1_200_000;
const pattern = Uint8Array.from({ length: LONGEST + PERIOD }, (_, position) => position % PERIOD);

/** A copy of the bytes of an endless stream from `position` on. */
export function streamBytes(position: number, length: number): Uint8Array<ArrayBuffer> {
  const start = position % PERIOD;
  return pattern.slice(start, start + length);
}

/** The model of every stdin here: bytes that were written, some of which have been read. */
export class ByteStream {
  written = 0;
  read = 0;

  /** Bytes written and not read. */
  get length(): number {
    return this.written - this.read;
  }

  /** The next bytes to be written. */
  write(length: number): Uint8Array<ArrayBuffer> {
    const bytes = streamBytes(this.written, length);
    this.written += length;
    return bytes;
  }

  /** Checks that `bytes` are the next ones in the stream. */
  take(bytes: Uint8Array): void {
    assert.ok(bytes.length <= this.length, `read ${String(bytes.length)} bytes, ${String(this.length)} were there`);
    const expected = streamBytes(this.read, bytes.length);
    if (Buffer.compare(bytes, expected) !== 0) {
      const at = bytes.findIndex((byte, index) => byte !== expected[index]);
      assert.fail(`byte ${String(this.read + at)} of the stream is another one`);
    }
    this.read += bytes.length;
  }
}
