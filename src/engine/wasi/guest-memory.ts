import { wasi } from '@bjorn3/browser_wasi_shim';
import type { Errno } from './descriptor.ts';

/**
 * The memory of a running program. The buffer is asked for at each use, since memory that grows has another one.
 *
 * Addresses are unsigned. One that lies outside throws a `RangeError`, which `answerErrno` makes an EFAULT of.
 */
export class GuestMemory {
  readonly #buffer: () => ArrayBuffer;
  #view: DataView | undefined;

  constructor(buffer: () => ArrayBuffer) {
    this.#buffer = buffer;
  }

  get view(): DataView {
    const buffer = this.#buffer();
    if (this.#view?.buffer !== buffer) this.#view = new DataView(buffer);
    return this.#view;
  }

  bytes(pointer: number, length: number): Uint8Array {
    return new Uint8Array(this.#buffer(), pointer, length);
  }

  /** @returns a string, or EILSEQ if it is not UTF-8 */
  text(pointer: number, length: number): string | Errno {
    try {
      // A copy: what is shared with threads cannot be decoded.
      return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(this.bytes(pointer, length).slice());
    } catch (error) {
      if (error instanceof TypeError) return wasi.ERRNO_ILSEQ;
      throw error;
    }
  }

  /** The buffers of an array of iovecs. */
  buffers(pointer: number, count: number): Uint8Array[] {
    return wasi.Iovec.read_bytes_array(this.view, pointer, count).map(({ buf, buf_len }) => this.bytes(buf, buf_len));
  }

  /** Throws now if `setSize` would throw later; writes nothing, since a size may stand inside of what is read before that. */
  checkSize(pointer: number): void {
    this.view.getUint32(pointer, true);
  }

  setSize(pointer: number, size: number): void {
    this.view.setUint32(pointer, size, true);
  }
}

/** An import of a program, with the numbers it is called with. */
export type Import = (...args: never[]) => unknown;

type Called = (...args: (number | bigint)[]) => unknown;

/** @throws what is not an error about memory */
function errnoOf(error: unknown): Errno {
  if (!(error instanceof RangeError) || /call stack/iu.test(error.message)) throw error;
  return /alloc|out of memory/iu.test(error.message) ? wasi.ERRNO_NOMEM : wasi.ERRNO_FAULT;
}

/**
 * Makes an import answer EFAULT where it is given an address outside of memory; by itself it would throw, and end the program.
 * Numbers arrive signed, and are handed on unsigned, which all of preview1's 32-bit values are.
 */
export function answerErrno(fn: Import): Import {
  const call = fn as unknown as Called;
  return (...args: (number | bigint)[]): unknown => {
    try {
      for (let index = 0; index < args.length; index += 1) {
        const arg = args[index];
        if (typeof arg === 'number') args[index] = arg >>> 0;
      }
      const result = call(...args);
      return result instanceof Promise ? result.catch(errnoOf) : result;
    } catch (error) {
      return errnoOf(error);
    }
  };
}
