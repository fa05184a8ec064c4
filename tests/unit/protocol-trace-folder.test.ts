import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { TraceFolder } from '../../src/protocol/trace-folder.ts';
import type { CallEnd, FoldRow, TraceRow } from '../../src/protocol/trace.ts';

const done: CallEnd = { kind: 'returned', errno: 0, bytes: undefined, data: [] };
const moved = (bytes: number): CallEnd => ({ kind: 'returned', errno: 0, bytes, data: [] });

/** Calls one after another, each 1 ms after the one before, unless told otherwise. */
class Plugin {
  readonly folder = new TraceFolder();
  readonly module: number;
  now = 1000;
  #id = 0;

  constructor(module = 1) {
    this.module = module;
  }

  enter(name: string, fd?: number): number {
    this.now += 1;
    const id = (this.#id += 1);
    if (this.folder.enter({ id, module: this.module, name, fd, since: this.now }))
      this.folder.detail(id, { params: [] });
    return id;
  }

  call(name: string, end: CallEnd, fd?: number): void {
    this.folder.leave(this.enter(name, fd), this.now, end);
  }
}

function folds(rows: readonly TraceRow[]): FoldRow[] {
  return rows.filter((row) => row.kind === 'fold');
}

const names = (rows: readonly TraceRow[]): string[] => rows.map((row) => (row.kind === 'call' ? row.name : row.why));

describe('TraceFolder', () => {
  test('folds what a runtime asks before the first read or write into one row', () => {
    const plugin = new Plugin();
    for (const name of ['args_sizes_get', 'args_get', 'random_get', 'clock_time_get', 'clock_time_get'])
      plugin.call(name, done);
    plugin.call('fd_write', moved(6), 1);
    const rows = plugin.folder.take();
    assert.deepEqual(names(rows), ['start-up', 'fd_write']);
    assert.equal(folds(rows)[0]?.calls, 5);
    assert.deepEqual(
      folds(rows)[0]?.kinds.map(({ name, calls }) => [name, calls]),
      [
        ['args_sizes_get', 1],
        ['args_get', 1],
        ['random_get', 1],
        ['clock_time_get', 2],
      ],
    );
  });

  test('tells upkeep between two calls as upkeep, not as start-up', () => {
    const plugin = new Plugin();
    plugin.call('random_get', done);
    plugin.call('fd_write', moved(1), 1);
    plugin.call('clock_time_get', done);
    plugin.call('fd_read', moved(1), 0);
    assert.deepEqual(names(plugin.folder.take()), ['start-up', 'fd_write', 'upkeep', 'fd_read']);
  });

  test('tells a call that has not returned, and again when it has', () => {
    const plugin = new Plugin();
    const read = plugin.enter('fd_read', 0);
    const [pending] = plugin.folder.take();
    assert.equal(pending?.until, undefined);
    plugin.folder.leave(read, 2000, moved(6));
    const [ended] = plugin.folder.take();
    assert.equal(ended?.id, read);
    assert.equal(ended.until, 2000);
    assert.deepEqual(plugin.folder.take(), []);
  });

  test('folds a flood into one growing row with a count for each kind', () => {
    const plugin = new Plugin();
    for (let n = 0; n < 50_000; n += 1) {
      plugin.call('fd_read', moved(0), 0);
      plugin.call('fd_write', moved(7), 1);
    }
    const rows = plugin.folder.take();
    const [flood] = folds(rows);
    assert.ok(rows.length < 200, `found ${String(rows.length)} rows`);
    assert.equal(rows.at(-1)?.id, flood?.id);
    assert.ok(flood);
    assert.equal(flood.calls + rows.length - 1, 100_000);
    assert.deepEqual(flood.kinds.map(({ name, fd, outcome }) => [name, fd, outcome]).sort(), [
      ['fd_read', 0, 'eof'],
      ['fd_write', 1, 'data'],
    ]);
    plugin.call('fd_read', moved(0), 0);
    const [grown] = plugin.folder.take();
    assert.equal(grown?.id, flood.id);
  });

  test('tells the call that a flooding plugin waits in, and its exit', () => {
    const plugin = new Plugin();
    for (let n = 0; n < 1000; n += 1) plugin.call('fd_write', moved(7), 1);
    plugin.folder.take();
    const read = plugin.enter('fd_read', 0);
    const waiting = [...plugin.folder.waiting()];
    assert.deepEqual(
      waiting.map(({ id }) => id),
      [read],
    );
    plugin.folder.detail(read, { params: [0] });
    assert.deepEqual(names(plugin.folder.take()), ['fd_read']);
    plugin.folder.leave(read, plugin.now, moved(4));
    for (let n = 0; n < 50; n += 1) plugin.call('fd_write', moved(7), 1);
    plugin.call('proc_exit', { kind: 'exit', code: 0 });
    assert.deepEqual(names(plugin.folder.take()), ['fd_read', 'flood', 'proc_exit']);
  });

  test('tells calls one by one again when a flood is over', () => {
    const plugin = new Plugin();
    for (let n = 0; n < 1000; n += 1) plugin.call('fd_write', moved(7), 1);
    plugin.now += 5000;
    plugin.folder.take();
    plugin.call('fd_read', moved(4), 0);
    assert.deepEqual(names(plugin.folder.take()), ['fd_read']);
  });

  test('keeps the folds of two plugins apart', () => {
    const first = new Plugin(1);
    first.call('random_get', done);
    first.folder.enter({ id: 90, module: 2, name: 'random_get', fd: undefined, since: first.now });
    first.folder.leave(90, first.now, done);
    first.call('random_get', done);
    assert.deepEqual(
      folds(first.folder.take()).map(({ module, calls }) => [module, calls]),
      [
        [1, 2],
        [2, 1],
      ],
    );
  });
});
