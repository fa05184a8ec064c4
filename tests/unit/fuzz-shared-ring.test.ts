import fc from 'fast-check';
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { SharedMemoryChannel } from '../../src/engine/stdin/shared-memory-channel.ts';
import { RING_CAPACITY } from '../../src/protocol/shared-ring.ts';
import { SharedMemoryStdinWriter } from '../../src/sandbox/stdin/shared-memory-stdin-writer.ts';
import { ByteStream } from './byte-stream.ts';
import { check } from './fuzz.ts';
import { Interruptions, WaitsForEver } from './interruptions.ts';
import { VirtualTime } from './virtual-time.ts';

/** Indices in the ring's control words; see `protocol/shared-ring.ts`. */
const READ_POSITION = 1;
const WRITE_POSITION = 2;

const size = fc.oneof(
  { weight: 5, arbitrary: fc.nat(40) },
  { weight: 1, arbitrary: fc.integer({ min: RING_CAPACITY - 3, max: RING_CAPACITY + 3 }) },
  { weight: 1, arbitrary: fc.nat(3 * RING_CAPACITY) },
);

/** Positions count modulo 2^32, and the ring has an end: a run begins shortly before either, or anywhere. */
const start = fc.oneof(
  fc.constant(0),
  fc.integer({ min: 2 ** 32 - 50, max: 2 ** 32 - 1 }),
  fc.integer({ min: RING_CAPACITY - 50, max: RING_CAPACITY + 1 }),
  fc.integer({ min: 0, max: 2 ** 32 - 1 }),
);

const pageAct = fc.oneof(
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('write' as const), size }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('close' as const) }) },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('taken' as const), total: fc.integer({ min: 0, max: 2 ** 33 }) }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('go' as const) }) },
);
type PageAct = typeof pageAct extends fc.Arbitrary<infer T> ? T : never;

const readerAct = fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('read' as const), size }) },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('wait' as const), size }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('look' as const) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('sleep' as const), milliseconds: fc.nat(50) }) },
);
type ReaderAct = typeof readerAct extends fc.Arbitrary<infer T> ? T : never;

/** Both ends of a run's stdin and what is known of it. */
class Pipe {
  readonly model = new ByteStream();
  readonly writer = new SharedMemoryStdinWriter();
  readonly channel: SharedMemoryChannel;
  closed = false;
  #taken = 0;
  #released = false;

  /** @param soon called with what the page does when the worker reports room */
  constructor(position: number, soon: (run: () => void) => void) {
    const control = new Int32Array(this.writer.end.buffer, 0, 8);
    control[READ_POSITION] = position;
    control[WRITE_POSITION] = position;
    this.channel = new SharedMemoryChannel(this.writer.end.buffer, () => soon(() => this.writer.spaceFreed()));
  }

  /** The page acts. */
  act(act: PageAct): void {
    switch (act.kind) {
      case 'write':
        // What is written after the end goes nowhere, and EOF stays EOF.
        this.writer.write(this.closed ? new Uint8Array(act.size) : this.model.write(act.size));
        break;
      case 'close':
        this.closed = true;
        this.writer.close();
        break;
      case 'taken':
        this.#taken = act.total % 2 ** 32;
        this.writer.taken(act.total);
        break;
      case 'go':
        this.#released = true;
        this.writer.release();
        break;
    }
  }

  /** Reads once, and checks what came. Returns the number of bytes. */
  read(length: number): number {
    const target = new Uint8Array(length + 1).fill(255);
    const count = this.channel.read(target.subarray(0, length));
    this.model.take(target.subarray(0, count));
    assert.equal(target[count], 255, 'wrote more than it says');
    return count;
  }

  /** Reads until the end, or until everything is read that was written. */
  drain(runAll: () => void): void {
    do runAll();
    while (this.read(10_000) > 0);
    assert.equal(this.model.length, 0, 'bytes were lost');
    assert.equal(this.channel.ended, this.closed);
    assert.equal(this.channel.available, 0);
    assert.equal(this.channel.taken, this.#taken);
    assert.equal(this.channel.released, this.#released);
  }

  /** The reader acts. */
  perform(act: ReaderAct, time: { now: number }): void {
    const { channel } = this;
    switch (act.kind) {
      case 'read':
        this.read(act.size);
        break;
      case 'wait': {
        channel.wait(() => channel.available > 0 || channel.ended, Infinity);
        const ended = channel.ended;
        const count = this.read(act.size);
        if (act.size > 0) assert.equal(count === 0, ended, 'woke with nothing to read');
        break;
      }
      case 'look':
        if (channel.ended) assert.ok(this.closed && this.model.length === 0, 'says EOF before bytes that were written');
        break;
      case 'sleep': {
        const deadline = time.now + act.milliseconds;
        channel.wait(() => false, deadline);
        assert.ok(time.now >= deadline, 'woke too early');
        break;
      }
    }
  }
}

const delay = fc.nat(9);

describe('stdin over the shared ring', () => {
  let time: VirtualTime;
  let interruptions: Interruptions;
  before(() => {
    time = new VirtualTime();
    interruptions = new Interruptions(time);
  });
  after(() => {
    interruptions.restore();
    time.restore();
  });

  it('brings every byte once and in order, wherever the page interrupts the reader, and again after a kill', () => {
    const run = fc.record({
      start,
      page: fc.array(fc.record({ after: delay, act: pageAct }), { maxLength: 12 }),
      reader: fc.array(readerAct, { maxLength: 12 }),
    });
    check('shared ring, reader interrupted', fc.array(run, { minLength: 1, maxLength: 3 }), (runs) => {
      let killed: Pipe | undefined;
      for (const { start: position, page, reader } of runs) {
        const pipe = new Pipe(position, (act) => interruptions.soon(act));
        const stale = killed;
        interruptions.schedule(
          page.map(({ after: count, act }) => ({
            after: count,
            run: () => {
              // The page may not know yet that the run before is over.
              stale?.act(act);
              pipe.act(act);
            },
          })),
        );
        try {
          for (const act of reader) pipe.perform(act, time);
          pipe.drain(() => interruptions.runAll());
        } catch (error) {
          if (!(error instanceof WaitsForEver)) throw error;
          assert.equal(pipe.model.length, 0, 'waits for ever before bytes that were written');
          assert.equal(pipe.closed, false, 'waits for ever after stdin was closed');
        }
        killed = pipe;
      }
    });
  });

  it('brings every byte once and in order, wherever the reader interrupts the page', () => {
    const arbitrary = fc.record({
      start,
      page: fc.array(pageAct, { maxLength: 12 }),
      reader: fc.array(fc.record({ after: delay, size }), { maxLength: 20 }),
    });
    check('shared ring, writer interrupted', arbitrary, ({ start: position, page, reader }) => {
      // A report of room is a message: it comes when the page has done what it is at.
      const messages: (() => void)[] = [];
      const pipe = new Pipe(position, (act) => messages.push(act));
      const deliver = (): void => {
        for (const message of messages.splice(0)) message();
      };
      interruptions.schedule(
        reader.map(({ after: count, size: length }) => ({ after: count, run: () => void pipe.read(length) })),
      );
      for (const act of page) {
        deliver();
        pipe.act(act);
      }
      pipe.drain(() => {
        interruptions.runAll();
        deliver();
      });
    });
  });
});
