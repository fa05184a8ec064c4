import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Worker } from 'node:worker_threads';
import { createSharedRing, RING_CAPACITY, SharedRingReader, SharedRingWriter } from '../../src/protocol/shared-ring.ts';

function open(): { writer: SharedRingWriter; reader: SharedRingReader } {
  const buffer = createSharedRing();
  return { writer: new SharedRingWriter(buffer), reader: new SharedRingReader(buffer) };
}

describe('the shared ring', () => {
  it('takes what fits and no more', () => {
    const { writer, reader } = open();
    assert.equal(writer.write(new Uint8Array(RING_CAPACITY + 10)), RING_CAPACITY);
    assert.equal(writer.write(new Uint8Array(1)), 0);
    assert.equal(reader.read(new Uint8Array(5)), 5);
    assert.equal(writer.write(new Uint8Array(10)), 5);
  });

  it('keeps every byte in order around its end', () => {
    const { writer, reader } = open();
    let sent = 0;
    let seen = 0;
    const piece = new Uint8Array(48_000);
    for (let round = 0; round < 20; round += 1) {
      piece.forEach((_, i) => (piece[i] = (sent + i) % 251));
      sent += writer.write(piece);
      const target = new Uint8Array(40_000);
      const count = reader.read(target);
      for (let i = 0; i < count; i += 1) assert.equal(target[i], (seen + i) % 251);
      seen += count;
    }
    assert.ok(sent > RING_CAPACITY * 5);
  });

  it('ends after the bytes that were written before it was closed', () => {
    const { writer, reader } = open();
    writer.write(new Uint8Array(3));
    writer.close();
    assert.equal(reader.ended, false);
    reader.read(new Uint8Array(3));
    assert.equal(reader.ended, true);
  });

  it('ends a wait when the page has ended the run, also one that begins later', async () => {
    const buffer = createSharedRing();
    const source = `
      import { workerData, parentPort } from 'node:worker_threads';
      const { SharedMemoryChannel } = await import(workerData.module);
      const channel = new SharedMemoryChannel(workerData.buffer, () => undefined);
      for (let n = 0; n < 2; n += 1) {
        parentPort.postMessage('blocking');
        try {
          channel.wait(() => false, Infinity);
        } catch (error) {
          parentPort.postMessage(error.name);
        }
      }`;
    const worker = new Worker(new URL(`data:text/javascript,${encodeURIComponent(source)}`), {
      workerData: { buffer, module: new URL('../../src/engine/stdin/shared-memory-channel.ts', import.meta.url).href },
    });
    const said: unknown[] = [];
    worker.on('message', (message) => {
      if (said.length === 0) new SharedRingWriter(buffer).stop();
      said.push(message);
    });
    await new Promise((resolve) => worker.once('exit', resolve));
    assert.deepEqual(said, ['blocking', 'RunStopped', 'blocking', 'RunStopped']);
  });

  it('wakes a reader that is blocked in another thread', async () => {
    const buffer = createSharedRing();
    const source = `
      import { workerData, parentPort } from 'node:worker_threads';
      const { SharedRingReader } = await import(workerData.module);
      const ring = new SharedRingReader(workerData.buffer);
      const sequence = ring.sequence;
      parentPort.postMessage('blocking');
      ring.wait(sequence, 60_000);
      parentPort.postMessage(ring.available);`;
    const worker = new Worker(new URL(`data:text/javascript,${encodeURIComponent(source)}`), {
      workerData: { buffer, module: new URL('../../src/protocol/shared-ring.ts', import.meta.url).href },
    });
    const message = (): Promise<unknown> => new Promise((resolve) => worker.once('message', resolve));
    assert.equal(await message(), 'blocking');
    new SharedRingWriter(buffer).write(new Uint8Array(4));
    assert.equal(await message(), 4);
    await worker.terminate();
  });
});
