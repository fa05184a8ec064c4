import type { Fd, WASI } from '@bjorn3/browser_wasi_shim';
import type { Clocks } from './clocks.ts';
import type { Errno } from './descriptor.ts';
import type { GuestMemory } from './guest-memory.ts';
import { RunStopped, type StdinChannel } from '../stdin/stdin-channel.ts';

/** What the imports work on. */
export interface WasiWorld {
  readonly shim: WASI;
  readonly memory: GuestMemory;
  readonly clocks: Clocks;
  /** The channel that waits, for stdin, output and clocks alike. */
  readonly channel: StdinChannel;
  /** Called before the program waits, to send what was held back; `stdin` is what the wait says of it, if anything. */
  readonly beforeWait: (stdin?: 'read' | 'not read') => void;
  /** Once it is aborted, the program ends at its next wait. */
  readonly signal: AbortSignal | undefined;
}

/** An errno now, or after a wait by promise. */
export type MaybeWaiting = Errno | Promise<Errno>;

/** Runs `then` after `wait`, which may be over already. */
export function after(wait: void | Promise<void>, then: () => MaybeWaiting): MaybeWaiting {
  return wait instanceof Promise ? wait.then(then) : then();
}

function endIfAborted({ signal }: WasiWorld): void {
  // Not the signal's own reason: a RangeError would be taken for one about memory (see `answerErrno`).
  if (signal?.aborted === true) throw new RunStopped();
}

/**
 * Waits until `ready` returns true, or until `deadline` in milliseconds on `performance.now()`.
 * @throws RunStopped once the signal is aborted and something wakes the channel
 */
export function waitUntil(
  world: WasiWorld,
  ready: () => boolean,
  deadline: number,
  stdin?: 'read' | 'not read',
): void | Promise<void> {
  world.beforeWait(stdin);
  return world.channel.wait(() => {
    endIfAborted(world);
    return ready();
  }, deadline);
}

/** Lets acts of the page arrive. @throws RunStopped once the signal is aborted */
export function yieldTurn(world: WasiWorld): void | Promise<void> {
  const turn = world.channel.yieldTurn();
  if (turn instanceof Promise) return turn.then(() => endIfAborted(world));
  endIfAborted(world);
}

/** The descriptor with this number, if it is open. */
export function descriptorOf(world: WasiWorld, fd: number): Fd | undefined {
  // The shim's table has holes where descriptors were closed.
  return world.shim.fds[fd];
}

/** Gives `file` the lowest number that is free, as POSIX asks. */
export function openDescriptor(world: WasiWorld, file: Fd): number {
  const table: (Fd | undefined)[] = world.shim.fds;
  let fd = 0;
  while (table[fd] !== undefined) fd += 1;
  table[fd] = file;
  return fd;
}

/** Frees a number. */
export function closeDescriptor(world: WasiWorld, fd: number): void {
  const table: (Fd | undefined)[] = world.shim.fds;
  table[fd] = undefined;
}
