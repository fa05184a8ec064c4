/**
 * The plugin's WASI calls, as wazero's function listeners see them. The host's overlay (examples/internal/overlay) imports
 * these functions as module `block_or_eof` and calls them synchronously around each call of the plugin. It passes addresses
 * only: parameters, results and the plugin's memory lie inside the host's linear memory, and are read here. The plugin's own
 * pointers are not to be trusted: what lies outside its memory is left out.
 */
import { wasi } from '@bjorn3/browser_wasi_shim';
import type { PendingCall, TraceSummary } from '../../protocol/messages.ts';
import { TraceFolder } from '../../protocol/trace-folder.ts';
import { countParamOf, type CallArgs, type PolledEvent, type TraceRow } from '../../protocol/trace.ts';
import { POLL_SUBSCRIPTION_SIZE, readSubscriptions, type PollSubscription } from '../wasi/poll-subscription.ts';

/** A buffer of the plugin. */
interface Iovec {
  readonly address: number;
  readonly length: number;
}

/** What was seen of a call when it began. */
interface CallBegin {
  readonly call: number;
  readonly module: number;
  readonly name: string;
  readonly since: number;
  /** A copy of the parameters, 64 bits each: they lie where the results will be. */
  readonly words: DataView;
  readonly memory: PluginMemory;
}

/** A call that has been entered. */
interface OpenCall extends PendingCall {
  readonly id: number;
  readonly module: number;
  readonly params: readonly number[];
  /** Where its bytes are, relative to the plugin's memory; undefined if nobody has asked yet. */
  iovecs: readonly Iovec[] | undefined;
  /** Where a byte count will be, relative to the plugin's memory. */
  readonly countPointer: number | undefined;
}

/** The plugin's memory inside the host's. */
interface PluginMemory {
  readonly address: number;
  readonly length: number;
}

const STDIN = 0;
const BYTES_PER_PARAM = 8;
const IOVEC_SIZE = 8;
/** So many buffers of a call, subscriptions of a poll, and bytes of data are told. */
const TOLD_BUFFERS = 16;
const TOLD_SUBSCRIPTIONS = 8;
const TOLD_BYTES = 24;
const NS_PER_MS = 1e6;

/** Counts the plugin's calls, knows which it is in, and tells them one by one or folded. */
export class Tracer {
  readonly #memory: () => ArrayBufferLike;
  readonly #timeOrigin = performance.timeOrigin;
  readonly #names = new Map<number, string>();
  readonly #open = new Map<number, OpenCall>();
  readonly #folder = new TraceFolder();
  /**
   * What was seen and is to be taken in. That waits until somebody asks: the end of a read and the beginning of a write stand
   * between a line and the plugin's answer to it.
   */
  readonly #later: (() => void)[] = [];
  /** A call that began is among it. */
  #hasBegun = false;
  #view: DataView | undefined;
  #calls = 0;
  #readsWithData = 0;
  #readsAtEof = 0;
  #readsFailed = 0;
  #bytesRead = 0;
  #bytesWritten = 0;
  #changed = false;

  /** @param memory the host's linear memory as it is now */
  constructor(memory: () => ArrayBufferLike) {
    this.#memory = memory;
  }

  /** The counts and the oldest open call. */
  get summary(): TraceSummary {
    this.#takeIn();
    const oldest = this.#open.values().next().value;
    return {
      calls: this.#calls,
      readsWithData: this.#readsWithData,
      readsAtEof: this.#readsAtEof,
      readsFailed: this.#readsFailed,
      bytesRead: this.#bytesRead,
      bytesWritten: this.#bytesWritten,
      pending: oldest && { name: oldest.name, fd: oldest.fd, since: oldest.since },
    };
  }

  /** True if the summary has changed since this was last asked. */
  takeChanged(): boolean {
    const changed = this.#changed;
    this.#changed = false;
    return changed;
  }

  /** Rows that are new or have changed since this was last asked. */
  takeRows(): TraceRow[] {
    this.#takeIn();
    return this.#folder.take();
  }

  /** The host is about to wait, so what is open now is told, also in a flood. To be called before every wait. */
  waiting(): void {
    this.#takeIn();
    for (const { id } of this.#folder.waiting()) {
      const open = this.#open.get(id);
      // Where the plugin's memory is was not kept, so its buffers are left out.
      if (open !== undefined) this.#folder.detail(id, { params: open.params });
    }
  }

  /** A call begins. Parameters are 64-bit words, as wazero hands them to a listener (api.Function, `params []uint64`). */
  enter(
    call: number,
    namePointer: number,
    nameLength: number,
    paramsPointer: number,
    paramsLength: number,
    memoryPointer: number,
    memoryLength: number,
    module: number,
  ): void {
    const since = this.#timeOrigin + performance.now();
    // The plugin's memory is as it was while its call is open; a second call inside of the first may change it.
    if (this.#hasBegun) this.#takeIn();
    const words = new DataView(this.#memory().slice(paramsPointer, paramsPointer + paramsLength * BYTES_PER_PARAM));
    this.#changed = true;
    this.#hasBegun = true;
    this.#later.push(() => {
      const name = this.#nameAt(namePointer, nameLength);
      this.#begin({ call, module, name, since, words, memory: { address: memoryPointer, length: memoryLength } });
    });
  }

  /** Takes a call up among the open ones. */
  #begin({ call, module, name, since, words, memory }: CallBegin): void {
    const params: number[] = [];
    for (let at = 0; at < words.byteLength; at += BYTES_PER_PARAM) {
      params.push(words.getUint32(at, true) + words.getUint32(at + 4, true) * 2 ** 32);
    }
    const countParam = countParamOf(name);
    const open: OpenCall = {
      id: call,
      module,
      name,
      fd: name.startsWith('fd_') ? params[0] : undefined,
      since,
      params,
      iovecs: undefined,
      countPointer: countParam === undefined ? undefined : params[countParam],
    };
    this.#open.set(call, open);
    if (this.#folder.enter(open)) {
      this.#folder.detail(call, this.#decode(open, memory));
    }
    this.#calls += 1;
  }

  /** A call has returned; its errno is the first result. */
  leave(
    call: number,
    resultsPointer: number,
    resultsLength: number,
    memoryPointer: number,
    memoryLength: number,
  ): void {
    const until = this.#timeOrigin + performance.now();
    this.#takeIn();
    const open = this.#open.get(call);
    if (open === undefined) return;
    this.#open.delete(call);
    this.#changed = true;
    const view = this.#currentView();
    const errno = resultsLength > 0 ? view.getUint32(resultsPointer, true) : wasi.ERRNO_SUCCESS;
    const memory = { address: memoryPointer, length: memoryLength };
    const bytes = errno === wasi.ERRNO_SUCCESS ? this.#countOf(open, memory) : undefined;
    const data = bytes !== undefined && this.#folder.isTold(call) ? this.#dataOf(open, memory, bytes) : [];
    this.#later.push(() => {
      this.#folder.leave(call, until, { kind: 'returned', errno, bytes, data });
      this.#count(open, errno, bytes ?? 0);
    });
  }

  /** A call will not return: `proc_exit`, or a panic of the host function. The engine's i32 is signed, an exit code is not. */
  abort(call: number, exitCode: number, isExit: number): void {
    this.#takeIn();
    this.#open.delete(call);
    this.#changed = true;
    this.#folder.leave(
      call,
      this.#timeOrigin + performance.now(),
      isExit === 0 ? { kind: 'broken' } : { kind: 'exit', code: exitCode >>> 0 },
    );
  }

  /** Takes in what was seen. */
  #takeIn(): void {
    this.#hasBegun = false;
    for (const work of this.#later.splice(0)) work();
  }

  #count({ name, fd }: OpenCall, errno: number, bytes: number): void {
    if (name === 'fd_write') {
      this.#bytesWritten += bytes;
    } else if (name === 'fd_read' && fd === STDIN) {
      if (errno !== wasi.ERRNO_SUCCESS) this.#readsFailed += 1;
      else if (bytes === 0) this.#readsAtEof += 1;
      else this.#readsWithData += 1;
      this.#bytesRead += bytes;
    }
  }

  /** The count of bytes that a call has written into the plugin's memory; undefined for a call that writes none. */
  #countOf({ countPointer }: OpenCall, memory: PluginMemory): number | undefined {
    if (countPointer === undefined || countPointer + 4 > memory.length) return undefined;
    return this.#currentView().getUint32(memory.address + countPointer, true);
  }

  /** The parameters that mean something to a reader. */
  #decode(open: OpenCall, memory: PluginMemory): CallArgs {
    const { name, params, countPointer } = open;
    if (countPointer !== undefined) return { params, buffers: this.#iovecs(open, memory).map(({ length }) => length) };
    if (name === 'poll_oneoff') return { params, polled: this.#subscriptions(params, memory).map(polledEvent) };
    return { params };
  }

  /** The buffers of fd_read(fd, iovs, iovs_len, …) and its like, as far as they lie inside the plugin's memory. */
  #iovecs(open: OpenCall, memory: PluginMemory): readonly Iovec[] {
    if (open.iovecs !== undefined) return open.iovecs;
    const [, pointer = 0, count = 0] = open.params;
    const told = Math.min(count, TOLD_BUFFERS);
    const iovecs: Iovec[] = [];
    if (pointer + told * IOVEC_SIZE > memory.length) return iovecs;
    const view = this.#currentView();
    for (let at = memory.address + pointer; iovecs.length < told; at += IOVEC_SIZE) {
      iovecs.push({ address: view.getUint32(at, true), length: view.getUint32(at + 4, true) });
    }
    open.iovecs = iovecs;
    return iovecs;
  }

  /** The subscriptions of poll_oneoff(in, out, count, …). */
  #subscriptions([pointer = 0, , count = 0]: readonly number[], memory: PluginMemory): PollSubscription[] {
    const told = Math.min(count, TOLD_SUBSCRIPTIONS);
    if (pointer + told * POLL_SUBSCRIPTION_SIZE > memory.length) return [];
    return readSubscriptions(this.#currentView(), memory.address + pointer, told);
  }

  /** The first bytes that a call has moved. */
  #dataOf(open: OpenCall, memory: PluginMemory, bytes: number): number[] {
    const data: number[] = [];
    const wanted = Math.min(bytes, TOLD_BYTES);
    const view = this.#currentView();
    for (const { address, length } of this.#iovecs(open, memory)) {
      const count = Math.min(length, wanted - data.length);
      if (count <= 0 || address + count > memory.length) break;
      for (let at = 0; at < count; at += 1) data.push(view.getUint8(memory.address + address + at));
    }
    return data;
  }

  /** Names are constants of the host, so their address stands for them. */
  #nameAt(pointer: number, length: number): string {
    let name = this.#names.get(pointer);
    if (name === undefined) {
      name = new TextDecoder().decode(new Uint8Array(this.#memory(), pointer, length).slice());
      this.#names.set(pointer, name);
    }
    return name;
  }

  #currentView(): DataView {
    const buffer = this.#memory();
    if (this.#view?.buffer !== buffer) this.#view = new DataView(buffer);
    return this.#view;
  }
}

function polledEvent(subscription: PollSubscription): PolledEvent {
  switch (subscription.type) {
    case 'clock': {
      if (subscription.absolute) return { kind: 'time' };
      const ms = Number(subscription.timeout) / NS_PER_MS;
      return { kind: 'sleep', ms: Math.round(ms * 10) / 10 };
    }
    case 'read':
    case 'write':
      return { kind: subscription.type, fd: subscription.fd };
    case 'unknown':
      return { kind: 'unknown', tag: subscription.tag };
  }
}
