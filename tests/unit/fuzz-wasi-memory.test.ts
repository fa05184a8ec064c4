/** A program that hands the engine addresses, lengths, descriptors and flags of any kind. */
import { WASIProcExit } from '@bjorn3/browser_wasi_shim';
import fc from 'fast-check';
import assert from 'node:assert/strict';
import { it } from 'node:test';
import { threadClocks } from '../../src/engine/wasi/clocks.ts';
import { createCorrectedWasi } from '../../src/engine/wasi/corrected-wasi.ts';
import { MemoryDirectoryFd } from '../../src/engine/memory/memory-directory-fd.ts';
import { makeTree } from '../../src/engine/memory/memory-tree.ts';
import { MessageStdinChannel } from '../../src/engine/stdin/message-channel.ts';
import { OutputFd } from '../../src/engine/wasi/output-fd.ts';
import { StdinFd } from '../../src/engine/wasi/stdin-fd.ts';
import { preview1Signatures } from '../fixtures/preview1-signatures.ts';
import { ByteStream } from './byte-stream.ts';
import { checkAsync } from './fuzz.ts';

const PAGES = 1;
const MEMORY_SIZE = PAGES * 65_536;
const LAST_ERRNO = 76;

/** Numbers that are descriptors, lengths, flags, addresses in memory, at its end, beyond it; as wasm hands them over, signed. */
const i32 = fc
  .oneof(
    { weight: 5, arbitrary: fc.nat(6) },
    { weight: 4, arbitrary: fc.integer({ min: 0, max: MEMORY_SIZE }) },
    { weight: 2, arbitrary: fc.integer({ min: MEMORY_SIZE - 50, max: MEMORY_SIZE + 2 }) },
    { weight: 1, arbitrary: fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }) },
    { weight: 1, arbitrary: fc.constantFrom(-1, -(2 ** 31), 2 ** 31 - 1) },
  )
  .map((value) => value | 0);

/** Between a megabyte and more than any machine has, a size is honest: it would only take long. */
const i64 = fc.oneof(
  fc.bigInt({ min: 0n, max: 1_000_000n }),
  fc.bigInt({ min: -(2n ** 63n), max: -1n }),
  fc.bigInt({ min: 2n ** 45n, max: 2n ** 63n - 1n }),
);

/** A call, and iovecs to be laid out for it. */
interface Call {
  readonly name: string;
  readonly args: readonly (number | bigint)[];
  readonly iovecs: readonly { readonly buffer: number; readonly length: number }[];
}

const anyCall = fc.constantFrom(...Object.keys(preview1Signatures)).chain((name): fc.Arbitrary<Call> =>
  fc.record({
    name: fc.constant(name),
    args: fc.tuple(
      ...Array.from(preview1Signatures[name] ?? '', (kind): fc.Arbitrary<number | bigint> =>
        kind === 'i' ? i32 : i64,
      ),
    ),
    iovecs: fc.constant([]),
  }),
);

/** Reads and writes that are nearly right: buffers overlap each other, the iovecs or the count, or end beyond memory. */
const transfer = fc
  .record({
    name: fc.constantFrom('fd_read', 'fd_write'),
    fd: fc.nat(3),
    at: fc.integer({ min: MEMORY_SIZE - 100, max: MEMORY_SIZE - 1 }),
    count: fc.integer({ min: MEMORY_SIZE - 100, max: MEMORY_SIZE + 2 }),
    iovecs: fc.array(
      fc.record({ buffer: fc.integer({ min: MEMORY_SIZE - 120, max: MEMORY_SIZE + 1 }), length: fc.nat(60) }),
      { minLength: 1, maxLength: 4 },
    ),
  })
  .map(({ name, fd, at, count, iovecs }): Call => ({ name, args: [fd, at, iovecs.length, count], iovecs }));

const arbitrary = fc.record({
  calls: fc.array(fc.oneof({ weight: 2, arbitrary: anyCall }, { weight: 1, arbitrary: transfer }), {
    minLength: 1,
    maxLength: 6,
  }),
  /** What stands in memory: iovecs, subscriptions and paths by chance. */
  words: fc.array(fc.record({ at: fc.integer({ min: 0, max: MEMORY_SIZE / 4 - 1 }), word: i32 }), { maxLength: 30 }),
  fill: fc.constantFrom(0, 1, 0x2e, 0x61, 0xff),
  typed: fc.nat(300),
});

it('any call answers with an errno, and what it doesn’t deliver of stdin is still there', async () => {
  await checkAsync('wasi memory', arbitrary, async ({ calls, words, fill, typed }) => {
    const memory = new WebAssembly.Memory({ initial: PAGES });
    const view = new DataView(memory.buffer);
    const channel = new MessageStdinChannel({ onmessage: null });
    const model = new ByteStream();
    const printed: Uint8Array[] = [];
    const sink = { isFull: false, write: (bytes: Uint8Array): unknown => printed.push(bytes.slice()) };
    const wasi = createCorrectedWasi({
      args: ['plugin.wasm', 'é'],
      env: ['A=b'],
      fds: [
        new StdinFd(channel, { kind: 'pipe', flags: 'set by program' }),
        new OutputFd(sink, { kind: 'pipe', flags: 'set by program' }),
        new OutputFd(sink, { kind: 'terminal', flags: 'set by program' }),
        new MemoryDirectoryFd(
          makeTree({ a: new Uint8Array(10), '.a': new Uint8Array(1) }, threadClocks.realtime),
          {},
          '/',
        ),
      ],
      channel,
      beforeWait: () => undefined,
    });
    wasi.inst = { exports: { memory } };
    channel.deliver({ type: 'data', bytes: model.write(typed) });
    channel.deliver({ type: 'close' });

    for (const { name, args, iovecs } of calls) {
      new Uint8Array(memory.buffer).fill(fill);
      for (const { at, word } of words) view.setInt32(4 * at, word, true);
      iovecs.forEach(({ buffer, length }, index) => {
        const base = Number(args[1]) + 8 * index;
        if (base + 8 > MEMORY_SIZE) return;
        view.setUint32(base, buffer, true);
        view.setUint32(base + 4, length, true);
      });
      printed.length = 0;
      const unread = channel.available;
      const before = new Uint8Array(memory.buffer).slice();
      const imported = wasi.wasiImport[name] as (...args: (number | bigint)[]) => unknown;
      let errno: unknown;
      try {
        errno = imported(...args);
      } catch (error) {
        assert.ok(error instanceof WASIProcExit, `${name} threw ${String(error)}`);
        assert.equal(name, 'proc_exit');
        return;
      }
      if (errno instanceof Promise) {
        // A clock may be years away: what waits is left alone, as at a kill.
        if (name === 'poll_oneoff') {
          channel.abandon();
          return;
        }
        errno = await errno;
      }
      assert.ok(
        typeof errno === 'number' && errno >= 0 && errno <= LAST_ERRNO,
        `${name}: ${String(errno)} is no errno`,
      );
      assert.equal(memory.buffer.byteLength, MEMORY_SIZE);
      if (name === 'fd_read' && errno === 0 && unread > channel.available) {
        const count = unread - channel.available;
        model.read += count;
        assert.equal(view.getUint32(Number(args[3]) >>> 0, true), count, 'says another number than it took');
      } else {
        assert.equal(channel.available, unread, `${name} took of stdin, and answered ${String(errno)}`);
      }
      if (name === 'fd_write' && printed.length > 0) verifyPrinted(before, args.map(Number), printed);
    }

    // The world is whole: the rest of stdin is there, in order.
    const rest = new Uint8Array(channel.available);
    channel.read(rest);
    model.take(rest);
    assert.equal(model.length, 0, 'bytes were lost');
  });
});

/** What was printed is what stood in memory when the call was made. */
function verifyPrinted(before: Uint8Array, args: readonly number[], printed: readonly Uint8Array[]): void {
  const [, iovs = 0, count = 0] = args.map((arg) => arg >>> 0);
  const view = new DataView(before.buffer);
  const expected = Array.from({ length: count }, (_, index) => {
    const buffer = view.getUint32(iovs + 8 * index, true);
    return before.subarray(buffer, buffer + view.getUint32(iovs + 8 * index + 4, true));
  });
  assert.ok(Buffer.concat(printed).equals(Buffer.concat(expected)), 'printed other bytes than stood in memory');
}
