import { MemoryFile } from '../../../src/engine/memory/memory-file.ts';
import { MemoryFileFd } from '../../../src/engine/memory/memory-file-fd.ts';
import { READ_ONLY_FILE_RIGHTS } from '../../../src/engine/memory/memory-rights.ts';
import { NullFd } from '../../../src/engine/wasi/null-fd.ts';
import { AT } from '../../unit/engine-wasi-harness.ts';
import { casesOf } from '../conformance-case.ts';
import { expectEqual, expectTrue } from '../expect.ts';
import { CLOCK, errnoName, F, FILETYPE, R, WHENCE, type World } from '../world.ts';

const STDIN = 0;
const STDOUT = 1;
const STDERR = 2;

async function settled(call: unknown): Promise<string> {
  return errnoName(await call);
}

const terminal = [
  ...casesOf('fd_read', {
    'takes what is there, less than asked for': (w) => {
      w.type('abc');
      expectEqual(w.readFrom(STDIN, 100), 'abc');
    },
    'leaves what does not fit for the next read': (w) => {
      w.type('abcdef');
      expectEqual([w.readFrom(STDIN, 4), w.readFrom(STDIN, 4)], ['abcd', 'ef']);
    },
    'fills several iovecs in one call': (w) => {
      w.type('hello');
      expectEqual(w.readFrom(STDIN, 2, 10), 'hello');
    },
    'does not wait for a second iovec when the first was filled exactly': (w) => {
      w.type('abcd');
      expectEqual(w.readFrom(STDIN, 4, 4), 'abcd');
    },
    'skips empty iovecs': (w) => {
      w.type('xyz');
      expectEqual(w.readFrom(STDIN, 0, 2, 0, 8), 'xyz');
    },
    'does not wait for a read of no bytes': (w) => expectEqual(w.readFrom(STDIN, 0), ''),
    'waits until a byte comes': async (w) => {
      const reading = w.read(8);
      expectTrue(reading instanceof Promise, 'a wait');
      w.type('x');
      expectEqual(await settled(reading), 'success');
      expectEqual(w.text, 'x');
    },
    'is EOF, success and no byte, after close, again and again': (w) => {
      w.type('last');
      w.act({ type: 'close' });
      expectEqual([w.readFrom(STDIN, 8), w.readFrom(STDIN, 8), w.readFrom(STDIN, 8)], ['last', '', '']);
    },
    'is EOF for a reader that waits when it is closed': async (w) => {
      const reading = w.read(8);
      w.act({ type: 'close' });
      expectEqual(await settled(reading), 'success');
      expectEqual(w.count, 0);
    },
    'keeps every byte of binary data': (w) => {
      const bytes = Uint8Array.from({ length: 256 }, (_, index) => index);
      w.act({ type: 'data', bytes });
      w.readFrom(STDIN, 100, 200);
      expectEqual([...new Uint8Array(w.memory.buffer, AT.data, w.count)], [...bytes]);
    },
    'answers EAGAIN on a nonblocking descriptor with nothing to read, and EOF after close': (w) => {
      w.expect('success', 'fd_fdstat_set_flags', STDIN, F.nonblock);
      expectEqual(w.tryReadFrom(STDIN, 8), 'again');
      w.act({ type: 'close' });
      expectEqual(w.readFrom(STDIN, 8), '');
    },
    'answers EBADF on stdout and on what is not open': (w) =>
      expectEqual([w.tryReadFrom(STDOUT, 8), w.tryReadFrom(77, 8)], ['badf', 'badf']),
  }),
  ...casesOf('fd_write', {
    'takes all iovecs in one piece, in order': (w) => {
      w.path('one two', AT.data);
      w.iovecs(4, 3);
      w.expect('success', 'fd_write', STDERR, AT.iovs, 2, AT.count);
      expectEqual(w.count, 7);
      expectEqual(
        w.sent.flat().map(({ stream, bytes }) => [stream, new TextDecoder().decode(bytes)]),
        [['stderr', 'one two']],
      );
    },
    'of no bytes succeeds': (w) => {
      w.write(STDOUT, '');
      expectEqual(w.sent.flat(), []);
    },
    'copies, so that the program may use its memory again': (w) => {
      w.write(STDOUT, 'AAA');
      w.path('BBB', AT.data);
      expectEqual([...(w.sent.flat()[0]?.bytes ?? [])], [65, 65, 65]);
    },
    'waits while the reader is too far behind': async (w) => {
      let pending: unknown = 0;
      let written = 0;
      while (!(pending instanceof Promise)) {
        expectTrue(written < 2_000_000, 'a wait within 2 MB');
        w.iovecs(65_536);
        pending = w.call('fd_write', STDOUT, AT.iovs, 1, AT.count);
        written += 65_536;
      }
      w.act({ type: 'taken', total: written });
      expectEqual(await settled(pending), 'success');
    },
    'answers EAGAIN on a nonblocking descriptor while the reader is too far behind': (w) => {
      w.expect('success', 'fd_fdstat_set_flags', STDOUT, F.nonblock);
      let errno = 'success';
      let written = 0;
      while (errno === 'success') {
        expectTrue(written < 2_000_000, 'EAGAIN within 2 MB');
        w.iovecs(65_536);
        errno = errnoName(w.call('fd_write', STDOUT, AT.iovs, 1, AT.count));
        if (errno === 'success') written += w.count;
      }
      expectEqual(errno, 'again');
      w.act({ type: 'taken', total: written });
      w.write(STDOUT, 'more');
    },
    'answers EBADF on stdin and on what is not open': (w) =>
      expectEqual([w.tryWrite(STDIN, 'x'), w.tryWrite(99, 'x')], ['badf', 'badf']),
  }),
  ...casesOf('fd_fdstat_get', {
    'shows a terminal as a character device that cannot be sought: isatty': (w) => {
      for (const fd of [STDIN, STDOUT, STDERR]) {
        const { filetype, flags, rights } = w.fdstat(fd);
        expectEqual([filetype, flags, rights & (R.fdSeek | R.fdTell)], [FILETYPE.characterDevice, 0, 0]);
      }
      expectTrue((w.fdstat(STDIN).rights & R.fdRead) !== 0, 'the right to read stdin');
      expectTrue((w.fdstat(STDOUT).rights & R.fdWrite) !== 0, 'the right to write stdout');
    },
    'answers EBADF for what is not open': (w) => w.expect('badf', 'fd_fdstat_get', 42, AT.data),
  }),
  ...casesOf('fd_fdstat_set_flags', {
    'sets and clears nonblocking': (w) => {
      for (const fd of [STDIN, STDOUT, STDERR]) {
        w.expect('success', 'fd_fdstat_set_flags', fd, F.nonblock);
        expectEqual(w.fdstat(fd).flags, F.nonblock);
        w.expect('success', 'fd_fdstat_set_flags', fd, 0);
        expectEqual(w.fdstat(fd).flags, 0);
      }
    },
    'answers EINVAL for flags that there are not': (w) => w.expect('inval', 'fd_fdstat_set_flags', STDIN, 1 << 9),
    'answers EBADF for what is not open': (w) => w.expect('badf', 'fd_fdstat_set_flags', 42, 0),
  }),
  ...casesOf('fd_filestat_get', {
    'shows a terminal as a character device': (w) => expectEqual(w.stat(STDIN).filetype, FILETYPE.characterDevice),
  }),
  ...casesOf('fd_seek', {
    'answers ESPIPE on a terminal': (w) => {
      w.expect('spipe', 'fd_seek', STDIN, 0n, WHENCE.cur, AT.data);
      w.expect('spipe', 'fd_seek', STDOUT, 0n, WHENCE.end, AT.data);
    },
  }),
  ...casesOf('fd_tell', {
    'answers ESPIPE on a terminal': (w) => w.expect('spipe', 'fd_tell', STDIN, AT.data),
  }),
  ...casesOf('fd_pread', {
    'answers ESPIPE on a terminal': (w) => {
      w.type('abc');
      expectEqual(w.tryPread(STDIN, 0n, 4), 'spipe');
    },
  }),
  ...casesOf('fd_pwrite', {
    'answers ESPIPE on a terminal': (w) => expectEqual(w.tryPwrite(STDOUT, 'x', 0n), 'spipe'),
  }),
  ...casesOf('fd_sync', {
    'answers EINVAL on a terminal': (w) => w.expect('inval', 'fd_sync', STDOUT),
  }),
  ...casesOf('fd_allocate', {
    'answers ESPIPE on a terminal': (w) => w.expect('spipe', 'fd_allocate', STDOUT, 0n, 1n),
  }),
  ...casesOf('fd_advise', {
    'answers ESPIPE on a terminal': (w) => w.expect('spipe', 'fd_advise', STDIN, 0n, 0n, 0),
  }),
  ...casesOf('fd_readdir', {
    'answers ENOTDIR on a terminal': (w) => w.expect('notdir', 'fd_readdir', STDIN, AT.data, 100, 0n, AT.count),
  }),
  ...casesOf('fd_close', {
    'closes a standard stream, whose number is then free': (w) => {
      w.close(STDIN);
      expectEqual(w.tryReadFrom(STDIN, 1), 'badf');
      w.expect('badf', 'fd_close', STDIN);
      expectEqual(w.open('new', { oflags: 1 }), STDIN);
    },
  }),
];

const host = casesOf(
  'fd_fdstat_set_flags',
  {
    'does not clear the nonblocking flag of the Go host': (w) => {
      expectEqual(w.fdstat(STDIN).flags, F.nonblock);
      w.expect('notsup', 'fd_fdstat_set_flags', STDIN, 0);
      expectEqual(w.fdstat(STDIN).flags, F.nonblock);
      expectEqual(w.tryReadFrom(STDIN, 4), 'again');
    },
  },
  () => ({ nonblocking: true }),
);

const pipe = [
  ...casesOf(
    'fd_fdstat_get',
    {
      'shows a pipe as of unknown type: preview1 has no name for it': (w) =>
        expectEqual([w.fdstat(STDIN).filetype, w.fdstat(STDOUT).filetype], [FILETYPE.unknown, FILETYPE.unknown]),
    },
    () => ({ kind: 'pipe' }),
  ),
  ...casesOf(
    'fd_seek',
    {
      'answers ESPIPE on a pipe': (w) => w.expect('spipe', 'fd_seek', STDIN, 0n, WHENCE.cur, AT.data),
    },
    () => ({ kind: 'pipe' }),
  ),
];

const nothing = [
  ...casesOf(
    'fd_read',
    {
      'is at EOF from the start, with nothing for stdin': (w) =>
        expectEqual([w.readFrom(STDIN, 8), w.readFrom(STDIN, 8)], ['', '']),
    },
    () => ({ stdin: new NullFd() }),
  ),
  ...casesOf(
    'fd_fdstat_get',
    {
      'shows nothing as /dev/null: a character device, but no terminal': (w) => {
        const { filetype, rights } = w.fdstat(STDIN);
        expectEqual(filetype, FILETYPE.characterDevice);
        expectTrue((rights & R.fdSeek) !== 0, 'the right to seek, which no terminal has');
        expectEqual(w.seek(STDIN, 10n, WHENCE.set), 0n);
      },
    },
    () => ({ stdin: new NullFd() }),
  ),
];

function fileStdin(): { stdin: MemoryFileFd } {
  const file = new MemoryFile(() => 0n, new TextEncoder().encode('one\ntwo\n'));
  return { stdin: new MemoryFileFd(file, { rights: READ_ONLY_FILE_RIGHTS }) };
}

const bytes = [
  ...casesOf(
    'fd_read',
    {
      'reads given bytes to their end, then EOF': (w) =>
        expectEqual([w.readFrom(STDIN, 5), w.readFrom(STDIN, 99), w.readFrom(STDIN, 99)], ['one\nt', 'wo\n', '']),
    },
    fileStdin,
  ),
  ...casesOf(
    'fd_filestat_get',
    {
      'shows given bytes as a regular file with a size': (w) => {
        const { filetype, size } = w.stat(STDIN);
        expectEqual([filetype, size], [FILETYPE.regularFile, 8n]);
      },
    },
    fileStdin,
  ),
  ...casesOf(
    'fd_seek',
    {
      'moves in given bytes': (w) => {
        w.readFrom(STDIN, 99);
        expectEqual(w.seek(STDIN, 4n, WHENCE.set), 4n);
        expectEqual(w.readFrom(STDIN, 99), 'two\n');
      },
    },
    fileStdin,
  ),
  ...casesOf(
    'fd_write',
    {
      'answers EBADF on given bytes': (w) => expectEqual(w.tryWrite(STDIN, 'x'), 'badf'),
    },
    fileStdin,
  ),
];

const READ = 1;
const WRITE = 2;

/** A poll that does not wait, though it may let a turn of the event loop pass. */
async function pollNow(w: World, count: number): Promise<void> {
  expectEqual(await settled(w.poll(count)), 'success');
  expectEqual(w.waits, 0, 'waits');
}

const poll = [
  ...casesOf('poll_oneoff', {
    'waits for stdin and a clock, whichever is first': async (w) => {
      w.subscribeClock(0, { userdata: 7n, clock: CLOCK.monotonic, timeout: 60_000 });
      w.subscribeFd(1, { userdata: 9n, type: 'read', fd: STDIN });
      const polling = w.poll(2);
      expectTrue(polling instanceof Promise, 'a wait');
      w.type('abc');
      expectEqual(await settled(polling), 'success');
      expectEqual(w.events, [{ userdata: 9n, errno: 0, type: READ, bytes: 3n, flags: 0 }]);
    },
    'answers a clock when its time has come, not before': async (w) => {
      w.subscribeClock(0, { userdata: 1n, clock: CLOCK.monotonic, timeout: 15 });
      w.subscribeFd(1, { userdata: 2n, type: 'read', fd: STDIN });
      const start = performance.now();
      expectEqual(await settled(w.poll(2)), 'success');
      expectTrue(performance.now() - start >= 14.9, 'at least 15 ms to pass');
      expectEqual(w.events, [{ userdata: 1n, errno: 0, type: 0, bytes: 0n, flags: 0 }]);
    },
    'takes an absolute time as absolute, on both clocks': (w) => {
      const now = (clock: number): number => {
        w.expect('success', 'clock_time_get', clock, 0n, AT.data);
        return Number(w.view.getBigUint64(AT.data, true)) / 1e6;
      };
      w.subscribeClock(0, { userdata: 1n, clock: CLOCK.monotonic, timeout: now(CLOCK.monotonic) - 1, absolute: true });
      w.subscribeClock(1, { userdata: 2n, clock: CLOCK.realtime, timeout: now(CLOCK.realtime) - 1, absolute: true });
      void w.poll(2);
      expectEqual(w.waits, 0, 'waits');
    },
    'waits for an absolute time that is to come': async (w) => {
      w.expect('success', 'clock_time_get', CLOCK.monotonic, 0n, AT.data);
      const timeout = Number(w.view.getBigUint64(AT.data, true)) / 1e6 + 15;
      w.subscribeClock(0, { userdata: 1n, clock: CLOCK.monotonic, timeout, absolute: true });
      const start = performance.now();
      expectEqual(await settled(w.poll(1)), 'success');
      const passed = performance.now() - start;
      expectTrue(passed > 10 && passed < 5000, `about 15 ms to pass, found ${String(passed)}`);
    },
    'answers a time of 0 at once': async (w) => {
      w.subscribeClock(0, { userdata: 1n, clock: CLOCK.realtime, timeout: 0 });
      expectEqual(await settled(w.poll(1)), 'success');
      expectEqual([w.count, w.waits], [1, 0]);
    },
    'shows EOF as readable, with the hang-up flag': async (w) => {
      w.subscribeFd(0, { userdata: 3n, type: 'read', fd: STDIN });
      const polling = w.poll(1);
      w.act({ type: 'close' });
      expectEqual(await settled(polling), 'success');
      expectEqual(w.events, [{ userdata: 3n, errno: 0, type: READ, bytes: 0n, flags: 1 }]);
    },
    'answers every subscription that is due, each in its own event, in order': async (w) => {
      w.type('x');
      w.subscribeFd(0, { userdata: 1n, type: 'write', fd: STDOUT });
      w.subscribeFd(1, { userdata: 2n, type: 'read', fd: 99 });
      w.subscribeClock(2, { userdata: 3n, clock: 42, timeout: 1 });
      w.subscribeClock(3, { userdata: 4n, clock: CLOCK.monotonic, timeout: 60_000 });
      w.subscribeFd(4, { userdata: 5n, type: 'read', fd: STDIN });
      expectEqual(await settled(w.poll(5)), 'success');
      expectEqual(
        w.events.map(({ userdata, errno, type }) => [userdata, errnoName(errno), type]),
        [
          [1n, 'success', WRITE],
          [2n, 'badf', READ],
          [3n, 'inval', 0],
          [5n, 'success', READ],
        ],
      );
    },
    'makes output writable again when its reader has caught up': async (w) => {
      w.expect('success', 'fd_fdstat_set_flags', STDOUT, F.nonblock);
      let written = 0;
      for (;;) {
        w.iovecs(65_536);
        if (errnoName(w.call('fd_write', STDOUT, AT.iovs, 1, AT.count)) === 'again') break;
        written += w.count;
      }
      w.subscribeFd(0, { userdata: 1n, type: 'write', fd: STDOUT });
      const polling = w.poll(1);
      expectTrue(polling instanceof Promise, 'a wait');
      w.act({ type: 'taken', total: written });
      expectEqual(await settled(polling), 'success');
      expectEqual(
        w.events.map(({ type }) => type),
        [WRITE],
      );
    },
    'answers EBADF for reading stdout and for writing stdin': async (w) => {
      w.subscribeFd(0, { userdata: 1n, type: 'read', fd: STDOUT });
      w.subscribeFd(1, { userdata: 2n, type: 'write', fd: STDIN });
      await pollNow(w, 2);
      expectEqual(
        w.events.map(({ errno }) => errnoName(errno)),
        ['badf', 'badf'],
      );
    },
    'answers a file at once, with the bytes that are left': async (w) => {
      w.create('file', 'hello');
      const fd = w.open('file');
      w.readFrom(fd, 2);
      w.subscribeFd(0, { userdata: 1n, type: 'read', fd });
      await pollNow(w, 1);
      expectEqual(w.events, [{ userdata: 1n, errno: 0, type: READ, bytes: 3n, flags: 0 }]);
    },
    'answers EINVAL for no subscription': (w) =>
      w.expect('inval', 'poll_oneoff', AT.subscriptions, AT.events, 0, AT.count),
    'answers EINVAL in the event of a type that there is not': async (w) => {
      w.subscribeFd(0, { userdata: 1n, type: 'read', fd: STDIN });
      w.view.setUint8(AT.subscriptions + 8, 9);
      await pollNow(w, 1);
      expectEqual(
        w.events.map(({ errno }) => errnoName(errno)),
        ['inval'],
      );
    },
  }),
  ...casesOf(
    'poll_oneoff',
    {
      'answers at once with nothing for stdin': async (w) => {
        w.subscribeFd(0, { userdata: 1n, type: 'read', fd: STDIN });
        await pollNow(w, 1);
        expectEqual(w.count, 1);
      },
    },
    () => ({ stdin: new NullFd() }),
  ),
  ...casesOf(
    'poll_oneoff',
    {
      'waits for a pipe': async (w) => {
        w.subscribeFd(0, { userdata: 1n, type: 'read', fd: STDIN });
        const polling = w.poll(1);
        expectTrue(polling instanceof Promise, 'a wait');
        w.type('12345');
        expectEqual(await settled(polling), 'success');
        expectEqual(
          w.events.map(({ bytes: available }) => available),
          [5n],
        );
      },
    },
    () => ({ kind: 'pipe' }),
  ),
];

export const stdioCases = [...terminal, ...host, ...pipe, ...nothing, ...bytes, ...poll];
