import { wasi } from '@bjorn3/browser_wasi_shim';
import type { Errno } from '../wasi/descriptor.ts';
import { MemoryNode, type Now } from './memory-node.ts';

/** Larger sizes are not exact numbers any more. */
export const LARGEST_FILE = Number.MAX_SAFE_INTEGER;

const LEAST_CAPACITY = 512;
/** A file that outgrows its buffer gets twice as much, up to this many bytes more. */
const LARGEST_STEP = 268_435_456;

function allocate(size: number): Uint8Array | undefined {
  try {
    return new Uint8Array(size);
  } catch (error) {
    // There is no such memory.
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/**
 * A regular file in memory.
 *
 * Writing n bytes piece by piece costs O(n): the buffer doubles. A file that was made longer without being written takes no
 * memory; what lies beyond the buffer reads as zero. Contents given at the start are not copied before the first write.
 */
export class MemoryFile extends MemoryNode {
  override readonly filetype = wasi.FILETYPE_REGULAR_FILE;
  /** Bytes after `#size` are zero. */
  #buffer: Uint8Array;
  #size: number;
  #isBufferOwn: boolean;

  constructor(now: Now, contents?: Uint8Array) {
    super(now);
    this.#buffer = contents ?? new Uint8Array(0);
    this.#size = this.#buffer.length;
    this.#isBufferOwn = contents === undefined;
  }

  override get size(): number {
    return this.#size;
  }

  /** The contents. Valid until the next write; not to be written to. */
  get contents(): Uint8Array {
    if (this.#buffer.length >= this.#size) return this.#buffer.subarray(0, this.#size);
    const padded = new Uint8Array(this.#size);
    padded.set(this.#buffer);
    return padded;
  }

  /** Copies bytes from `position` on into `target`. Returns their number: less than `target.length` at the end only. */
  read(target: Uint8Array, position: number): number {
    const count = Math.min(target.length, Math.max(0, this.#size - position));
    if (count === 0) return 0;
    const stored = this.#buffer.subarray(position, position + count);
    target.set(stored);
    target.fill(0, stored.length, count);
    return count;
  }

  /** Writes all of `source` at `position`. @returns EFBIG, or ENOSPC if there is no memory */
  write(source: Uint8Array, position: number): Errno {
    if (source.length === 0) return wasi.ERRNO_SUCCESS;
    const end = position + source.length;
    if (end > LARGEST_FILE) return wasi.ERRNO_FBIG;
    if (!this.#reserve(end)) return wasi.ERRNO_NOSPC;
    this.#buffer.set(source, position);
    if (end > this.#size) this.#size = end;
    this.touchModified();
    return wasi.ERRNO_SUCCESS;
  }

  /** Cuts off what is beyond `size`, or appends zeros. @returns EFBIG */
  resize(size: number): Errno {
    if (size > LARGEST_FILE) return wasi.ERRNO_FBIG;
    if (size === 0) {
      this.#buffer = new Uint8Array(0);
      this.#isBufferOwn = true;
    } else if (size < this.#size) {
      if (this.#isBufferOwn) this.#buffer.fill(0, size, this.#size);
      else this.#buffer = this.#buffer.subarray(0, size);
    }
    this.#size = size;
    this.touchModified();
    return wasi.ERRNO_SUCCESS;
  }

  /** Makes sure that writes before `size` find memory, and the file is that long. @returns EFBIG or ENOSPC */
  allocate(size: number): Errno {
    if (size > LARGEST_FILE) return wasi.ERRNO_FBIG;
    if (!this.#reserve(size)) return wasi.ERRNO_NOSPC;
    return size > this.#size ? this.resize(size) : wasi.ERRNO_SUCCESS;
  }

  #reserve(size: number): boolean {
    const capacity = this.#buffer.length;
    if (this.#isBufferOwn && size <= capacity) return true;
    const roomy = Math.max(size, LEAST_CAPACITY, capacity + Math.min(capacity, LARGEST_STEP));
    const buffer = allocate(roomy) ?? allocate(Math.max(size, this.#size));
    if (buffer === undefined) return false;
    buffer.set(this.#buffer.subarray(0, this.#size));
    this.#buffer = buffer;
    this.#isBufferOwn = true;
    return true;
  }
}
