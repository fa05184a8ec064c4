import fc from 'fast-check';
import assert from 'node:assert/strict';
import { it } from 'node:test';
import { OUTPUT_WINDOW, OutputPump } from '../../src/engine/run/output-pump.ts';
import type { OutputChunk, OutputStream } from '../../src/protocol/messages.ts';
import { ByteStream } from './byte-stream.ts';
import { check } from './fuzz.ts';
import { VirtualTime } from './virtual-time.ts';

const stream = fc.constantFrom<OutputStream>('stdout', 'stderr');
const act = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({ kind: fc.constant('write' as const), stream, size: fc.oneof(fc.nat(5), fc.nat(3000)) }),
  },
  // So that small messages are coalesced.
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('burst' as const), stream, size: fc.nat(3), times: fc.nat(90) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('write' as const),
      stream,
      size: fc.integer({ min: 65_530, max: 65_540 }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('flush' as const) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('time' as const), milliseconds: fc.nat(20) }) },
);

/** Runs of one stream, as the program wrote them: the order across streams counts too. */
function runsOf(writes: readonly { stream: OutputStream; size: number }[]): { stream: OutputStream; size: number }[] {
  const runs: { stream: OutputStream; size: number }[] = [];
  for (const { stream: of, size } of writes) {
    if (size === 0) continue;
    const last = runs.at(-1);
    if (last?.stream === of) last.size += size;
    else runs.push({ stream: of, size });
  }
  return runs;
}

it('the output pump sends every byte once, in order, across both streams', () => {
  const time = new VirtualTime();
  try {
    check('output pump', fc.array(act, { maxLength: 25 }), (script) => {
      const model = new ByteStream();
      const writes: { stream: OutputStream; size: number }[] = [];
      const received: OutputChunk[] = [];
      const memory = new Uint8Array(66_000);
      const pump = new OutputPump((chunks) => {
        assert.ok(chunks.length > 0 && chunks.every(({ bytes }) => bytes.length > 0), 'sent nothing');
        assert.ok(
          chunks.every((chunk, index) => chunk.stream !== chunks[index - 1]?.stream),
          'neighbours were not joined',
        );
        received.push(...chunks);
      });
      const write = (to: OutputStream, size: number): void => {
        // The program's memory moves on: only a copy stays right.
        memory.set(model.write(size));
        pump.write(to, memory.subarray(0, size));
        memory.fill(255, 0, size);
        writes.push({ stream: to, size });
      };
      for (const step of script) {
        if (step.kind === 'write') write(step.stream, step.size);
        else if (step.kind === 'burst') for (let i = 0; i < step.times; i += 1) write(step.stream, step.size);
        else if (step.kind === 'flush') pump.flush();
        else time.now += step.milliseconds;
        const sent = received.reduce((sum, { bytes }) => sum + bytes.length, 0);
        assert.equal(pump.sent, sent);
        assert.ok(model.written - sent < 65_536, 'holds back more than a batch');
      }
      pump.flush();
      for (const { bytes } of received) model.take(bytes);
      assert.equal(model.length, 0);
      assert.deepEqual(
        runsOf(received.map(({ stream: to, bytes }) => ({ stream: to, size: bytes.length }))),
        runsOf(writes),
      );
    });
  } finally {
    time.restore();
  }
});

it('the window is right beyond 4 GiB of output', () => {
  /** As long as it says, and empty: what is counted here are lengths. */
  const hollow = (length: number): Uint8Array => Object.defineProperty(new Uint8Array(0), 'length', { value: length });
  const step = fc.record({ write: fc.integer({ min: 0, max: 2 ** 30 }), take: fc.nat(100) });
  check('output pump over 4 GiB', fc.array(step, { minLength: 6, maxLength: 20 }), (script) => {
    const pump = new OutputPump(() => undefined);
    let written = 0;
    let taken = 0;
    for (const { write, take } of script) {
      pump.write('stdout', hollow(write));
      pump.flush();
      written += write;
      assert.equal(pump.sent, written % 2 ** 32);
      // The page is never further behind than the window and what was written at once.
      taken = Math.max(taken, written - 2 ** 31) + Math.floor((Math.min(written - taken, 2 ** 31) * take) / 100);
      assert.equal(pump.mustWait(taken % 2 ** 32), written - taken > OUTPUT_WINDOW);
    }
  });
});
