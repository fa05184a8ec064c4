import { wasi } from '@bjorn3/browser_wasi_shim';
import { readClock, toMilliseconds } from './clocks.ts';
import { Descriptor, type Errno, type Readiness } from './descriptor.ts';
import type { Import } from './guest-memory.ts';
import { readSubscriptions, writeEvents, type PollEvent, type PollSubscription } from './poll-subscription.ts';
import { after, descriptorOf, waitUntil, yieldTurn, type MaybeWaiting, type WasiWorld } from './wasi-world.ts';

const STDIN = 0;
const READY: Readiness = { bytes: 0, hangup: false };

/** The shim takes one clock subscription, spins until it is due and writes no `nevents`. */
export function pollImports(world: WasiWorld): Record<string, Import> {
  const { memory, clocks } = world;

  /** When a subscription is due, on `performance.now()`; NaN if there is no such clock, Infinity if it is not of a clock. */
  function dueAtOf(subscription: PollSubscription, now: number): number {
    if (subscription.type !== 'clock') return Infinity;
    const { timeout, absolute, clockId } = subscription;
    const time = readClock(clocks, clockId);
    if (time === undefined) return NaN;
    return now + toMilliseconds(absolute ? timeout - time : timeout);
  }

  function readinessOf(
    subscription: PollSubscription & { readonly type: 'read' | 'write' },
  ): Readiness | Errno | undefined {
    const file = descriptorOf(world, subscription.fd);
    if (file === undefined) return wasi.ERRNO_BADF;
    if (!(file instanceof Descriptor)) return READY;
    return subscription.type === 'read' ? file.readable : file.writable;
  }

  /** The event for a subscription that is due at `now`, or undefined. */
  function eventOf(subscription: PollSubscription, dueAt: number, now: number): PollEvent | undefined {
    const event = (type: number, readiness: Readiness | Errno): PollEvent =>
      typeof readiness === 'number'
        ? { userdata: subscription.userdata, type, errno: readiness, ...READY }
        : { userdata: subscription.userdata, type, errno: wasi.ERRNO_SUCCESS, ...readiness };
    switch (subscription.type) {
      case 'clock':
        if (Number.isNaN(dueAt)) return event(wasi.EVENTTYPE_CLOCK, wasi.ERRNO_INVAL);
        return dueAt <= now ? event(wasi.EVENTTYPE_CLOCK, READY) : undefined;
      case 'read':
      case 'write': {
        const readiness = readinessOf(subscription);
        const type = subscription.type === 'read' ? wasi.EVENTTYPE_FD_READ : wasi.EVENTTYPE_FD_WRITE;
        return readiness === undefined ? undefined : event(type, readiness);
      }
      case 'unknown':
        return event(subscription.tag, wasi.ERRNO_INVAL);
    }
  }

  function poll(subscriptions: number, eventsPointer: number, count: number, neventsPointer: number): MaybeWaiting {
    if (count === 0) return wasi.ERRNO_INVAL;
    const start = performance.now();
    const waitingFor = readSubscriptions(memory.view, subscriptions, count).map((subscription) => ({
      subscription,
      dueAt: dueAtOf(subscription, start),
    }));
    const deadline = waitingFor.reduce((least, { dueAt }) => (dueAt < least ? dueAt : least), Infinity);
    let events: PollEvent[] = [];
    const look = (): boolean => {
      const now = performance.now();
      events = waitingFor.flatMap(({ subscription, dueAt }) => eventOf(subscription, dueAt, now) ?? []);
      return events.length > 0;
    };
    const answer = (): Errno => {
      // A deadline that has passed since the last look ends the wait too.
      if (events.length === 0) look();
      writeEvents(memory.view, eventsPointer, events);
      memory.setSize(neventsPointer, events.length);
      return wasi.ERRNO_SUCCESS;
    };
    if (look()) return after(yieldTurn(world), answer);
    const reads = waitingFor.some(({ subscription }) => subscription.type === 'read' && subscription.fd === STDIN);
    return after(waitUntil(world, look, deadline, reads ? 'read' : 'not read'), answer);
  }

  return { poll_oneoff: poll };
}
