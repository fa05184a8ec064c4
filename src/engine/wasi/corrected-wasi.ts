/**
 * @bjorn3/browser_wasi_shim 0.4.2, corrected. The shim brings the program its arguments, environment, exit and the table of
 * descriptors, and the definitions; what it gets wrong is replaced here and in the files imported here. Each replacement
 * has its tests in `tests/conformance`.
 *
 * The functions that may wait return a promise when their channel waits by promise, a number otherwise; which of them that
 * concerns is `SUSPENDING`.
 */
import { WASI, wasi, type Fd } from '@bjorn3/browser_wasi_shim';
import { readClock, threadClocks, type Clocks } from './clocks.ts';
import type { Errno } from './descriptor.ts';
import { fdImports } from './fd-imports.ts';
import { answerErrno, GuestMemory, type Import } from './guest-memory.ts';
import { pathImports } from './path-imports.ts';
import { pollImports } from './poll-imports.ts';
import type { StdinChannel } from '../stdin/stdin-channel.ts';
import { after, descriptorOf, yieldTurn, type MaybeWaiting, type WasiWorld } from './wasi-world.ts';

/** The imports that may wait, and so have to be wrapped in `WebAssembly.Suspending` under JSPI. */
export const SUSPENDING = ['fd_read', 'fd_write', 'poll_oneoff', 'sched_yield'] as const;

/** Fills its target with random bytes. */
export type RandomSource = (target: Uint8Array<ArrayBuffer>) => void;

/** What a program is given. */
export interface WasiOptions {
  readonly args: readonly string[];
  readonly env: readonly string[];
  /** Descriptors from 0 on. */
  readonly fds: readonly Fd[];
  /** The channel that waits, for stdin, output and clocks alike. */
  readonly channel: StdinChannel;
  /** Called before the program waits, to send what was held back; `stdin` is what the wait says of it, if anything. */
  readonly beforeWait: (stdin?: 'read' | 'not read') => void;
  /** Default: those of this thread. */
  readonly clocks?: Clocks | undefined;
  /** Default: `crypto.getRandomValues`. */
  readonly random?: RandomSource | undefined;
  /** Once it is aborted, the program ends at its next wait with a `RunStopped`. Default: it is never. */
  readonly signal?: AbortSignal | undefined;
}

/** `crypto.getRandomValues` takes no more at once. */
const LARGEST_RANDOM = 65_536;

function secureRandom(target: Uint8Array<ArrayBuffer>): void {
  for (let start = 0; start < target.length; start += LARGEST_RANDOM) {
    crypto.getRandomValues(target.subarray(start, start + LARGEST_RANDOM));
  }
}

function otherImports(world: WasiWorld, random: RandomSource): Record<string, Import> {
  const { shim, memory, clocks } = world;
  const shimResolution = shim.wasiImport['clock_res_get'];

  /** The shim counts UTF-16 units, and so makes the buffer too small for an argument that is not ASCII. */
  function argsSizesGet(countPointer: number, sizePointer: number): Errno {
    const encoder = new TextEncoder();
    const size = shim.args.reduce((sum, arg) => sum + encoder.encode(arg).length + 1, 0);
    memory.setSize(countPointer, shim.args.length);
    memory.setSize(sizePointer, size);
    return wasi.ERRNO_SUCCESS;
  }

  /** The shim answers 0 for a clock that is not there. */
  function clockTimeGet(id: number, _precision: bigint, pointer: number): Errno {
    const time = readClock(clocks, id);
    if (time === undefined) return wasi.ERRNO_INVAL;
    memory.view.setBigUint64(pointer, time, true);
    return wasi.ERRNO_SUCCESS;
  }

  /** The shim answers ENOSYS for a clock that is not there. */
  function clockResGet(id: number, pointer: number): Errno {
    if (readClock(clocks, id) === undefined) return wasi.ERRNO_INVAL;
    return shimResolution?.(id, pointer) as Errno;
  }

  /** The shim falls back on `Math.random` for shared memory. */
  function randomGet(pointer: number, length: number): Errno {
    const target = memory.bytes(pointer, length);
    const bytes = new Uint8Array(length);
    random(bytes);
    target.set(bytes);
    return wasi.ERRNO_SUCCESS;
  }

  /** A program that spins until something happens has to let it happen. */
  function schedYield(): MaybeWaiting {
    return after(yieldTurn(world), () => wasi.ERRNO_SUCCESS);
  }

  /** There are no sockets; the shim throws a string. */
  function noSocket(fd: number): Errno {
    return descriptorOf(world, fd) === undefined ? wasi.ERRNO_BADF : wasi.ERRNO_NOTSOCK;
  }

  return {
    args_sizes_get: argsSizesGet,
    clock_time_get: clockTimeGet,
    clock_res_get: clockResGet,
    random_get: randomGet,
    sched_yield: schedYield,
    // There are no signals either, as with wazero; the shim throws a string.
    proc_raise: (): Errno => wasi.ERRNO_NOSYS,
    sock_accept: noSocket,
    sock_recv: noSocket,
    sock_send: noSocket,
    sock_shutdown: noSocket,
  };
}

/** A shim with the corrections in place; `wasiImport` is what the module imports as `wasi_snapshot_preview1`. */
export function createCorrectedWasi(options: WasiOptions): WASI {
  // The shim logs every call unless told not to.
  const shim = new WASI([...options.args], [...options.env], [...options.fds], { debug: false });
  const world: WasiWorld = {
    shim,
    memory: new GuestMemory(() => shim.inst.exports.memory.buffer),
    clocks: options.clocks ?? threadClocks,
    channel: options.channel,
    beforeWait: options.beforeWait,
    signal: options.signal,
  };
  const corrected: Record<string, Import> = {
    ...shim.wasiImport,
    ...otherImports(world, options.random ?? secureRandom),
    ...fdImports(world),
    ...pathImports(world),
    ...pollImports(world),
  };
  for (const [name, fn] of Object.entries(corrected)) {
    shim.wasiImport[name] = answerErrno(fn) as (typeof shim.wasiImport)[string];
  }
  return shim;
}
