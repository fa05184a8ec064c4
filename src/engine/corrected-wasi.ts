/**
 * @bjorn3/browser_wasi_shim 0.4.2, corrected where a program's standard streams need it. All corrections are in this file; the
 * rest of the shim (files, directories, arguments, clocks, random bytes) is used as it is. Each has a test of its name in
 * `tests/unit/engine-corrected-wasi.test.ts`.
 *
 * The functions that may wait return a promise when their channel waits by promise, a number otherwise; which of them that
 * concerns is `SUSPENDING`.
 */
import { WASI, wasi, type Fd } from '@bjorn3/browser_wasi_shim';
import { OutputFd } from './output-fd.ts';
import { readSubscriptions, writeEvents, type PollEvent, type PollSubscription } from './poll-subscription.ts';
import type { StdinChannel } from './stdin-channel.ts';
import { StdinFd } from './stdin-fd.ts';

/** The imports that may wait, and so have to be wrapped in `WebAssembly.Suspending` under JSPI. */
export const SUSPENDING = ['fd_read', 'fd_write', 'poll_oneoff'] as const;

type Errno = number;
type MaybeWaiting = Errno | Promise<Errno>;

/** What a program is given. */
export interface WasiOptions {
  readonly args: readonly string[];
  readonly env: readonly string[];
  /** Descriptors from 0 on. */
  readonly fds: readonly Fd[];
  /** The channel that waits, for stdin and for clocks alike. */
  readonly channel: StdinChannel;
  /** Called before the program waits, to send what was held back. */
  readonly beforeWait: () => void;
}

/** Runs `then` after `wait`, which may be over already. */
function after(wait: void | Promise<void>, then: () => Errno): MaybeWaiting {
  return wait instanceof Promise ? wait.then(then) : then();
}

const NANOSECONDS_PER_MS = 1e6;

/** A shim with the corrections in place; `wasiImport` is what the module imports as `wasi_snapshot_preview1`. */
export function createCorrectedWasi(options: WasiOptions): WASI {
  const { channel } = options;
  // The shim logs every call unless told not to.
  const shim = new WASI([...options.args], [...options.env], [...options.fds], { debug: false });

  const memory = (): DataView => new DataView(shim.inst.exports.memory.buffer);
  const bytes = (): Uint8Array => new Uint8Array(shim.inst.exports.memory.buffer);
  const descriptor = (fd: number): Fd | undefined => shim.fds[fd];

  const shimRead = shim.wasiImport['fd_read'];
  const shimWrite = shim.wasiImport['fd_write'];
  if (shimRead === undefined || shimWrite === undefined) throw new Error('the shim lacks fd_read or fd_write');

  /**
   * The shim asks the descriptor once per iovec, so that a read waits a second time with data in hand, or loses that data to
   * an EAGAIN. One read here fills all iovecs and waits at most once.
   */
  function fdRead(fd: number, iovsPointer: number, iovsLength: number, nreadPointer: number): MaybeWaiting {
    const file = descriptor(fd);
    if (!(file instanceof StdinFd)) return shimRead?.(fd, iovsPointer, iovsLength, nreadPointer) as Errno;
    const stdin = file.channel;

    const fill = (): Errno => {
      const view = memory();
      let nread = 0;
      for (const iovec of wasi.Iovec.read_bytes_array(view, iovsPointer, iovsLength)) {
        const count = stdin.read(bytes().subarray(iovec.buf, iovec.buf + iovec.buf_len));
        nread += count;
        if (count < iovec.buf_len) break;
      }
      view.setUint32(nreadPointer, nread, true);
      return wasi.ERRNO_SUCCESS;
    };

    const wanted = wasi.Iovec.read_bytes_array(memory(), iovsPointer, iovsLength).reduce(
      (sum, iovec) => sum + iovec.buf_len,
      0,
    );
    const ready = (): boolean => stdin.available > 0 || stdin.ended;
    if (wanted === 0 || ready()) return fill();
    if (file.nonblocking) return wasi.ERRNO_AGAIN;
    options.beforeWait();
    return after(stdin.wait(ready, Infinity), fill);
  }

  /** Output waits while the page is more than a window behind. */
  function fdWrite(fd: number, iovsPointer: number, iovsLength: number, nwrittenPointer: number): MaybeWaiting {
    const errno = shimWrite?.(fd, iovsPointer, iovsLength, nwrittenPointer) as Errno;
    const file = descriptor(fd);
    if (!(file instanceof OutputFd) || !file.pump.mustWait(channel.taken)) return errno;
    return after(
      channel.wait(() => !file.pump.mustWait(channel.taken), Infinity),
      () => errno,
    );
  }

  /** The event for a subscription that is due at `now`, or undefined. */
  function eventOf(subscription: PollSubscription, dueAt: number, now: number): PollEvent | undefined {
    const { userdata } = subscription;
    const event = (type: number, errno: Errno, count = 0, hangup = false): PollEvent => ({
      userdata,
      errno,
      type,
      bytes: count,
      hangup,
    });
    switch (subscription.type) {
      case 'clock':
        if (Number.isNaN(dueAt)) return event(wasi.EVENTTYPE_CLOCK, wasi.ERRNO_INVAL);
        return dueAt <= now ? event(wasi.EVENTTYPE_CLOCK, wasi.ERRNO_SUCCESS) : undefined;
      case 'read': {
        const file = descriptor(subscription.fd);
        if (file === undefined) return event(wasi.EVENTTYPE_FD_READ, wasi.ERRNO_BADF);
        if (!(file instanceof StdinFd)) return event(wasi.EVENTTYPE_FD_READ, wasi.ERRNO_SUCCESS);
        const { available, ended } = file.channel;
        return available > 0 || ended ? event(wasi.EVENTTYPE_FD_READ, wasi.ERRNO_SUCCESS, available, ended) : undefined;
      }
      case 'write':
        return event(
          wasi.EVENTTYPE_FD_WRITE,
          descriptor(subscription.fd) === undefined ? wasi.ERRNO_BADF : wasi.ERRNO_SUCCESS,
        );
      case 'unknown':
        return event(subscription.tag, wasi.ERRNO_INVAL);
    }
  }

  /** When a clock subscription is due, on `performance.now()`; NaN if there is no such clock, Infinity for no clock. */
  function dueAtOf(subscription: PollSubscription, now: number): number {
    if (subscription.type !== 'clock') return Infinity;
    const timeout = Number(subscription.timeout) / NANOSECONDS_PER_MS;
    switch (subscription.clockId) {
      case wasi.CLOCKID_MONOTONIC:
        // clock_time_get(MONOTONIC) of the shim is performance.now().
        return subscription.absolute ? timeout : now + timeout;
      case wasi.CLOCKID_REALTIME:
        return subscription.absolute ? now + (timeout - Date.now()) : now + timeout;
      default:
        return NaN;
    }
  }

  /** The shim takes one clock subscription, spins until it is due and writes no `nevents`. */
  function pollOneoff(
    subscriptionsPointer: number,
    eventsPointer: number,
    count: number,
    neventsPointer: number,
  ): MaybeWaiting {
    if (count === 0) return wasi.ERRNO_INVAL;
    const start = performance.now();
    const waitingFor = readSubscriptions(memory(), subscriptionsPointer, count).map((subscription) => ({
      subscription,
      dueAt: dueAtOf(subscription, start),
    }));
    const deadline = waitingFor.reduce((least, { dueAt }) => (dueAt < least ? dueAt : least), Infinity);
    const dueNow = (): PollEvent[] => {
      const now = performance.now();
      return waitingFor.flatMap(({ subscription, dueAt }) => eventOf(subscription, dueAt, now) ?? []);
    };
    const answer = (): Errno => {
      const events = dueNow();
      const view = memory();
      writeEvents(view, eventsPointer, events);
      view.setUint32(neventsPointer, events.length, true);
      return wasi.ERRNO_SUCCESS;
    };
    if (dueNow().length > 0) return after(channel.yieldTurn(), answer);
    options.beforeWait();
    return after(
      channel.wait(() => dueNow().length > 0, deadline),
      answer,
    );
  }

  /** The shim counts UTF-16 units, and so makes the buffer too small for an argument that is not ASCII. */
  function argsSizesGet(countPointer: number, sizePointer: number): Errno {
    const encoder = new TextEncoder();
    const size = shim.args.reduce((sum, arg) => sum + encoder.encode(arg).length + 1, 0);
    memory().setUint32(countPointer, shim.args.length, true);
    memory().setUint32(sizePointer, size, true);
    return wasi.ERRNO_SUCCESS;
  }

  /** The shim throws a string. */
  const noSockets = (): Errno => wasi.ERRNO_NOTSOCK;

  Object.assign(shim.wasiImport, {
    fd_read: fdRead,
    fd_write: fdWrite,
    poll_oneoff: pollOneoff,
    args_sizes_get: argsSizesGet,
    sock_accept: noSockets,
    sock_recv: noSockets,
    sock_send: noSockets,
    sock_shutdown: noSockets,
  });
  return shim;
}
