/**
 * A program that reads, polls, sleeps and prints, and a page that types, closes, takes output and kills, in random order,
 * against a model of what preview1 promises; on both transports whose waiting can be played by hand.
 */
import fc from 'fast-check';
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { MessageStdinChannel } from '../../src/engine/stdin/message-channel.ts';
import { OUTPUT_WINDOW } from '../../src/engine/run/output-pump.ts';
import { SharedMemoryChannel } from '../../src/engine/stdin/shared-memory-channel.ts';
import type { StdinMessage } from '../../src/protocol/messages.ts';
import { SharedMemoryStdinWriter } from '../../src/sandbox/stdin/shared-memory-stdin-writer.ts';
import { ByteStream, streamBytes } from './byte-stream.ts';
import { AT, ERRNO, WasiHarness } from './engine-wasi-harness.ts';
import { check, checkAsync } from './fuzz.ts';
import { WaitsForEver } from './interruptions.ts';
import { settle, VirtualTime } from './virtual-time.ts';

const CLOCK = 0;
const FD_READ = 1;
const FD_WRITE = 2;
const REALTIME = 0;
const MONOTONIC = 1;
const HANGUP = 1;
const NS_PER_MS = 1_000_000n;

const size = fc.oneof({ weight: 4, arbitrary: fc.nat(12) }, { weight: 1, arbitrary: fc.nat(20_000) });

const subscription = fc.oneof(
  fc.record({
    kind: fc.constant('clock' as const),
    clock: fc.constantFrom(REALTIME, MONOTONIC, MONOTONIC, 2),
    // Milliseconds from now, also for an absolute time; some are over, some are longer than a timer can be.
    wait: fc.oneof(fc.integer({ min: -5, max: 200 }), fc.constantFrom(0, 2 ** 31 + 5, 10 ** 10)),
    absolute: fc.boolean(),
  }),
  fc.record({
    kind: fc.constantFrom('read' as const, 'write' as const),
    fd: fc.constantFrom(0, 0, 0, 1, 99),
  }),
  fc.record({ kind: fc.constant('unknown' as const), tag: fc.integer({ min: 3, max: 255 }) }),
);
type Subscription = typeof subscription extends fc.Arbitrary<infer T> ? T : never;

const ofProgram = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({ kind: fc.constant('read' as const), sizes: fc.array(size, { maxLength: 5 }) }),
  },
  {
    weight: 3,
    // A poll for stdin alone or with others, as programs do it.
    arbitrary: fc.record({
      kind: fc.constant('poll' as const),
      subscriptions: fc
        .tuple(fc.boolean(), fc.array(subscription, { maxLength: 3 }))
        .map(([stdin, others]): Subscription[] =>
          stdin || others.length === 0 ? [{ kind: 'read', fd: 0 }, ...others] : others,
        ),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('print' as const),
      size: fc.oneof({ weight: 9, arbitrary: fc.nat(300) }, { weight: 1, arbitrary: fc.constant(800_000) }),
    }),
  },
);
type ProgramStep = typeof ofProgram extends fc.Arbitrary<infer T> ? T : never;

const ofPage = fc.oneof(
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('type' as const), size }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('close' as const) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('take' as const) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('go' as const) }) },
);
type PageStep = typeof ofPage extends fc.Arbitrary<infer T> ? T : never;

const passing = fc.record({
  kind: fc.constant('time' as const),
  milliseconds: fc.oneof(fc.nat(150), fc.constantFrom(2 ** 31 + 5, 10 ** 10)),
});
const kill = fc.record({ kind: fc.constant('kill' as const) });

const script = fc.record({
  nonblocking: fc.boolean(),
  steps: fc.array(
    fc.oneof(
      { weight: 5, arbitrary: ofProgram },
      { weight: 5, arbitrary: ofPage },
      { weight: 2, arbitrary: passing },
      { weight: 1, arbitrary: kill },
    ),
    { maxLength: 24 },
  ),
});

/** How the page reaches a run. */
interface PageEnd {
  readonly channel: MessageStdinChannel | SharedMemoryChannel;
  write(bytes: Uint8Array<ArrayBuffer>): void;
  close(): void;
  taken(total: number): void;
  go(): void;
}

function overMessages(): PageEnd {
  const channel = new MessageStdinChannel({ onmessage: null });
  const deliver = (message: StdinMessage): void => channel.deliver(message);
  return {
    channel,
    write: (bytes) => deliver({ type: 'data', bytes }),
    close: () => deliver({ type: 'close' }),
    taken: (total) => deliver({ type: 'taken', total }),
    go: () => deliver({ type: 'go' }),
  };
}

function overSharedMemory(): PageEnd {
  const writer = new SharedMemoryStdinWriter();
  const channel = new SharedMemoryChannel(writer.end.buffer, () => writer.spaceFreed());
  return {
    channel,
    write: (bytes) => writer.write(bytes),
    close: () => writer.close(),
    taken: (total) => writer.taken(total),
    go: () => writer.release(),
  };
}

interface ExpectedEvent {
  readonly userdata: bigint;
  readonly errno: number;
  readonly type: number;
  readonly bytes: bigint;
  readonly flags: number;
}

/** A call that the program is in. */
interface Call {
  /** Enters the engine. Returns an errno or a promise of one. */
  readonly enter: () => unknown;
  /** The earliest time at which a clock ends it. */
  readonly deadline: number;
  /** True if it has to return now. */
  readonly ready: () => boolean;
  /** Checks what it returned, now. */
  readonly verify: (errno: unknown) => void;
}

/** One run: the program's world, the page's end, and the model of both. */
class FuzzedRun {
  readonly end: PageEnd;
  readonly stdin = new ByteStream();
  readonly output = new ByteStream();
  readonly #wasi: WasiHarness;
  readonly #time: VirtualTime;
  readonly #nonblocking: boolean;
  #closed = false;
  #sent = 0;
  #taken = 0;

  constructor(end: PageEnd, time: VirtualTime, nonblocking: boolean) {
    this.end = end;
    this.#time = time;
    this.#nonblocking = nonblocking;
    this.#wasi = new WasiHarness({ nonblocking, channel: end.channel });
  }

  act(step: PageStep): void {
    switch (step.kind) {
      case 'type':
        this.end.write(this.#closed ? new Uint8Array(step.size) : this.stdin.write(step.size));
        break;
      case 'close':
        this.#closed = true;
        this.end.close();
        break;
      case 'take':
        this.#receive();
        this.#taken = this.#sent;
        this.end.taken(this.#taken);
        break;
      case 'go':
        this.end.go();
        break;
    }
  }

  /** Makes a call ready: what is known of it, and how to enter it. */
  call(step: ProgramStep): Call {
    switch (step.kind) {
      case 'read':
        return this.#read(step.sizes);
      case 'poll':
        return this.#poll(step.subscriptions);
      case 'print':
        return this.#print(step.size);
    }
  }

  /** Reads all that is left without waiting, and checks that it is all. */
  finish(): void {
    while (this.end.channel.available > 0) {
      const target = new Uint8Array(4096);
      this.stdin.take(target.subarray(0, this.end.channel.read(target)));
    }
    assert.equal(this.stdin.length, 0, 'bytes were lost');
    assert.equal(this.end.channel.ended, this.#closed);
  }

  get #isStdinReady(): boolean {
    return this.stdin.length > 0 || this.#closed;
  }

  get #isOutputFull(): boolean {
    this.#receive();
    return this.#sent - this.#taken > OUTPUT_WINDOW;
  }

  /** The page gets what was sent, which has to be what was printed. */
  #receive(): void {
    for (const chunk of this.#wasi.sent.splice(0).flat()) {
      this.output.take(chunk.bytes);
      this.#sent += chunk.bytes.length;
    }
  }

  #read(sizes: readonly number[]): Call {
    const wanted = sizes.reduce((sum, one) => sum + one, 0);
    new Uint8Array(this.#wasi.memory.buffer, AT.data, wanted + 1).fill(255);
    return {
      enter: () => this.#wasi.read(...sizes),
      deadline: Infinity,
      ready: () => wanted === 0 || this.#nonblocking || this.#isStdinReady,
      verify: (errno) => {
        if (wanted > 0 && !this.#isStdinReady) {
          assert.equal(errno, ERRNO.again);
          return;
        }
        assert.equal(errno, ERRNO.success);
        const { count } = this.#wasi;
        assert.equal(count, Math.min(wanted, this.stdin.length), 'number of bytes');
        const found = new Uint8Array(this.#wasi.memory.buffer, AT.data, count + 1);
        this.stdin.take(found.subarray(0, count));
        assert.equal(found[count], 255, 'wrote more than it says');
      },
    };
  }

  #print(length: number): Call {
    // Many iovecs of few pages of memory; the stream goes on where it was.
    const piece = 251 * 100;
    const start = this.output.written;
    new Uint8Array(this.#wasi.memory.buffer, AT.data, piece).set(streamBytes(start, piece));
    const count = Math.ceil(length / piece);
    for (let index = 0; index < count; index += 1) {
      this.#wasi.view.setUint32(AT.iovs + 8 * index, AT.data, true);
      this.#wasi.view.setUint32(AT.iovs + 8 * index + 4, Math.min(piece, length - index * piece), true);
    }
    this.output.written += length;
    return {
      enter: () => this.#wasi.call('fd_write', 1, AT.iovs, count, AT.count),
      deadline: Infinity,
      ready: () => !this.#isOutputFull,
      verify: (errno) => {
        assert.equal(errno, ERRNO.success);
        assert.equal(this.#wasi.count, length);
      },
    };
  }

  #poll(subscriptions: readonly Subscription[]): Call {
    const start = this.#time.now;
    subscriptions.forEach((one, index) => this.#layOut(one, index));
    const due = subscriptions.map((one) =>
      one.kind !== 'clock' || one.clock > MONOTONIC
        ? Infinity
        : start + (one.absolute ? one.wait : Math.max(0, one.wait)),
    );
    const events = (): ExpectedEvent[] =>
      subscriptions.flatMap((one, index) => this.#eventOf(one, BigInt(index), due[index] ?? Infinity) ?? []);
    return {
      enter: () => this.#wasi.poll(subscriptions.length),
      deadline: Math.min(...due),
      ready: () => events().length > 0,
      verify: (errno) => {
        assert.equal(errno, ERRNO.success);
        assert.deepEqual(this.#wasi.events, events());
      },
    };
  }

  #layOut(one: Subscription, index: number): void {
    const base = AT.subscriptions + 48 * index;
    const view = this.#wasi.view;
    new Uint8Array(view.buffer, base, 48).fill(0xee);
    view.setBigUint64(base, userdataOf(BigInt(index)), true);
    switch (one.kind) {
      case 'clock': {
        const now = one.clock === REALTIME ? this.#time.origin + this.#time.now : this.#time.now;
        const timeout = one.absolute ? BigInt(now + one.wait) : BigInt(Math.max(0, one.wait));
        view.setUint8(base + 8, CLOCK);
        view.setUint32(base + 16, one.clock, true);
        view.setBigUint64(base + 24, timeout * NS_PER_MS, true);
        view.setUint16(base + 40, one.absolute ? 1 : 0, true);
        break;
      }
      case 'read':
      case 'write':
        view.setUint8(base + 8, one.kind === 'read' ? FD_READ : FD_WRITE);
        view.setUint32(base + 16, one.fd, true);
        break;
      case 'unknown':
        view.setUint8(base + 8, one.tag);
        break;
    }
  }

  #eventOf(one: Subscription, index: bigint, dueAt: number): ExpectedEvent | undefined {
    const event = (type: number, errno: number, bytes = 0, flags = 0): ExpectedEvent => ({
      userdata: userdataOf(index),
      type,
      errno,
      bytes: BigInt(bytes),
      flags,
    });
    switch (one.kind) {
      case 'clock':
        if (one.clock > MONOTONIC) return event(CLOCK, ERRNO.inval);
        return this.#time.now >= dueAt ? event(CLOCK, ERRNO.success) : undefined;
      case 'read': {
        if (one.fd !== 0) return event(FD_READ, ERRNO.badf);
        if (!this.#isStdinReady) return undefined;
        return event(FD_READ, ERRNO.success, this.stdin.length, this.stdin.length === 0 ? HANGUP : 0);
      }
      case 'write':
        if (one.fd !== 1) return event(FD_WRITE, ERRNO.badf);
        return this.#isOutputFull ? undefined : event(FD_WRITE, ERRNO.success);
      case 'unknown':
        return event(one.tag, ERRNO.inval);
    }
  }
}

/** All 64 bits have to come back. */
function userdataOf(index: bigint): bigint {
  return 0xfedc_ba98_7654_3210n + index;
}

type Step =
  ProgramStep | PageStep | { readonly kind: 'time'; readonly milliseconds: number } | { readonly kind: 'kill' };

const isOfProgram = (step: Step): step is ProgramStep => ['read', 'poll', 'print'].includes(step.kind);

/** Cuts a stretch of time at a deadline. Returns the part before it, and leaves the rest in `steps`. */
function untilDeadline(steps: Step[], milliseconds: number, now: number, deadline: number): number {
  const part = Math.min(milliseconds, Math.max(0, deadline - now));
  if (part < milliseconds) steps.unshift({ kind: 'time', milliseconds: milliseconds - part });
  return part;
}

describe('a program’s stdin, polls and output', () => {
  let time: VirtualTime;
  before(() => {
    time = new VirtualTime();
  });
  after(() => time.restore());

  it('are as preview1 says, by messages', async () => {
    await checkAsync('stdin by messages', script, async ({ nonblocking, steps }) => {
      time.reset();
      const queue: Step[] = [...steps];
      let run = new FuzzedRun(overMessages(), time, nonblocking);
      let stale: FuzzedRun | undefined;
      let pending: { call: Call; errno: unknown } | undefined;
      const look = async (): Promise<void> => {
        await settle();
        if (pending === undefined) return;
        const { call, errno } = pending;
        assert.equal(errno !== undefined, call.ready(), errno === undefined ? 'waits on' : 'does not wait');
        if (errno === undefined) return;
        pending = undefined;
        call.verify(errno);
      };
      for (let step = queue.shift(); step !== undefined; step = queue.shift()) {
        if (isOfProgram(step)) {
          if (pending !== undefined) continue;
          const call = run.call(step);
          const result = call.enter();
          const calling = { call, errno: undefined as unknown };
          pending = calling;
          if (result instanceof Promise) void result.then((errno: unknown) => (calling.errno = errno));
          else calling.errno = result;
        } else if (step.kind === 'time') {
          await time.advance(untilDeadline(queue, step.milliseconds, time.now, pending?.call.deadline ?? Infinity));
        } else if (step.kind === 'kill') {
          pending = undefined;
          stale = run;
          run = new FuzzedRun(overMessages(), time, nonblocking);
        } else {
          stale?.act(step);
          run.act(step);
        }
        await look();
      }
      if (pending === undefined) run.finish();
    });
  });

  it('are as preview1 says, by shared memory', () => {
    const { wait } = Atomics;
    let queue: Step[] = [];
    let run: FuzzedRun;
    let current: Call | undefined;
    let killed = false;
    const perform = (step: Step): void => {
      if (step.kind === 'time') {
        time.now += untilDeadline(queue, step.milliseconds, time.now, current?.deadline ?? Infinity);
      } else if (step.kind === 'kill') {
        killed = true;
      } else if (!isOfProgram(step)) {
        run.act(step);
      }
    };
    const played = (array: Int32Array, index: number, value: number, timeout: number): string => {
      const deadline = time.now + timeout;
      for (;;) {
        if (Atomics.load(array, index) !== value) return 'ok';
        assert.ok(current?.ready() === false, 'waits on');
        const step = queue.shift();
        if (step === undefined || killed) throw new WaitsForEver('the page does nothing more');
        perform(step);
        if (time.now >= deadline) return 'timed-out';
      }
    };
    Object.assign(Atomics, { wait: played });
    try {
      check('stdin by shared memory', script, ({ nonblocking, steps }) => {
        time.reset();
        queue = [...steps];
        run = new FuzzedRun(overSharedMemory(), time, nonblocking);
        for (let step = queue.shift(); step !== undefined; step = queue.shift()) {
          killed = false;
          if (!isOfProgram(step)) {
            perform(step);
          } else {
            current = run.call(step);
            try {
              const errno = current.enter();
              assert.ok(current.ready(), 'does not wait');
              current.verify(errno);
            } catch (error) {
              if (!(error instanceof WaitsForEver)) throw error;
              killed = true;
            }
            current = undefined;
          }
          if (killed) run = new FuzzedRun(overSharedMemory(), time, nonblocking);
          else if (queue.length === 0) run.finish();
        }
      });
    } finally {
      Object.assign(Atomics, { wait });
    }
  });
});
