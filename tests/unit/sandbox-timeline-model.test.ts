import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { CallEnd, CallRow, FoldRow } from '../../src/protocol/trace.ts';
import { describeMoment, describeRow, rowAt, tableText } from '../../src/sandbox/timeline/described.ts';
import { makeTimeline, type TimelineModel } from '../../src/sandbox/timeline/model.ts';
import { levelAt } from '../../src/sandbox/timeline/streams.ts';
import { foldRows } from '../../src/sandbox/trace/trace-store.ts';
import { errnoName } from '../../src/sandbox/timeline/errno-name.ts';
import { duration, preview } from '../../src/sandbox/timeline/words.ts';
import { verbatim, withoutFences } from '../../src/sandbox/run/verbatim.ts';
import { ToldRun } from './told-run.ts';

const START = 5000;

const bytesOf = (text: string): number[] => [...new TextEncoder().encode(text)];

function call(id: number, name: string, since: number, until?: number, end?: CallEnd, fd?: number): CallRow {
  return {
    kind: 'call',
    id,
    module: 1,
    name,
    fd,
    args: { params: [], buffers: [4096] },
    since: START + since,
    until: until === undefined ? undefined : START + until,
    end,
  };
}

function returned(text: string): CallEnd {
  const data = bytesOf(text);
  return { kind: 'returned', errno: 0, bytes: data.length, data };
}

const read = (id: number, since: number, until?: number, text?: string): CallRow =>
  call(id, 'fd_read', since, until, text === undefined ? undefined : returned(text), 0);
const write = (id: number, at: number, text: string): CallRow => call(id, 'fd_write', at, at, returned(text), 1);

/** A plugin that asks, waits for a line, answers and waits again. */
function conversation(): ToldRun {
  const store = new ToldRun(START);
  store.add([write(1, 3, 'Name: '), read(2, 4)]);
  return store;
}

function answered(): ToldRun {
  const store = conversation();
  store.act({ kind: 'typed', at: START + 504, text: 'Grace\n', bytes: 6 });
  store.add([read(2, 4, 505, 'Grace\n'), write(3, 506, 'Hello, Grace!\n'), read(4, 507)]);
  return store;
}

const timeline = (store: ToldRun, now: number): TimelineModel =>
  makeTimeline(store, { stdin: 'pipe' }, START + now, START);

describe('the timeline of a conversation', () => {
  test('has a growing bar for the read that waits', () => {
    const store = conversation();
    const barAt = (now: number): unknown => {
      const bar = timeline(store, now).plugins[0]?.bars[1];
      return bar && { shape: bar.shape, length: bar.to - bar.from, label: bar.labels[0] };
    };
    assert.deepEqual(barAt(1004), { shape: 'waiting', length: 1000, label: 'waiting in fd_read, 1.00 s' });
    assert.deepEqual(barAt(2304), { shape: 'waiting', length: 2300, label: 'waiting in fd_read, 2.30 s' });
  });

  test('ends the bar with its bytes', () => {
    const [bar] = timeline(answered(), 900).plugins[0]?.bars.slice(1) ?? [];
    assert.equal(bar?.shape, 'data');
    assert.equal(bar.labels[0], 'fd_read waited 501 ms: 6 bytes');
  });

  test('tells EOF as 0 bytes = EOF', () => {
    const store = answered();
    store.act({ kind: 'closed', at: START + 900 });
    store.add([read(4, 507, 901, ''), call(5, 'proc_exit', 902, 903, { kind: 'exit', code: 0 })]);
    store.end({ kind: 'exited', status: 0 }, START + 910);
    const model = timeline(store, 99_999);
    assert.equal(model.length, 910);
    assert.deepEqual(
      model.rows.slice(-3).map(({ who, what, result, shape }) => [who, withoutFences(what), result, shape]),
      [
        ['plugin', 'fd_read(0) up to 4,096', '0 bytes = EOF', 'eof'],
        ['you', 'closed stdin', '', 'closed'],
        ['plugin', 'proc_exit() up to 4,096', 'exit 0', 'exit'],
      ],
    );
    assert.equal(model.stream.closedAt, 900);
    assert.match(model.stream.ends, /closed the writing end; nobody reads/u);
  });

  test('has the same rows in the table, acts among the calls', () =>
    assert.deepEqual(
      timeline(answered(), 900).rows.map(({ who, result }) => [who, withoutFences(result)]),
      [
        ['plugin', '6 bytes “Name: ”'],
        ['plugin', '6 bytes “Grace⏎”'],
        ['you', '6 bytes'],
        ['plugin', '14 bytes “Hello, Grace!⏎”'],
        ['plugin', 'waiting'],
      ],
    ));

  test('fences what is no language in a row: the name of a call, and what was read or typed', () =>
    assert.deepEqual(
      timeline(answered(), 900)
        .rows.slice(1, 3)
        .map(({ what, result }) => [what, result]),
      [
        [`${verbatim('fd_read(0)')} up to 4,096`, `6 bytes ${verbatim('“Grace⏎”')}`],
        [`typed ${verbatim('“Grace⏎”')}`, '6 bytes'],
      ],
    ));

  test('says of a call that the end cut off that it never returned', () => {
    const store = conversation();
    store.act({ kind: 'stopped', at: START + 800 });
    store.end({ kind: 'stopped' }, START + 800);
    const model = timeline(store, 5000);
    assert.equal(model.rows.find(({ shape }) => shape === 'cut')?.result, 'never returned');
    assert.equal(model.plugins[0]?.bars[1]?.to, 800);
  });

  test('knows how many bytes are on their way', () => {
    const { stream } = timeline(answered(), 900);
    assert.deepEqual(
      [0, 503, 504, 504.5, 505, 900].map((at) => levelAt(stream, at)),
      [0, 0, 6, 6, 0, 0],
    );
  });

  test('describes a moment', () => {
    const model = timeline(answered(), 900);
    assert.equal(
      withoutFences(describeMoment(model, 300)),
      '0.300 s: plugin in fd_read(0) up to 4,096 since 0.004 s. stdin is open, 0 bytes in it.',
    );
    assert.match(withoutFences(describeMoment(model, 506.5)), /plugin after fd_write\(1\).*14 bytes/u);
  });

  test('finds the row of a moment: what begins or ends there, else what is under way', () => {
    const model = timeline(answered(), 900);
    assert.deepEqual(
      [0, 3, 300, 504, 505, 506, 800].map((at) => rowAt(model, at)?.key),
      ['call-1', 'call-1', 'call-2', 'act-1', 'call-2', 'call-3', 'call-4'],
    );
  });

  test('describes a row with its place among the others', () => {
    const model = timeline(answered(), 900);
    const [, read, typed] = model.rows;
    assert.ok(read && typed);
    assert.match(
      withoutFences(describeRow(model, read)),
      /^2 of 5: at 0\.004 s plugin fd_read\(0\).* took 501 ms: 6 bytes.*0 bytes in stdin/u,
    );
    assert.equal(
      withoutFences(describeRow(model, typed)),
      '3 of 5: at 0.504 s you typed “Grace⏎”. 6 bytes in stdin after it.',
    );
  });

  test('is copied as aligned text', () => {
    const lines = tableText(timeline(answered(), 900)).split('\n');
    assert.equal(lines.length, 6);
    assert.ok(
      lines.every((line) => line.indexOf('plugin') === lines[1]?.indexOf('plugin') || !line.includes('plugin ')),
    );
    assert.match(lines[3] ?? '', /^0\.504 s {2}you {5}typed “Grace⏎”/u);
  });
});

test('a timeline begins with the first call: how long a plugin takes to compile is not its story', () => {
  const model = makeTimeline(answered(), { stdin: 'pipe' }, START + 903);
  assert.equal(model.length, 900);
  assert.equal(model.rows[0]?.at, 0);
});

describe('the stream', () => {
  test('held at the start what was read and never typed', () => {
    const store = new ToldRun(START);
    store.add([read(1, 1, 1, 'Ada\nZoë'), read(2, 2, 2, '')]);
    const { stream } = makeTimeline(store, { stdin: 'buffer' }, START + 10, START);
    assert.deepEqual(stream.levels, [
      { at: 0, bytes: 8 },
      { at: 1, bytes: 0 },
    ]);
    assert.match(stream.ends, /empty means EOF/u);
  });

  test('never counts below zero when a line is typed and read in the same moment', () => {
    const store = new ToldRun(START);
    store.add([read(1, 1, 99.9, 'Ada\n')]);
    store.act({ kind: 'typed', at: START + 100, text: 'Ada\n', bytes: 4 });
    assert.ok(makeTimeline(store, { stdin: 'pipe' }, START + 200).stream.levels.every(({ bytes }) => bytes >= 0));
  });
});

describe('two plugins', () => {
  test('have a lane each', () => {
    const store = new ToldRun(START);
    store.add([read(1, 1), { ...read(2, 2), module: 2 }]);
    assert.deepEqual(
      makeTimeline(store, {}, START + 10).plugins.map(({ label }) => label),
      ['plugin 1', 'plugin 2'],
    );
  });
});

describe('TraceStore', () => {
  test('keeps a bounded number of rows, and counts the rest', () => {
    const store = new ToldRun(START);
    for (let id = 1; id <= 20_000; id += 1) store.add([write(id, id, 'x')]);
    assert.ok(store.rows.length <= 801, `found ${String(store.rows.length)} rows`);
    const [first] = store.rows;
    assert.equal(first?.kind, 'fold');
    assert.equal(first.why, 'earlier');
    assert.equal(first.calls + store.rows.length - 1, 20_000);
    assert.deepEqual(first.kinds, [
      { name: 'fd_write', fd: 1, outcome: 'data', calls: first.calls, bytes: first.calls },
    ]);
  });

  test('folds folds', () => {
    const flood: FoldRow = {
      kind: 'fold',
      why: 'flood',
      id: 1,
      module: 1,
      since: 1,
      until: 9,
      calls: 1000,
      kinds: [{ name: 'fd_write', fd: 1, outcome: 'data', calls: 1000, bytes: 7000 }],
    };
    assert.deepEqual(foldRows([flood, write(1001, 10, 'x')])?.kinds, [
      { name: 'fd_write', fd: 1, outcome: 'data', calls: 1001, bytes: 7001 },
    ]);
  });
});

describe('words', () => {
  test('a length of time has the digits that a reader can use', () =>
    assert.deepEqual([0.01, 0.4, 4.25, 502.4, 999.7, 1203, 9996, 65_432].map(duration), [
      '0 ms',
      '0.4 ms',
      '4.3 ms',
      '502 ms',
      '1.00 s',
      '1.20 s',
      '10.0 s',
      '65.4 s',
    ]));

  test('an errno has its name', () =>
    assert.deepEqual([6, 8, 28, 52, 64, 76, 99].map(errnoName), [
      'EAGAIN',
      'EBADF',
      'EINVAL',
      'ENOSYS',
      'EPIPE',
      'ENOTCAPABLE',
      'errno 99',
    ]));

  test('a preview shows newlines, and no half characters', () => {
    assert.equal(preview(bytesOf('Zoë\n'), 5), '“Zoë⏎”');
    assert.equal(preview(bytesOf('世界').slice(0, 5), 6), '“世…”');
    assert.equal(preview([0, 255, 65], 3), '“··A”');
  });
});
