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

/** Reads `count` subscriptions at `pointer`. */
export function readSubscriptions(memory: DataView, pointer: number, count: number): PollSubscription[] {
  return Array.from({ length: count }, (_, index): PollSubscription => {
    const base = pointer + index * POLL_SUBSCRIPTION_SIZE;
    const userdata = memory.getBigUint64(base, true);
    const tag = memory.getUint8(base + 8);
    switch (tag) {
      case wasi.EVENTTYPE_CLOCK:
        return {
          type: 'clock',
          userdata,
          clockId: memory.getUint32(base + 16, true),
          timeout: memory.getBigUint64(base + 24, true),
          // The flags stand at 40; the shim reads them at 36, and so takes every absolute time for a relative one.
          absolute: (memory.getUint16(base + 40, true) & wasi.SUBCLOCKFLAGS_SUBSCRIPTION_CLOCK_ABSTIME) !== 0,
        };
      case wasi.EVENTTYPE_FD_READ:
        return { type: 'read', userdata, fd: memory.getUint32(base + 16, true) };
      case wasi.EVENTTYPE_FD_WRITE:
        return { type: 'write', userdata, fd: memory.getUint32(base + 16, true) };
      default:
        return { type: 'unknown', userdata, tag };
    }
  });
}

/** Writes `events` one after another at `pointer`, all fields. */
export function writeEvents(memory: DataView, pointer: number, events: readonly PollEvent[]): void {
  events.forEach((event, index) => {
    const base = pointer + index * EVENT_SIZE;
    memory.setBigUint64(base, event.userdata, true);
    memory.setUint16(base + 8, event.errno, true);
    memory.setUint8(base + 10, event.type);
    memory.setUint8(base + 11, 0);
    memory.setUint32(base + 12, 0, true);
    memory.setBigUint64(base + 16, BigInt(event.bytes), true);
    memory.setUint16(base + 24, event.hangup ? wasi.EVENTRWFLAGS_FD_READWRITE_HANGUP : 0, true);
    memory.setUint16(base + 26, 0, true);
    memory.setUint32(base + 28, 0, true);
  });
}
