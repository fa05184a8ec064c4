import fc from 'fast-check';
import assert from 'node:assert/strict';
import { setImmediate as turn } from 'node:timers/promises';
import { describe, it } from 'node:test';
import { Worker } from 'node:worker_threads';
import { SharedMemoryStdinWriter } from '../../src/sandbox/stdin/shared-memory-stdin-writer.ts';
import { ByteStream } from './byte-stream.ts';
import { checkAsync } from './fuzz.ts';
import type { ReadReport, ReadTask } from './fuzz-reader-thread.ts';

const size = fc.oneof(fc.nat(20), fc.nat(5000), fc.nat(150_000));
const session = fc.record({
  writes: fc.array(fc.record({ size, pause: fc.boolean() }), { maxLength: 8 }),
  // A large read now and then, so that a case takes milliseconds.
  sizes: fc
    .array(
      size.map((bytes) => bytes + 1),
      { minLength: 1, maxLength: 5 },
    )
    .map((sizes) => [...sizes, 20_000]),
});
type Session = typeof session extends fc.Arbitrary<infer T> ? T : never;

/** A case takes milliseconds; one that hangs on a busy machine for so many is stuck. */
const STUCK_AFTER_MS = 30_000;

function startThread(): Worker {
  return new Worker(new URL('fuzz-reader-thread.ts', import.meta.url));
}

/** The page's side of a run. Resolves to the number of bytes that the thread has read. */
async function play(thread: Worker, { writes, sizes }: Session, killAt?: number): Promise<number | 'killed'> {
  const writer = new SharedMemoryStdinWriter();
  const model = new ByteStream();
  const total = writes.reduce((sum, write) => sum + write.size, 0);
  const report = new Promise<number>((resolve, reject) => {
    thread.removeAllListeners('message');
    thread.on('message', (message: ReadReport) => {
      if (message.type === 'space') writer.spaceFreed();
      else if (message.type === 'ended') resolve(message.read);
      else reject(new Error(message.reason));
    });
  });
  report.catch(() => undefined);
  thread.postMessage({ buffer: writer.end.buffer, sizes, total } satisfies ReadTask);
  for (const [index, write] of writes.entries()) {
    if (index === killAt) {
      await thread.terminate();
      return 'killed';
    }
    writer.write(model.write(write.size));
    if (write.pause) await turn();
  }
  writer.close();
  return report;
}

describe('stdin over shared memory between threads', () => {
  it('brings every byte once and in order', async () => {
    const thread = startThread();
    try {
      await checkAsync(
        'shared ring, two threads',
        session,
        async (one) => {
          const total = one.writes.reduce((sum, write) => sum + write.size, 0);
          assert.equal(await play(thread, one), total);
        },
        STUCK_AFTER_MS,
      );
    } finally {
      await thread.terminate();
    }
  });

  it('is whole again after a thread was killed', async () => {
    const arbitrary = fc.record({ killed: session, killAt: fc.nat(5), next: session });
    await checkAsync(
      'shared ring, killed threads',
      arbitrary,
      async ({ killed, killAt, next }) => {
        const first = startThread();
        await play(first, killed, killAt);
        await first.terminate();
        const second = startThread();
        const total = next.writes.reduce((sum, write) => sum + write.size, 0);
        assert.equal(await play(second, next), total);
        await second.terminate();
      },
      STUCK_AFTER_MS,
    );
  });
});
