import fc from 'fast-check';
import assert from 'node:assert/strict';
import { it } from 'node:test';
import { readSubscriptions, writeEvents } from '../../src/engine/wasi/poll-subscription.ts';
import { check } from './fuzz.ts';

const u64 = fc.bigInt({ min: 0n, max: 2n ** 64n - 1n });
const u32 = fc.integer({ min: 0, max: 2 ** 32 - 1 });
const u16 = fc.integer({ min: 0, max: 2 ** 16 - 1 });
const memorySize = 1024;

const one = fc.record({
  userdata: u64,
  tag: fc.oneof(fc.nat(3), fc.nat(255)),
  word: u32,
  timeout: u64,
  precision: u64,
  flags: u16,
  errno: u16,
  bytes: fc.maxSafeNat(),
  hangup: fc.boolean(),
  /** What stands in the padding. */
  garbage: fc.nat(255),
});

const arbitrary = fc.record({
  pointer: fc.oneof(fc.nat(memorySize + 60), u32),
  /** More than is laid out: the rest is what happens to stand there. */
  count: fc.oneof(fc.nat(8), u32),
  entries: fc.array(one, { maxLength: 8 }),
});

it('subscriptions are read and events written as the specification lays them out, and nothing beside them', () =>
  check('poll subscriptions', arbitrary, ({ pointer, count, entries }) => {
    const memory = new DataView(new ArrayBuffer(memorySize));
    const fits = pointer + 48 * entries.length <= memorySize;
    // witx: userdata u64 at 0, tag u8 at 8; clock: id u32 at 16, timeout u64 at 24, precision u64 at 32, flags u16 at 40;
    // fd_read and fd_write: descriptor u32 at 16.
    if (fits) {
      entries.forEach((entry, index) => {
        const base = pointer + 48 * index;
        new Uint8Array(memory.buffer, base, 48).fill(entry.garbage);
        memory.setBigUint64(base, entry.userdata, true);
        memory.setUint8(base + 8, entry.tag);
        memory.setUint32(base + 16, entry.word, true);
        memory.setBigUint64(base + 24, entry.timeout, true);
        memory.setBigUint64(base + 32, entry.precision, true);
        memory.setUint16(base + 40, entry.flags, true);
      });
      const expected = entries.map(({ userdata, tag, word, timeout, flags }) => {
        if (tag === 0) return { type: 'clock', userdata, clockId: word, timeout, absolute: (flags & 1) === 1 };
        if (tag > 2) return { type: 'unknown', userdata, tag };
        return { type: tag === 1 ? 'read' : 'write', userdata, fd: word };
      });
      assert.deepEqual(readSubscriptions(memory, pointer, entries.length), expected);
    }

    // Whatever is asked for: only what is in memory, or a RangeError, which a program gets as EFAULT.
    if (pointer <= memorySize && pointer + 48 * count <= memorySize) {
      assert.equal(readSubscriptions(memory, pointer, count).length, count);
    } else assert.throws(() => readSubscriptions(memory, pointer, count), RangeError);

    const bytes = new Uint8Array(memory.buffer).fill(0xee);
    const events = entries.map(({ userdata, errno, tag, bytes: available, hangup }) => ({
      userdata,
      errno,
      type: tag,
      bytes: available,
      hangup,
    }));
    if (pointer + 32 * events.length > memorySize) {
      assert.throws(() => writeEvents(memory, pointer, events), RangeError);
      assert.ok(
        bytes.every((byte) => byte === 0xee),
        'wrote a part',
      );
      return;
    }
    writeEvents(memory, pointer, events);
    events.forEach((event, index) => {
      const base = pointer + 32 * index;
      assert.equal(memory.getBigUint64(base, true), event.userdata);
      assert.equal(memory.getUint16(base + 8, true), event.errno);
      assert.equal(memory.getUint8(base + 10), event.type);
      assert.equal(memory.getBigUint64(base + 16, true), BigInt(event.bytes));
      assert.equal(memory.getUint16(base + 24, true), event.hangup ? 1 : 0);
    });
    const end = pointer + 32 * events.length;
    assert.ok(
      bytes.every((byte, at) => byte === 0xee || (at >= pointer && at < end)),
      'wrote beside the events',
    );
  }));
