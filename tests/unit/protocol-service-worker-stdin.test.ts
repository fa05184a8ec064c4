/** Stdin over a service worker: a model of page, service worker and worker, with every loss that browsers can cause. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ServiceWorkerChannel } from '../../src/engine/stdin/service-worker-channel.ts';
import { RunStopped } from '../../src/engine/stdin/stdin-channel.ts';
import {
  decodeNews,
  encodeNews,
  LONGEST_HOLD_MS,
  NEWS_BYTES,
  parseStdinRequest,
  parseStdinUrl,
  StdinBacklog,
  stdinUrl,
  type StdinAnswer,
  type StdinNews,
  type StdinRequest,
} from '../../src/protocol/service-worker-stdin.ts';
import { askPage, type AskChannel } from '../../src/service-worker/ask-page.ts';

const script = 'https://site.example/base/_astro/worker-1a2b.js';

const nothingKnown: StdinRequest = {
  position: 0,
  room: NEWS_BYTES,
  taken: 0,
  closed: false,
  released: false,
  timeout: 0,
};

function bytesOf(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(text);
}

function textOf(bytes: Uint8Array | undefined): string | undefined {
  return bytes === undefined ? undefined : new TextDecoder().decode(bytes);
}

/** Reads what a channel holds. */
function drain(channel: ServiceWorkerChannel): Uint8Array {
  const target = new Uint8Array(channel.available);
  channel.read(target);
  return target;
}

describe('the address of a request', () => {
  it('lies beside the script and gives the request back', () => {
    const request: StdinRequest = { ...nothingKnown, position: 3_000_000_000, taken: 7, released: true, timeout: 250 };
    const address = stdinUrl(script, 'run-1', request);
    assert.equal(new URL(address).pathname, '/base/_astro/block-or-eof-stdin/run-1');
    const found = parseStdinUrl(address);
    assert.equal(found?.run, 'run-1');
    assert.deepEqual(parseStdinRequest(found.query), request);
  });

  it('is the only one that is answered', () => {
    for (const path of [
      '',
      'worker-1a2b.js',
      'block-or-eof-stdin',
      'block-or-eof-stdin/',
      'x/block-or-eof-stdin/a/b',
    ]) {
      assert.equal(parseStdinUrl(new URL(path, script).href), undefined, path);
    }
  });

  it('is refused with the name of what is wrong', () => {
    assert.throws(() => parseStdinRequest('?position=-1&room=1&taken=0&timeout=0'), /"position", found -1/u);
    assert.throws(() => parseStdinRequest('?position=0&room=1&taken=0'), /"timeout", found null/u);
  });
});

describe('news', () => {
  it('comes back from its encoding', () => {
    const news: StdinNews = {
      position: 2 ** 40,
      bytes: bytesOf('Zoë\0'),
      taken: 2 ** 32 - 1,
      closed: true,
      released: true,
      stopped: true,
    };
    assert.deepEqual(decodeNews(encodeNews(news)), news);
  });

  it('is told from a page that a server sends for any address', () => {
    assert.equal(decodeNews(bytesOf('<!doctype html><title>Not here</title>').buffer), undefined);
    assert.equal(decodeNews(new ArrayBuffer(0)), undefined);
  });
});

describe('the page’s backlog', () => {
  it('has no news for a worker that knows everything', () => {
    const backlog = new StdinBacklog();
    assert.equal(backlog.answer(nothingKnown), undefined);
    backlog.taken(5);
    backlog.go();
    backlog.close();
    const news = backlog.answer(nothingKnown);
    assert.deepEqual(news, {
      position: 0,
      bytes: new Uint8Array(),
      taken: 5,
      closed: true,
      released: true,
      stopped: false,
    });
    assert.equal(backlog.answer({ ...nothingKnown, taken: 5, closed: true, released: true }), undefined);
  });

  it('keeps bytes until a later position confirms them', () => {
    const backlog = new StdinBacklog();
    backlog.write(bytesOf('ab'));
    backlog.write(bytesOf('cd'));
    assert.equal(textOf(backlog.answer(nothingKnown)?.bytes), 'abcd');
    assert.equal(textOf(backlog.answer(nothingKnown)?.bytes), 'abcd');
    assert.equal(textOf(backlog.answer({ ...nothingKnown, position: 3 })?.bytes), 'd');
    assert.equal(backlog.length, 1);
    assert.equal(backlog.answer({ ...nothingKnown, position: 4 }), undefined);
    assert.throws(() => backlog.answer({ ...nothingKnown, position: 9 }), /up to 4, found 9/u);
  });

  it('does not answer a request that came late', () => {
    const backlog = new StdinBacklog();
    backlog.write(bytesOf('abcd'));
    assert.equal(textOf(backlog.answer({ ...nothingKnown, position: 2 })?.bytes), 'cd');
    assert.equal(backlog.answer(nothingKnown), undefined);
  });

  it('says that stdin is closed only with the last byte', () => {
    const backlog = new StdinBacklog();
    backlog.write(new Uint8Array(NEWS_BYTES + 1));
    backlog.close();
    backlog.write(bytesOf('too late'));
    assert.equal(backlog.answer(nothingKnown)?.closed, false);
    const rest = backlog.answer({ ...nothingKnown, position: NEWS_BYTES });
    assert.equal(rest?.bytes.length, 1);
    assert.equal(rest.closed, true);
  });

  it('sends no bytes to a worker that has no room, but all other news', () => {
    const backlog = new StdinBacklog();
    backlog.write(bytesOf('later'));
    assert.equal(backlog.answer({ ...nothingKnown, room: 0 }), undefined);
    backlog.close();
    assert.equal(backlog.answer({ ...nothingKnown, room: 0 }), undefined, 'closed comes after the bytes');
    backlog.taken(9);
    assert.deepEqual(backlog.answer({ ...nothingKnown, room: 0 })?.bytes, new Uint8Array());
  });
});

describe('the service worker', () => {
  /** A page that answers as a test says. */
  class Page implements AskChannel {
    onmessage: ((event: MessageEvent) => void) | null = null;
    closed = false;
    readonly asked: string[] = [];

    postMessage({ id }: { readonly id: string }): void {
      this.asked.push(id);
    }

    close(): void {
      this.closed = true;
    }

    answer(answer: StdinAnswer): void {
      this.onmessage?.(new MessageEvent('message', { data: answer }));
    }
  }

  const query = (timeout: number): string => new URL(stdinUrl(script, 'run', { ...nothingKnown, timeout })).search;
  const body = encodeNews({
    position: 0,
    bytes: bytesOf('a'),
    taken: 0,
    closed: false,
    released: false,
    stopped: false,
  });

  it('hands on the page’s news, at once or after a while', async () => {
    const page = new Page();
    const asking = askPage(page, query(60_000));
    const id = page.asked[0] ?? '';
    page.answer({ type: 'news', id: 'of another request', body: new ArrayBuffer(1) });
    page.answer({ type: 'hold', id });
    page.answer({ type: 'news', id, body });
    assert.equal(await asking, body);
    assert.equal(page.closed, true);
  });

  it('says that there is none when the time is up, but not before the page has looked', async (context) => {
    context.mock.timers.enable({ apis: ['setTimeout'] });
    const page = new Page();
    let ended = false;
    const asking = askPage(page, query(1)).finally(() => (ended = true));
    context.mock.timers.tick(500);
    await Promise.resolve();
    assert.equal(ended, false);
    page.answer({ type: 'hold', id: page.asked[0] ?? '' });
    assert.equal(await asking, undefined);
  });

  it('gives up on a page that does not look, and holds no request longer than it may', async (context) => {
    context.mock.timers.enable({ apis: ['setTimeout'] });
    const silent = askPage(new Page(), query(0));
    context.mock.timers.tick(LONGEST_HOLD_MS);
    assert.equal(await silent, undefined);

    const page = new Page();
    const long = askPage(page, query(LONGEST_HOLD_MS * 100));
    page.answer({ type: 'hold', id: page.asked[0] ?? '' });
    context.mock.timers.tick(LONGEST_HOLD_MS);
    assert.equal(await long, undefined);
  });
});

describe('the worker’s channel', () => {
  it('waits until there is what it waits for, and no longer than it may', () => {
    const backlog = new StdinBacklog();
    const asked: number[] = [];
    const channel = new ServiceWorkerChannel((request) => {
      asked.push(request.timeout);
      if (asked.length === 3) backlog.write(bytesOf('Ada\n'));
      return backlog.answer(request);
    });
    channel.wait(() => channel.available > 0, Infinity);
    assert.deepEqual(asked, [LONGEST_HOLD_MS, LONGEST_HOLD_MS, LONGEST_HOLD_MS]);
    assert.equal(textOf(drain(channel)), 'Ada\n');

    channel.wait(() => false, performance.now() - 1);
    assert.equal(asked.length, 3);
    channel.wait(() => asked.length === 4, performance.now() + 20);
    assert.ok((asked[3] ?? 0) <= 20);
  });

  it('looks for acts of the page now and then while the program is busy', () => {
    let looks = 0;
    const channel = new ServiceWorkerChannel(() => {
      looks += 1;
      return undefined;
    });
    channel.yieldTurn();
    channel.yieldTurn();
    channel.yieldTurn();
    assert.equal(looks, 1);
  });

  it('learns of the end, the release and what was taken', () => {
    const backlog = new StdinBacklog();
    const channel = new ServiceWorkerChannel((request) => backlog.answer(request));
    backlog.go();
    channel.wait(() => channel.released, Infinity);
    backlog.taken(2 ** 32 + 1);
    channel.wait(() => channel.taken === 1, Infinity);
    backlog.write(bytesOf('last'));
    backlog.close();
    channel.wait(() => channel.available > 0, Infinity);
    assert.equal(channel.ended, false);
    assert.equal(textOf(drain(channel)), 'last');
    assert.equal(channel.ended, true);
  });

  it('gives up when the page has ended the run', () => {
    const backlog = new StdinBacklog();
    const channel = new ServiceWorkerChannel((request) => {
      backlog.stop();
      return backlog.answer(request);
    });
    assert.throws(() => channel.wait(() => false, Infinity), RunStopped);
  });

  it('leaves bytes on the page that the program does not ask for', () => {
    const backlog = new StdinBacklog();
    backlog.write(new Uint8Array(10 * NEWS_BYTES));
    let looks = 0;
    const channel = new ServiceWorkerChannel((request) => {
      looks += 1;
      return backlog.answer(request);
    });
    channel.wait(() => looks === 20, Infinity);
    assert.equal(channel.available, NEWS_BYTES);
  });

  it('asks again after a failure, and says what to do when the service worker is gone', (context) => {
    let now = 0;
    context.mock.method(performance, 'now', () => now);
    const pauses: number[] = [];
    const pause = (milliseconds: number): void => {
      pauses.push(milliseconds);
      now += milliseconds;
    };
    const backlog = new StdinBacklog();
    backlog.write(bytesOf('x'));
    let failures = 5;
    const channel = new ServiceWorkerChannel((request) => {
      if (failures > 0) {
        failures -= 1;
        throw new Error('status 404');
      }
      return backlog.answer(request);
    }, pause);
    channel.wait(() => channel.available > 0, Infinity);
    assert.deepEqual(pauses, [1, 2, 4, 8, 16]);

    failures = Infinity;
    assert.throws(() => channel.wait(() => false, Infinity), /does not answer \(status 404\).*press Run again/u);
    assert.ok(now < 6000);
  });
});

describe('a service worker that is stopped at any moment', () => {
  /** Numbers from 0 to 1, the same for the same seed (xorshift32). */
  function randomNumbers(seed: number): () => number {
    let state = seed;
    return () => {
      state ^= state << 13;
      state ^= state >>> 17;
      state ^= state << 5;
      return (state >>> 0) / 2 ** 32;
    };
  }

  it('loses no byte, doubles none and reorders none', () => {
    for (let seed = 1; seed <= 2000; seed += 1) {
      const random = randomNumbers(seed * 2_654_435_761);
      const upTo = (most: number): number => Math.floor(random() * (most + 1));
      const backlog = new StdinBacklog();
      const length = 1 + upTo(200);
      const written = Uint8Array.from({ length }, () => upTo(255));
      let writtenSoFar = 0;
      let closed = false;
      let late: StdinRequest | undefined;

      const act = (): void => {
        if (writtenSoFar === length) {
          closed = true;
          backlog.close();
          return;
        }
        const next = Math.min(length, writtenSoFar + 1 + upTo(40));
        backlog.write(written.slice(writtenSoFar, next));
        writtenSoFar = next;
      };
      const channel = new ServiceWorkerChannel(
        (request) => {
          if (random() < 0.4) act();
          const small = { ...request, room: Math.min(request.room, 1 + upTo(60)) };
          switch (upTo(6)) {
            case 0:
              throw new Error('the request was lost');
            case 1:
              backlog.answer(small);
              throw new Error('the answer was lost');
            case 2:
              // Held, then out of time; the page may hear of it later than of the next one's loss.
              late = small;
              return undefined;
            case 3: {
              const twice = late?.position === request.position ? backlog.answer(late) : undefined;
              const news = backlog.answer(small);
              return twice ?? news;
            }
            default:
              return backlog.answer(small);
          }
        },
        () => undefined,
      );

      const read: number[] = [];
      const target = new Uint8Array(64);
      while (!channel.ended) {
        channel.wait(() => channel.available > 0 || channel.ended, Infinity);
        if (random() < 0.3) channel.yieldTurn();
        const count = channel.read(target.subarray(0, 1 + upTo(63)));
        read.push(...target.subarray(0, count));
      }
      assert.ok(closed, `seed ${String(seed)}: ended before it was closed`);
      assert.deepEqual(Uint8Array.from(read), written, `seed ${String(seed)}`);
      assert.equal(channel.available, 0);
    }
  });
});
