import { wasi } from '@bjorn3/browser_wasi_shim';

/** The clocks of a program, in nanoseconds. */
export interface Clocks {
  /** Since the Unix epoch. */
  readonly realtime: () => bigint;
  /** Since anything; never goes back. */
  readonly monotonic: () => bigint;
}

const NANOSECONDS_PER_MS = 1e6;

/** The clocks of this thread. */
export const threadClocks: Clocks = {
  realtime: () => BigInt(Date.now()) * 1_000_000n,
  monotonic: () => BigInt(Math.round(performance.now() * NANOSECONDS_PER_MS)),
};

/** What preview1's `clockid` shows now; undefined for a clock that is not there: a thread here has no CPU time to tell. */
export function readClock(clocks: Clocks, id: number): bigint | undefined {
  switch (id) {
    case wasi.CLOCKID_REALTIME:
      return clocks.realtime();
    case wasi.CLOCKID_MONOTONIC:
      return clocks.monotonic();
    default:
      return undefined;
  }
}

/** Nanoseconds in milliseconds, as `performance.now()` counts. */
export function toMilliseconds(nanoseconds: bigint): number {
  return Number(nanoseconds) / NANOSECONDS_PER_MS;
}
