import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Tracer } from '../../src/engine/run/tracer.ts';
import type { CallRow, TraceRow } from '../../src/protocol/trace.ts';

/** Where things lie in the host's memory; the plugin's memory begins at `plugin`. */
const AT = { name: 16, params: 128, results: 256, plugin: 4096 } as const;
const PLUGIN_LENGTH = 8192;
/** Addresses in the plugin's memory. */
const IN_PLUGIN = { iovs: 64, count: 512, buffer: 1024 } as const;

/** A host that calls the tracer as the overlay does. */
class Host {
  readonly memory = new ArrayBuffer(32_768);
  readonly tracer = new Tracer(() => this.memory);
  #calls = 0;

  get view(): DataView {
    return new DataView(this.memory);
  }

  enter(name: string, params: readonly (number | bigint)[]): number {
    // Names are constants of the host: one address each.
    const at = AT.name + name.length * 512;
    new Uint8Array(this.memory).set(new TextEncoder().encode(name), at);
    params.forEach((param, index) => this.view.setBigUint64(AT.params + index * 8, BigInt(param), true));
    this.#calls += 1;
    this.tracer.enter(this.#calls, at, name.length, AT.params, params.length, AT.plugin, PLUGIN_LENGTH, 1);
    return this.#calls;
  }

  leave(call: number, errno: number): void {
    this.view.setUint32(AT.results, errno, true);
    this.tracer.leave(call, AT.results, 1, AT.plugin, PLUGIN_LENGTH);
  }

  inPlugin(address: number, value: number): void {
    this.view.setUint32(AT.plugin + address, value, true);
  }

  /** One iovec of this size. */
  iovec(size: number): void {
    this.inPlugin(IN_PLUGIN.iovs, IN_PLUGIN.buffer);
    this.inPlugin(IN_PLUGIN.iovs + 4, size);
  }

  read(size: number): number {
    this.iovec(size);
    return this.enter('fd_read', [0, IN_PLUGIN.iovs, 1, IN_PLUGIN.count]);
  }

  gives(text: string): void {
    const bytes = new TextEncoder().encode(text);
    new Uint8Array(this.memory).set(bytes, AT.plugin + IN_PLUGIN.buffer);
    this.inPlugin(IN_PLUGIN.count, bytes.length);
  }

  rows(): TraceRow[] {
    return this.tracer.takeRows();
  }

  row(): CallRow {
    const [row] = this.rows();
    assert.equal(row?.kind, 'call');
    return row;
  }
}

describe('Tracer', () => {
  test('tells a read while it waits, with its buffers', () => {
    const host = new Host();
    host.read(4096);
    const row = host.row();
    assert.deepEqual(
      { name: row.name, fd: row.fd, buffers: row.args.buffers, until: row.until },
      { name: 'fd_read', fd: 0, buffers: [4096], until: undefined },
    );
    assert.equal(host.tracer.summary.pending?.name, 'fd_read');
  });

  test('tells how many bytes a read returned, and which', () => {
    const host = new Host();
    const call = host.read(4096);
    host.gives('Ada\n');
    host.leave(call, 0);
    const { end, since, until } = host.row();
    assert.deepEqual(end, { kind: 'returned', errno: 0, bytes: 4, data: [65, 100, 97, 10] });
    assert.ok(until !== undefined && until >= since);
  });

  test('keeps the first bytes of many', () => {
    const host = new Host();
    const call = host.read(4096);
    host.gives('x'.repeat(1000));
    host.leave(call, 0);
    const { end } = host.row();
    assert.equal(end?.kind === 'returned' && end.bytes, 1000);
    assert.equal(end?.kind === 'returned' && end.data.length, 24);
  });

  test('tells an errno, and no bytes with it', () => {
    const host = new Host();
    const call = host.read(4096);
    host.gives('stale');
    host.leave(call, 6);
    assert.deepEqual(host.row().end, { kind: 'returned', errno: 6, bytes: undefined, data: [] });
    assert.equal(host.tracer.summary.readsFailed, 1);
  });

  test('tells an exit with its code, and a host function that broke', () => {
    const host = new Host();
    host.tracer.abort(host.enter('proc_exit', [3]), 3, 1);
    assert.deepEqual(host.row().end, { kind: 'exit', code: 3 });
    host.tracer.abort(host.enter('proc_exit', [-1]), -1, 1);
    assert.deepEqual(host.row().end, { kind: 'exit', code: 0xffffffff });
    host.tracer.abort(host.read(1), 0, 0);
    assert.deepEqual(host.row().end, { kind: 'broken' });
  });

  test('tells what a poll waits for', () => {
    const host = new Host();
    const subscription = 2048;
    const { view } = host;
    view.setUint8(AT.plugin + subscription + 8, 0);
    view.setUint32(AT.plugin + subscription + 16, 1, true);
    view.setBigUint64(AT.plugin + subscription + 24, 500_000_000n, true);
    view.setUint8(AT.plugin + subscription + 48 + 8, 1);
    host.enter('poll_oneoff', [subscription, 3072, 2, 512]);
    assert.deepEqual(host.row().args.polled, [
      { kind: 'sleep', ms: 500 },
      { kind: 'read', fd: 0 },
    ]);
  });

  test('leaves out what lies outside the plugin’s memory', () => {
    const host = new Host();
    const call = host.enter('fd_read', [0, PLUGIN_LENGTH - 4, 1, PLUGIN_LENGTH - 2]);
    host.leave(call, 0);
    const row = host.row();
    assert.deepEqual(row.args.buffers, []);
    assert.equal(row.end?.kind === 'returned' && row.end.bytes, undefined);
    host.enter('poll_oneoff', [0xffff_fff0, 0, 4, 0]);
    assert.deepEqual(host.row().args.polled, []);
  });

  test('tells memory as it was at the time, whenever it is asked', () => {
    const host = new Host();
    const read = host.read(16);
    host.gives('one');
    host.leave(read, 0);
    host.gives('changed');
    host.iovec(5);
    const write = host.enter('fd_write', [1, IN_PLUGIN.iovs, 1, IN_PLUGIN.count]);
    // The plugin runs again inside of its call.
    const inner = host.enter('sched_yield', []);
    host.iovec(99);
    host.leave(inner, 0);
    host.gives('wrote');
    host.leave(write, 0);
    host.gives('changed again');
    const calls = host.rows().flatMap((row) => (row.kind === 'call' ? row : []));
    assert.deepEqual(
      calls.map(({ name, args, end }) => [name, args.buffers, end?.kind === 'returned' && end.data]),
      [
        ['fd_read', [16], [...new TextEncoder().encode('one')]],
        ['fd_write', [5], [...new TextEncoder().encode('wrote')]],
      ],
    );
  });

  test('counts a flood without telling each call', () => {
    const host = new Host();
    for (let n = 0; n < 20_000; n += 1) {
      const call = host.read(16);
      host.gives('');
      host.leave(call, 0);
    }
    const rows = host.rows();
    assert.ok(rows.length < 300, `found ${String(rows.length)} rows`);
    assert.equal(host.tracer.summary.readsAtEof, 20_000);
    const told = rows.reduce((sum, row) => sum + (row.kind === 'fold' ? row.calls : 1), 0);
    assert.equal(told, 20_000);
  });

  test('tells the read that a flooding plugin waits in', () => {
    const host = new Host();
    for (let n = 0; n < 2000; n += 1) host.leave(host.read(16), 0);
    host.rows();
    const waiting = host.read(16);
    assert.deepEqual(host.rows(), []);
    host.tracer.waiting();
    assert.equal(host.row().id, waiting);
  });
});
