import { wasi } from '@bjorn3/browser_wasi_shim';

/** Size of a `subscription` in bytes (WASI preview1, witx `$subscription`). */
export const POLL_SUBSCRIPTION_SIZE = 48;
/** Size of an `event` in bytes (WASI preview1, witx `$event`). */
const EVENT_SIZE = 32;

/** One thing that `poll_oneoff` is asked to wait for. */
export type PollSubscription =
  | {
      readonly type: 'clock';
      readonly userdata: bigint;
      readonly clockId: number;
      /** Nanoseconds: from now, or on the clock itself if `absolute`. */
      readonly timeout: bigint;
      readonly absolute: boolean;
    }
  | { readonly type: 'read' | 'write'; readonly userdata: bigint; readonly fd: number }
  | { readonly type: 'unknown'; readonly userdata: bigint; readonly tag: number };

/** What `poll_oneoff` answers for one subscription that is due. */
export interface PollEvent {
  readonly userdata: bigint;
  readonly errno: number;
  /** `EVENTTYPE_*` */
  readonly type: number;
  /** For reads: bytes available. */
  readonly bytes: number;
  /** For reads: the other end is gone. */
  readonly hangup: boolean;
}

/** Reads `count` subscriptions at `pointer`. @throws RangeError if they don't lie in memory as a whole */
export function readSubscriptions(memory: DataView, pointer: number, count: number): PollSubscription[] {
  const array = new DataView(memory.buffer, memory.byteOffset + pointer, count * POLL_SUBSCRIPTION_SIZE);
  return Array.from({ length: count }, (_, index): PollSubscription => {
    const base = index * POLL_SUBSCRIPTION_SIZE;
    const userdata = array.getBigUint64(base, true);
    const tag = array.getUint8(base + 8);
    switch (tag) {
      case wasi.EVENTTYPE_CLOCK:
        return {
          type: 'clock',
          userdata,
          clockId: array.getUint32(base + 16, true),
          timeout: array.getBigUint64(base + 24, true),
          // The flags stand at 40; the shim reads them at 36, and so takes every absolute time for a relative one.
          absolute: (array.getUint16(base + 40, true) & wasi.SUBCLOCKFLAGS_SUBSCRIPTION_CLOCK_ABSTIME) !== 0,
        };
      case wasi.EVENTTYPE_FD_READ:
        return { type: 'read', userdata, fd: array.getUint32(base + 16, true) };
      case wasi.EVENTTYPE_FD_WRITE:
        return { type: 'write', userdata, fd: array.getUint32(base + 16, true) };
      default:
        return { type: 'unknown', userdata, tag };
    }
  });
}

/** Writes `events` one after another at `pointer`, all fields. @throws RangeError if they don't fit, and writes none */
export function writeEvents(memory: DataView, pointer: number, events: readonly PollEvent[]): void {
  const array = new DataView(memory.buffer, memory.byteOffset + pointer, events.length * EVENT_SIZE);
  events.forEach((event, index) => {
    const base = index * EVENT_SIZE;
    array.setBigUint64(base, event.userdata, true);
    array.setUint16(base + 8, event.errno, true);
    array.setUint8(base + 10, event.type);
    array.setUint8(base + 11, 0);
    array.setUint32(base + 12, 0, true);
    array.setBigUint64(base + 16, BigInt(event.bytes), true);
    array.setUint16(base + 24, event.hangup ? wasi.EVENTRWFLAGS_FD_READWRITE_HANGUP : 0, true);
    array.setUint16(base + 26, 0, true);
    array.setUint32(base + 28, 0, true);
  });
}
