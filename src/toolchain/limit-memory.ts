import type { TooLarge } from '../protocol/toolchain.ts';
import { FaultError } from './fault-error.ts';

/**
 * The hosts' memory ends at 1 GiB, in pages of 64 KiB, as that of the hosts that were built before (examples/Makefile): a
 * plugin that takes memory without end then ends its host, and not the reader's browser.
 */
const HOST_PAGES = 16_384;
const PAGE_BYTES = 65_536;

const HEADER_SIZE = 8;
const MEMORY_SECTION = 5;
/** Flags of a memory's limits: no largest size, or one. */
const ONLY_LEAST = 0;
const LEAST_AND_LARGEST = 1;

function readUnsigned(bytes: Uint8Array, start: number): { readonly value: number; readonly end: number } {
  let value = 0;
  let scale = 1;
  for (let at = start; ; at += 1) {
    const byte = bytes[at];
    if (byte === undefined) throw new FaultError({ code: 'program-cut-off' });
    value += (byte & 0x7f) * scale;
    scale *= 0x80;
    if (byte < 0x80) return { value, end: at + 1 };
  }
}

function unsigned(value: number): number[] {
  const bytes: number[] = [];
  for (let rest = value; ; rest = Math.floor(rest / 0x80)) {
    if (rest < 0x80) return [...bytes, rest];
    bytes.push((rest % 0x80) + 0x80);
  }
}

/**
 * The program with a largest size for its memory, which Go's linker leaves open (WebAssembly core specification, 5.5.8).
 *
 * @returns `too-large` if it needs more than that to begin with
 * @throws FaultError if it has no memory of its own without one
 */
export function limitMemory(program: Uint8Array): Uint8Array<ArrayBuffer> | TooLarge {
  for (let at = HEADER_SIZE; at < program.length;) {
    const { value: size, end: start } = readUnsigned(program, at + 1);
    const next = start + size;
    if (program[at] !== MEMORY_SECTION) {
      at = next;
      continue;
    }
    const { value: count, end: limits } = readUnsigned(program, start);
    if (count !== 1 || program[limits] !== ONLY_LEAST) break;
    const least = readUnsigned(program, limits + 1).value;
    if (least > HOST_PAGES) return { kind: 'too-large', needed: least * PAGE_BYTES, limit: HOST_PAGES * PAGE_BYTES };
    const section = [1, LEAST_AND_LARGEST, ...unsigned(least), ...unsigned(HOST_PAGES)];
    const replaced = [MEMORY_SECTION, ...unsigned(section.length), ...section];
    const limited = new Uint8Array(program.length - (next - at) + replaced.length);
    limited.set(program.subarray(0, at));
    limited.set(replaced, at);
    limited.set(program.subarray(next), at + replaced.length);
    return limited;
  }
  throw new FaultError({ code: 'program-without-memory' });
}
