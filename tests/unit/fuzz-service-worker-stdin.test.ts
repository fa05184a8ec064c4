import fc from 'fast-check';
import assert from 'node:assert/strict';
import { after, before, it } from 'node:test';
import { ServiceWorkerChannel } from '../../src/engine/stdin/service-worker-channel.ts';
import {
  decodeNews,
  encodeNews,
  parseStdinRequest,
  StdinBacklog,
  stdinUrl,
  type StdinNews,
  type StdinRequest,
} from '../../src/protocol/service-worker-stdin.ts';
import { ByteStream } from './byte-stream.ts';
import { check } from './fuzz.ts';
import { WaitsForEver } from './interruptions.ts';
import { VirtualTime } from './virtual-time.ts';

const size = fc.oneof({ weight: 6, arbitrary: fc.nat(300) }, { weight: 1, arbitrary: fc.nat(600_000) });

const pageAct = fc.oneof(
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('write' as const), size }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('close' as const) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('taken' as const), total: fc.maxSafeNat() }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('go' as const) }) },
);

/** What becomes of a request: browsers stop a service worker whenever they like, and start it again. */
const fate = fc.constantFrom(
  'answered',
  'answered',
  'answered',
  'answered',
  'lost on the way to the page',
  'answer lost',
  'held and given up',
  'answered twice',
  'comes again later',
);

const arbitrary = fc.record({
  page: fc.array(pageAct, { maxLength: 14 }),
  fates: fc.array(fate, { minLength: 1, maxLength: 20 }),
  program: fc.array(
    fc.oneof(
      { weight: 3, arbitrary: fc.record({ kind: fc.constant('read' as const), size }) },
      { weight: 1, arbitrary: fc.record({ kind: fc.constant('sleep' as const), milliseconds: fc.nat(30_000) }) },
      { weight: 1, arbitrary: fc.record({ kind: fc.constant('turn' as const) }) },
    ),
    { maxLength: 14 },
  ),
});

const SCRIPT = 'https://site.example/_astro/worker.js';

let time: VirtualTime;
before(() => {
  time = new VirtualTime();
});
after(() => time.restore());

it('stdin over a service worker brings every byte once and in order, whatever becomes of a request', () =>
  check('service worker stdin', arbitrary, ({ page, fates, program }) => {
    time.reset();
    const acts = [...page];
    const backlog = new StdinBacklog();
    const model = new ByteStream();
    const done = { closed: false, taken: 0, released: false };
    let requests = 0;
    let failures = 0;
    const late: StdinRequest[] = [];

    const act = (): boolean => {
      const next = acts.shift();
      if (next === undefined) return false;
      switch (next.kind) {
        case 'write':
          backlog.write(done.closed ? new Uint8Array(next.size) : model.write(next.size));
          break;
        case 'close':
          done.closed = true;
          backlog.close();
          break;
        case 'taken':
          done.taken = next.total % 2 ** 32;
          backlog.taken(next.total);
          break;
        case 'go':
          done.released = true;
          backlog.go();
          break;
      }
      return true;
    };

    const exchange = (asked: StdinRequest): StdinNews | undefined => {
      // As it travels: in an address, and back as bytes.
      const request = parseStdinRequest(new URL(stdinUrl(SCRIPT, 'run', asked)).search);
      const answer = (): StdinNews | undefined => {
        const news = backlog.answer(request);
        return news === undefined ? undefined : decodeNews(encodeNews(news));
      };
      // More than a few failures in a row, and the channel gives up, as it should.
      const drawn = fates[requests++ % fates.length];
      const ends = failures < 4 ? drawn : 'answered';
      const fail = (): never => {
        failures += 1;
        throw new Error('status 503');
      };
      for (const old of late.splice(0)) backlog.answer(old);
      if (ends === 'lost on the way to the page') fail();
      if (ends === 'held and given up') {
        failures += 1;
        act();
        return undefined;
      }
      let news = answer();
      while (news === undefined && request.timeout > 0 && act()) news = answer();
      if (news === undefined) {
        time.now += request.timeout;
        if (acts.length === 0) idle += 1;
        return undefined;
      }
      if (ends === 'answer lost') fail();
      failures = 0;
      if (ends === 'answered twice') answer();
      if (ends === 'comes again later') late.push(request);
      return news;
    };
    let idle = 0;
    const channel = new ServiceWorkerChannel(exchange, (milliseconds) => {
      time.now += milliseconds;
    });

    const wait = (ready: () => boolean): void => {
      idle = 0;
      channel.wait(() => {
        if (ready()) return true;
        if (idle > 3) throw new WaitsForEver('the page does nothing more');
        return false;
      }, Infinity);
    };
    const read = (length: number): number => {
      const target = new Uint8Array(length);
      const count = channel.read(target);
      model.take(target.subarray(0, count));
      return count;
    };
    try {
      for (const step of program) {
        if (step.kind === 'turn') {
          channel.yieldTurn();
        } else if (step.kind === 'sleep') {
          const deadline = time.now + step.milliseconds;
          channel.wait(() => false, deadline);
          assert.ok(time.now >= deadline, 'woke too early');
        } else {
          wait(() => channel.available > 0 || channel.ended);
          const count = read(step.size);
          if (step.size > 0 && count === 0)
            assert.ok(done.closed && model.length === 0, 'EOF before bytes that were written');
        }
      }
    } catch (error) {
      if (!(error instanceof WaitsForEver)) throw error;
      assert.equal(model.length, 0, 'waits for ever before bytes that were written');
      assert.equal(done.closed, false, 'waits for ever after stdin was closed');
    }
    while (act());
    wait(() => {
      while (read(100_000) > 0);
      return (
        model.length === 0 &&
        channel.ended === done.closed &&
        channel.taken === done.taken &&
        channel.released === done.released
      );
    });
  }));
