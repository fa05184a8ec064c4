/** Goes over instructions (core specification, 5.4) to find the features that they need. It validates nothing. */
import type { ByteReader } from './byte-reader.ts';
import type { WasmFeature } from './wasm-features.ts';

/** Told of each feature that is met. */
export type OnFeature = (feature: WasmFeature) => void;

/** Heap types that function references and exceptions have: func, extern, exn, and a type's index, as one byte. */
const FUNCTION_HEAP_TYPES: ReadonlySet<number> = new Set([0x70, 0x6f, 0x69]);

/** A heap type (5.3.3). */
function readHeapType(code: ByteReader, onFeature: OnFeature): void {
  const first = code.peek() ?? 0;
  const isIndex = first >= 0x80 || first < 0x40;
  code.skipNumber();
  onFeature(isIndex || FUNCTION_HEAP_TYPES.has(first) ? 'function-references' : 'gc');
}

/** A value type (5.3.5). `wasm-features.ts` says what came later. */
export function readValueType(code: ByteReader, onFeature: OnFeature): number {
  const type = code.byte();
  if (type === 0x63 || type === 0x64) readHeapType(code, onFeature);
  else if (type === 0x69) onFeature('exceptions');
  // i32, i64, f32, f64, v128, funcref and externref; no other but references of garbage collection.
  else if (type < 0x7b && type !== 0x70 && type !== 0x6f) onFeature('gc');
  return type;
}

function readBlockType(code: ByteReader, onFeature: OnFeature): void {
  const first = code.peek() ?? 0;
  // 0x40 is no result; a type's index is a positive number.
  if (first >= 0x80 || first <= 0x40) code.skipNumber();
  else readValueType(code, onFeature);
}

/** Where in a memory (5.4.7). */
function readMemoryArgument(code: ByteReader, onFeature: OnFeature): void {
  const align = code.unsigned();
  if ((align & 0x40) !== 0) {
    onFeature('multi-memory');
    code.skipNumber();
  }
  code.skipNumber();
}

function readCatches(code: ByteReader): void {
  code.list(() => code.skipNumber(code.byte() < 2 ? 2 : 1));
}

/** Numbers behind 0xfc, by what follows. */
const MISC_NUMBERS: readonly number[] = [0, 0, 0, 0, 0, 0, 0, 0, 2, 1, 2, 1, 2, 1, 2, 1, 1, 1];

const RELAXED_SIMD = 0x100;

function readVector(code: ByteReader, onFeature: OnFeature): void {
  const operation = code.unsigned();
  if (operation >= RELAXED_SIMD) onFeature('relaxed-simd');
  else if (operation <= 11 || operation === 92 || operation === 93) readMemoryArgument(code, onFeature);
  else if (operation === 12 || operation === 13) code.skip(16);
  else if (operation >= 21 && operation <= 34) code.skip(1);
  else if (operation >= 84 && operation <= 91) {
    readMemoryArgument(code, onFeature);
    code.skip(1);
  }
}

function readAtomic(code: ByteReader, onFeature: OnFeature): void {
  onFeature('threads');
  if (code.unsigned() === 3) code.skip(1);
  else readMemoryArgument(code, onFeature);
}

/** An instruction with its arguments. */
type Instruction = (code: ByteReader, onFeature: OnFeature) => void;

const numbers =
  (count: number, feature?: WasmFeature): Instruction =>
  (code, onFeature) => {
    if (feature !== undefined) onFeature(feature);
    code.skipNumber(count);
  };
const bytes =
  (count: number): Instruction =>
  (code) =>
    code.skip(count);

/** Instructions by their first byte, with a range of them where neighbours are alike. */
const INSTRUCTIONS: readonly (readonly [from: number, to: number, Instruction])[] = [
  [0x00, 0x01, numbers(0)],
  [0x02, 0x04, readBlockType],
  [0x05, 0x05, numbers(0)],
  [
    0x06,
    0x06,
    (code, onFeature) => {
      onFeature('legacy-exceptions');
      readBlockType(code, onFeature);
    },
  ],
  [0x07, 0x07, numbers(1, 'legacy-exceptions')],
  [0x08, 0x08, numbers(1, 'exceptions')],
  [0x09, 0x09, numbers(1, 'legacy-exceptions')],
  [0x0a, 0x0a, numbers(0, 'exceptions')],
  [0x0b, 0x0b, numbers(0)],
  [0x0c, 0x0d, numbers(1)],
  [0x0e, 0x0e, (code) => code.skipNumber(code.unsigned() + 1)],
  [0x0f, 0x0f, numbers(0)],
  [0x10, 0x10, numbers(1)],
  [0x11, 0x11, numbers(2)],
  [0x12, 0x12, numbers(1, 'tail-call')],
  [0x13, 0x13, numbers(2, 'tail-call')],
  [0x14, 0x15, numbers(1, 'function-references')],
  [0x18, 0x18, numbers(1, 'legacy-exceptions')],
  [0x19, 0x19, numbers(0, 'legacy-exceptions')],
  [0x1a, 0x1b, numbers(0)],
  [0x1c, 0x1c, (code, onFeature) => void code.list(() => readValueType(code, onFeature))],
  [
    0x1f,
    0x1f,
    (code, onFeature) => {
      onFeature('exceptions');
      readBlockType(code, onFeature);
      readCatches(code);
    },
  ],
  [0x20, 0x26, numbers(1)],
  [0x28, 0x3e, readMemoryArgument],
  [0x3f, 0x42, numbers(1)],
  [0x43, 0x43, bytes(4)],
  [0x44, 0x44, bytes(8)],
  [0x45, 0xc4, numbers(0)],
  [0xd0, 0xd0, numbers(1)],
  [0xd1, 0xd1, numbers(0)],
  [0xd2, 0xd2, numbers(1)],
  [0xd3, 0xd3, numbers(0, 'gc')],
  [0xd4, 0xd4, numbers(0, 'function-references')],
  [0xd5, 0xd6, numbers(1, 'function-references')],
  [0xfc, 0xfc, (code) => code.skipNumber(MISC_NUMBERS[code.unsigned()] ?? 0)],
  [0xfd, 0xfd, readVector],
  [0xfe, 0xfe, readAtomic],
];

const BY_OPCODE: readonly (Instruction | undefined)[] = Array.from(
  { length: 0x100 },
  (_, opcode) => INSTRUCTIONS.find(([from, to]) => opcode >= from && opcode <= to)?.[2],
);

const GC_PREFIX = 0xfb;

/** Goes over a function's instructions, as far as they are known. @throws WasmSyntaxError if they end amid one */
export function walkInstructions(code: ByteReader, onFeature: OnFeature): void {
  while (!code.isAtEnd) {
    const opcode = code.byte();
    const read = BY_OPCODE[opcode];
    if (read === undefined) {
      if (opcode === GC_PREFIX) onFeature('gc');
      return;
    }
    read(code, onFeature);
  }
}

/** Arithmetic in a constant expression: add, sub and mul of i32 and of i64. */
const EXTENDED_CONST: ReadonlySet<number> = new Set([0x6a, 0x6b, 0x6c, 0x7c, 0x7d, 0x7e]);

/** Goes over a constant expression to its end (3.3.13). @throws WasmSyntaxError if there is none */
export function walkConstant(code: ByteReader, onFeature: OnFeature): void {
  for (let opcode = code.byte(); opcode !== 0x0b; opcode = code.byte()) {
    if (opcode === GC_PREFIX) {
      onFeature('gc');
      // Some have numbers behind them, all small; their own end looks like none of them.
      code.skipNumber();
      continue;
    }
    if (EXTENDED_CONST.has(opcode)) onFeature('extended-const');
    BY_OPCODE[opcode]?.(code, onFeature);
  }
}
