import { WASIProcExit } from '@bjorn3/browser_wasi_shim';
import { AT } from '../../unit/engine-wasi-harness.ts';
import { casesOf } from '../conformance-case.ts';
import { expectEqual, expectTrue } from '../expect.ts';
import { CLOCK, errnoName, ROOT, type World } from '../world.ts';

/** Calls `args` or `environ` as wasi-libc does: sizes first, then the strings into a buffer of exactly that size. */
function strings(w: World, name: 'args' | 'environ'): string[] {
  w.expect('success', `${name}_sizes_get`, AT.count, AT.count + 4);
  const count = w.view.getUint32(AT.count, true);
  const size = w.view.getUint32(AT.count + 4, true);
  const memory = new Uint8Array(w.memory.buffer);
  memory.fill(0xee, AT.data, AT.data + size + 8);
  w.expect('success', `${name}_get`, AT.events, AT.data);
  expectEqual(memory[AT.data + size], 0xee, 'the byte after the buffer');
  return Array.from({ length: count }, (_, index) => {
    const start = w.view.getUint32(AT.events + index * 4, true);
    expectTrue(start >= AT.data && start < AT.data + size, 'a pointer into the buffer');
    return new TextDecoder().decode(memory.slice(start, memory.indexOf(0, start)));
  });
}

const ARGS = ['prog', '', 'two words', '世界', '\u{1F600}'];
const ENV = ['HOME=/', 'EMPTY=', 'GRUSS=Grüße'];

const given = [
  ...casesOf(
    'args_get',
    {
      'gives the arguments back': (w) => expectEqual(strings(w, 'args'), ARGS),
    },
    () => ({ args: ARGS }),
  ),
  ...casesOf(
    'args_sizes_get',
    {
      'counts in bytes of UTF-8': (w) => {
        w.expect('success', 'args_sizes_get', AT.count, AT.data);
        expectEqual([w.count, w.view.getUint32(AT.data, true)], [5, 5 + 1 + 10 + 7 + 5]);
      },
    },
    () => ({ args: ARGS }),
  ),
  ...casesOf('args_sizes_get', {
    'counts no arguments': (w) => {
      w.expect('success', 'args_sizes_get', AT.count, AT.data);
      expectEqual([w.count, w.view.getUint32(AT.data, true)], [0, 0]);
    },
  }),
  ...casesOf(
    'environ_get',
    {
      'gives the variables back': (w) => expectEqual(strings(w, 'environ'), ENV),
    },
    () => ({ env: ENV }),
  ),
  ...casesOf(
    'environ_sizes_get',
    {
      'counts in bytes of UTF-8': (w) => {
        w.expect('success', 'environ_sizes_get', AT.count, AT.data);
        expectEqual([w.count, w.view.getUint32(AT.data, true)], [3, 7 + 7 + 14]);
      },
    },
    () => ({ env: ENV }),
  ),
  ...casesOf('environ_sizes_get', {
    'counts no variables': (w) => {
      w.expect('success', 'environ_sizes_get', AT.count, AT.data);
      expectEqual([w.count, w.view.getUint32(AT.data, true)], [0, 0]);
    },
  }),
];

function time(w: World, clock: number): bigint {
  w.expect('success', 'clock_time_get', clock, 1n, AT.data);
  return w.view.getBigUint64(AT.data, true);
}

const clocks = [
  ...casesOf('clock_time_get', {
    'tells the time since 1970 in nanoseconds': (w) => {
      const difference = Number(time(w, CLOCK.realtime) / 1_000_000n) - Date.now();
      expectTrue(Math.abs(difference) < 1000, `the time of this machine, found ${String(difference)} ms off`);
    },
    'never goes back on the monotonic clock': (w) => {
      let last = time(w, CLOCK.monotonic);
      for (let i = 0; i < 100; i += 1) {
        const next = time(w, CLOCK.monotonic);
        expectTrue(next >= last, 'a clock that does not go back');
        last = next;
      }
    },
    'answers EINVAL for a clock that there is not': (w) => w.expect('inval', 'clock_time_get', 4, 0n, AT.data),
    'tells the CPU time of the process': (w) =>
      w.expect('success', 'clock_time_get', CLOCK.processCpuTime, 0n, AT.data),
    'tells the CPU time of the thread': (w) => w.expect('success', 'clock_time_get', CLOCK.threadCpuTime, 0n, AT.data),
  }),
  ...casesOf(
    'clock_time_get',
    {
      'tells the time of clocks that were given': (w) =>
        expectEqual([time(w, CLOCK.realtime), time(w, CLOCK.monotonic)], [1_700_000_000_000_000_000n, 42n]),
    },
    () => ({ clocks: { realtime: () => 1_700_000_000_000_000_000n, monotonic: () => 42n } }),
  ),
  ...casesOf('clock_res_get', {
    'is more than zero, and not more than a tenth of a second': (w) => {
      for (const clock of [CLOCK.realtime, CLOCK.monotonic]) {
        w.expect('success', 'clock_res_get', clock, AT.data);
        const resolution = w.view.getBigUint64(AT.data, true);
        expectTrue(resolution > 0n && resolution <= 100_000_000n, `a resolution, found ${String(resolution)} ns`);
      }
    },
    'answers EINVAL for a clock that there is not': (w) => w.expect('inval', 'clock_res_get', 4, AT.data),
  }),
];

function random(w: World, length: number): Uint8Array {
  const memory = new Uint8Array(w.memory.buffer);
  memory.fill(0, AT.data, AT.data + length + 8);
  w.expect('success', 'random_get', AT.data, length);
  expectTrue(
    memory.subarray(AT.data + length, AT.data + length + 8).every((byte) => byte === 0),
    'nothing beyond the buffer',
  );
  return memory.slice(AT.data, AT.data + length);
}

const others = [
  ...casesOf('random_get', {
    'fills the buffer, and nothing else': (w) => {
      const bytes = random(w, 64);
      expectTrue(
        bytes.some((byte) => byte !== 0),
        'bytes that are not all zero',
      );
    },
    'fills more than 65,536 bytes, to the last': (w) => {
      const bytes = random(w, 100_000);
      expectTrue(
        bytes.subarray(-32).some((byte) => byte !== 0),
        'random bytes at the end',
      );
      expectTrue(new Set(bytes).size === 256, 'all values of a byte');
    },
    'fills nothing with a length of 0': (w) => {
      random(w, 0);
    },
    'is not the same twice': (w) =>
      expectTrue(random(w, 16).toString() !== random(w, 16).toString(), 'different bytes'),
  }),
  ...casesOf('proc_exit', {
    'ends the program with its status': (w) => {
      for (const status of [0, 1, 3, 255, 0xffff_ffff]) {
        let found: unknown;
        try {
          w.call('proc_exit', status | 0);
        } catch (error) {
          found = error instanceof WASIProcExit ? error.code : error;
        }
        expectEqual(found, status);
      }
    },
  }),
  ...casesOf('proc_raise', {
    'ends the program with a signal whose default action that is': (w) => {
      let hasEnded = false;
      try {
        w.call('proc_raise', 15);
      } catch {
        hasEnded = true;
      }
      expectTrue(hasEnded, 'the program to end');
    },
    'answers ENOSYS: there are no signals': (w) => w.expect('nosys', 'proc_raise', 15),
  }),
  ...casesOf('sched_yield', {
    succeeds: async (w) => {
      expectEqual(errnoName(await w.call('sched_yield')), 'success');
    },
    'lets what happens outside happen': async (w) => {
      const arrived: unknown[] = [];
      const { port1, port2 } = new MessageChannel();
      port2.onmessage = ({ data }) => {
        arrived.push(data);
        port2.onmessage = null;
      };
      port1.postMessage('hello');
      const giveUp = performance.now() + 2000;
      while (arrived.length === 0 && performance.now() < giveUp) await w.call('sched_yield');
      port1.close();
      expectEqual(arrived, ['hello'], 'messages while the program yields');
    },
  }),
  ...['sock_accept', 'sock_recv', 'sock_send', 'sock_shutdown'].flatMap((name) =>
    casesOf(name, {
      'answers ENOTSOCK: there are no sockets': (w) => {
        w.expect('notsock', name, 1, 0, 0, 0, 0, 0);
        w.expect('notsock', name, ROOT, 0, 0, 0, 0, 0);
      },
      'answers EBADF for what is not open': (w) => w.expect('badf', name, 55, 0, 0, 0, 0, 0),
    }),
  ),
];

const OUTSIDE = 0x0fff_fff0;
const ABOVE_2_GIB = -16;

const faults = [OUTSIDE, ABOVE_2_GIB].flatMap((address) =>
  [
    ['args_sizes_get', [address, AT.data]],
    ['args_get', [address, AT.data]],
    ['environ_sizes_get', [AT.data, address]],
    ['clock_time_get', [CLOCK.realtime, 0n, address]],
    ['clock_res_get', [CLOCK.realtime, address]],
    ['random_get', [address, 16]],
    ['fd_fdstat_get', [1, address]],
    ['fd_filestat_get', [ROOT, address]],
    ['fd_prestat_get', [ROOT, address]],
    ['fd_prestat_dir_name', [ROOT, address, 1]],
    ['fd_readdir', [ROOT, address, 100, 0n, AT.count]],
    ['fd_write', [1, address, 1, AT.count]],
    ['fd_write', [1, AT.iovs, 1, address]],
    ['poll_oneoff', [address, AT.events, 1, AT.count]],
    ['path_open', [ROOT, 0, address, 4, 0, 0n, 0n, 0, AT.count]],
    ['path_filestat_get', [ROOT, 0, address, 4, AT.data]],
    ['path_create_directory', [ROOT, address, 4]],
  ].flatMap(([name, args]) =>
    casesOf(
      name as string,
      {
        [`answers EFAULT for the address ${String(address)} (${JSON.stringify(args, (_, arg: unknown) => (typeof arg === 'bigint' ? Number(arg) : arg))})`]:
          (w) => w.expect('fault', name as string, ...(args as (number | bigint)[])),
      },
      () => ({ args: ['prog'], env: ['A=B'] }),
    ),
  ),
);

const stdinFaults = casesOf('fd_read', {
  'answers EFAULT for an iovec outside of memory, and loses no byte': (w) => {
    w.type('abcd');
    w.iovecs(2, 2);
    w.view.setUint32(AT.iovs + 8, OUTSIDE, true);
    w.expect('fault', 'fd_read', 0, AT.iovs, 2, AT.count);
    expectEqual(w.readFrom(0, 8), 'abcd');
  },
  'answers EFAULT for a count outside of memory, and loses no byte': (w) => {
    w.type('abcd');
    w.iovecs(4);
    w.expect('fault', 'fd_read', 0, AT.iovs, 1, OUTSIDE);
    expectEqual(w.readFrom(0, 8), 'abcd');
  },
});

export const processCases = [...given, ...clocks, ...others, ...faults, ...stdinFaults];
