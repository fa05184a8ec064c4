/** A module made by hand, since no C library makes all of these calls. */
import { preview1Signatures } from '../fixtures/preview1-signatures.ts';

/** The calls of preview1 that take a descriptor, by their parameters. Each returns an errno. */
const SIGNATURES = Object.fromEntries(
  Object.entries(preview1Signatures).filter(([name]) => /^(?:fd|path|sock)_/u.test(name)),
);

const BADF = 8;
const TYPE = { i: 0x7f, I: 0x7e } as const;
const OP = { if: 0x04, end: 0x0b, call: 0x10, i32: 0x41, i64: 0x42, notEqual: 0x47, noResult: 0x40 } as const;
const SECTION = { type: 1, import: 2, function: 3, memory: 5, export: 7, code: 10 } as const;

/** LEB128, unsigned. */
function size(value: number): number[] {
  return value < 128 ? [value] : [(value % 128) | 128, ...size(Math.floor(value / 128))];
}

function text(name: string): number[] {
  return [name.length, ...new TextEncoder().encode(name)];
}

function section(id: number, entries: readonly (readonly number[])[]): number[] {
  const content = [...size(entries.length), ...entries.flat()];
  return [id, ...size(content.length), ...content];
}

/**
 * A command that makes each of these calls with descriptor 3, and 3 for every other parameter of 32 bits. It exits with 0 if
 * all answer EBADF, otherwise with the place, from 1, of the first in `names` that does not.
 */
export function callsOfDescriptor3(): { readonly plugin: Uint8Array<ArrayBuffer>; readonly names: readonly string[] } {
  const names = Object.keys(SIGNATURES);
  const parameters = Object.values(SIGNATURES).map((signature) => Array.from(signature) as ('i' | 'I')[]);
  const exit = names.length;
  const start = exit + 1;
  const types = [
    ...parameters.map((each) => [0x60, each.length, ...each.map((one) => TYPE[one]), 1, TYPE.i]),
    [0x60, 1, TYPE.i, 0],
    [0x60, 0, 0],
  ];
  const body = parameters.flatMap((each, index) => [
    ...each.flatMap((one) => (one === 'i' ? [OP.i32, 3] : [OP.i64, 0])),
    ...[OP.call, index, OP.i32, BADF, OP.notEqual, OP.if, OP.noResult],
    ...[OP.i32, index + 1, OP.call, exit, OP.end],
  ]);
  const code = [0, ...body, OP.end];
  const plugin = Uint8Array.from([
    ...[0, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    ...section(SECTION.type, types),
    ...section(
      SECTION.import,
      [...names, 'proc_exit'].map((name, type) => [...text('wasi_snapshot_preview1'), ...text(name), 0, type]),
    ),
    ...section(SECTION.function, [[start]]),
    ...section(SECTION.memory, [[0, 1]]),
    ...section(SECTION.export, [
      [...text('_start'), 0, start],
      [...text('memory'), 2, 0],
    ]),
    ...section(SECTION.code, [[...size(code.length), ...code]]),
  ]);
  return { plugin, names };
}
