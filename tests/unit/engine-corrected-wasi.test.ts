import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { AT, ERRNO, WasiHarness } from './engine-wasi-harness.ts';

const MONOTONIC = 1;
const REALTIME = 0;

describe('fd_read', () => {
  it('fills several iovecs in one call', () => {
    const wasi = new WasiHarness();
    wasi.type('hello');
    assert.equal(wasi.read(2, 10), ERRNO.success);
    assert.equal(wasi.text, 'hello');
  });

  it('does not wait for a second iovec when the first was filled exactly', () => {
    const wasi = new WasiHarness();
    wasi.type('abcd');
    assert.equal(wasi.read(4, 4), ERRNO.success);
    assert.equal(wasi.text, 'abcd');
  });

  it('loses nothing to EAGAIN when the first iovec was filled exactly', () => {
    const wasi = new WasiHarness({ nonblocking: true });
    wasi.type('abcd');
    assert.equal(wasi.read(4, 4), ERRNO.success);
    assert.equal(wasi.text, 'abcd');
  });

  it('answers EAGAIN on a nonblocking descriptor with nothing to read', () => {
    const wasi = new WasiHarness({ nonblocking: true });
    assert.equal(wasi.read(8), ERRNO.again);
    assert.equal(wasi.waits, 0);
  });

  it('waits on a blocking descriptor until a byte comes', async () => {
    const wasi = new WasiHarness();
    const reading = wasi.read(8);
    assert.ok(reading instanceof Promise);
    assert.equal(wasi.waits, 1);
    wasi.type('x');
    assert.equal(await reading, ERRNO.success);
    assert.equal(wasi.text, 'x');
  });

  it('takes its views of memory after the wait, since memory may have grown', async () => {
    const wasi = new WasiHarness();
    const reading = wasi.read(8);
    wasi.memory.grow(1);
    wasi.type('grown');
    assert.equal(await reading, ERRNO.success);
    assert.equal(wasi.text, 'grown');
  });

  it('answers success and no byte at EOF, again and again', () => {
    const wasi = new WasiHarness();
    wasi.type('last');
    wasi.act({ type: 'close' });
    assert.equal(wasi.read(8), ERRNO.success);
    assert.equal(wasi.text, 'last');
    for (let i = 0; i < 3; i += 1) {
      assert.equal(wasi.read(8), ERRNO.success);
      assert.equal(wasi.count, 0);
    }
  });

  it('does not wait for a read of no bytes', () => {
    const wasi = new WasiHarness();
    assert.equal(wasi.read(0), ERRNO.success);
    assert.equal(wasi.count, 0);
  });
});

describe('poll_oneoff', () => {
  it('answers stdin and a clock in one poll, whichever is first', async () => {
    const wasi = new WasiHarness({ nonblocking: true });
    wasi.subscribeClock(0, { userdata: 7n, clock: MONOTONIC, timeout: 60_000 });
    wasi.subscribeFd(1, { userdata: 9n, type: 'read', fd: 0 });
    const polling = wasi.poll(2);
    assert.ok(polling instanceof Promise);
    wasi.type('abc');
    assert.equal(await polling, ERRNO.success);
    assert.deepEqual(wasi.events, [{ userdata: 9n, errno: 0, type: 1, bytes: 3n, flags: 0 }]);
  });

  it('wakes when a relative time has passed, and not before', async () => {
    const wasi = new WasiHarness();
    wasi.subscribeClock(0, { userdata: 1n, clock: MONOTONIC, timeout: 30 });
    const start = performance.now();
    assert.equal(await wasi.poll(1), ERRNO.success);
    assert.ok(performance.now() - start >= 30);
    assert.deepEqual(wasi.events, [{ userdata: 1n, errno: 0, type: 0, bytes: 0n, flags: 0 }]);
  });

  it('takes an absolute time as absolute, on both clocks', () => {
    const wasi = new WasiHarness();
    wasi.subscribeClock(0, { userdata: 1n, clock: MONOTONIC, timeout: performance.now(), absolute: true });
    wasi.subscribeClock(1, { userdata: 2n, clock: REALTIME, timeout: Date.now() - 1, absolute: true });
    wasi.poll(2);
    assert.equal(wasi.waits, 0, 'both are due now: nothing to wait for');
  });

  it('waits once, and looks at the clock a few times: it does not spin', async (context) => {
    const wasi = new WasiHarness();
    wasi.subscribeClock(0, { userdata: 1n, clock: MONOTONIC, timeout: 200 });
    const { mock } = context.mock.method(performance, 'now');
    await wasi.poll(1);
    assert.equal(wasi.waits, 1);
    const looks = mock.callCount();
    // A timer of the system may fire a moment early, once or twice.
    assert.ok(looks > 0 && looks < 20, `looked at the clock ${String(looks)} times in 200 ms`);
  });

  it('shows EOF as readable, with the hang-up flag', async () => {
    const wasi = new WasiHarness({ nonblocking: true });
    wasi.subscribeFd(0, { userdata: 3n, type: 'read', fd: 0 });
    const polling = wasi.poll(1);
    wasi.act({ type: 'close' });
    assert.equal(await polling, ERRNO.success);
    assert.deepEqual(wasi.events, [{ userdata: 3n, errno: 0, type: 1, bytes: 0n, flags: 1 }]);
  });

  it('answers writable output and bad descriptors at once, each in its own event', async () => {
    const wasi = new WasiHarness();
    wasi.subscribeFd(0, { userdata: 1n, type: 'write', fd: 1 });
    wasi.subscribeFd(1, { userdata: 2n, type: 'read', fd: 99 });
    wasi.subscribeClock(2, { userdata: 3n, clock: 42, timeout: 1 });
    assert.equal(await wasi.poll(3), ERRNO.success);
    assert.deepEqual(
      wasi.events.map(({ userdata, errno }) => [userdata, errno]),
      [
        [1n, ERRNO.success],
        [2n, ERRNO.badf],
        [3n, ERRNO.inval],
      ],
    );
  });

  it('refuses a poll of nothing', () => assert.equal(new WasiHarness().poll(0), ERRNO.inval));
});

describe('fd_write', () => {
  const write = (wasi: WasiHarness, size: number): unknown => {
    wasi.iovecs(size);
    return wasi.call('fd_write', 1, AT.iovs, 1, AT.count);
  };

  it('copies what is written, so that the program may use its memory again', () => {
    const wasi = new WasiHarness();
    new Uint8Array(wasi.memory.buffer).fill(65, AT.data, AT.data + 3);
    assert.equal(write(wasi, 3), ERRNO.success);
    new Uint8Array(wasi.memory.buffer).fill(0, AT.data, AT.data + 3);
    assert.equal(wasi.count, 3);
    assert.deepEqual(wasi.sent.flat(), [{ stream: 'stdout', bytes: new Uint8Array([65, 65, 65]) }]);
  });

  it('waits when the page is 1 MiB behind, until it has taken some', async () => {
    const wasi = new WasiHarness();
    let pending: unknown = ERRNO.success;
    let written = 0;
    while (!(pending instanceof Promise)) {
      assert.ok(written <= 1_048_576 + 65_536 * 2, 'wrote far more than a window without waiting');
      pending = write(wasi, 65_536);
      written += 65_536;
    }
    wasi.act({ type: 'taken', total: written });
    assert.equal(await pending, ERRNO.success);
  });
});

describe('what is not a stream', () => {
  it('sizes arguments in UTF-8 bytes', () => {
    const wasi = new WasiHarness({ args: ['世界'] });
    assert.equal(wasi.call('args_sizes_get', AT.count, AT.data), ERRNO.success);
    assert.equal(wasi.view.getUint32(AT.data, true), 7);
  });

  it('answers ENOTSOCK where there are no sockets', () =>
    assert.equal(new WasiHarness().call('sock_shutdown', 0, 0), ERRNO.notsock));

  it('answers ESPIPE to a seek on a terminal', () =>
    assert.equal(new WasiHarness().call('fd_seek', 0, 0n, 0, AT.data), ERRNO.spipe));
});
