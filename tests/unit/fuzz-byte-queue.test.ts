import fc from 'fast-check';
import assert from 'node:assert/strict';
import { it } from 'node:test';
import { ByteQueue } from '../../src/engine/stdin/byte-queue.ts';
import { ByteStream } from './byte-stream.ts';
import { check } from './fuzz.ts';

const size = fc.oneof(fc.nat(8), fc.nat(300), fc.integer({ min: 4090, max: 4100 }));
const acts = fc.array(fc.record({ kind: fc.constantFrom('push', 'read'), size }), { maxLength: 30 });

it('a byte queue gives back what was pushed, in order, whatever the pieces', () =>
  check('byte queue', acts, (script) => {
    const queue = new ByteQueue();
    const model = new ByteStream();
    for (const { kind, size: length } of script) {
      if (kind === 'push') {
        queue.push(model.write(length));
      } else {
        const target = new Uint8Array(length + 1).fill(255);
        const count = queue.read(target.subarray(0, length));
        assert.equal(count, Math.min(length, model.length));
        model.take(target.subarray(0, count));
        assert.ok(
          target.subarray(count).every((byte) => byte === 255),
          'wrote more than it says',
        );
      }
      assert.equal(queue.length, model.length);
    }
  }));
