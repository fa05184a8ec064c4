/**
 * The plugin's WASI calls, as wazero's function listeners see them. The host's overlay (examples/internal/overlay) imports
 * these functions as module `block_or_eof` and calls them synchronously around each call of the plugin. It passes addresses
 * only: parameters, results and the plugin's memory lie inside the host's linear memory, and are read here.
 */
import { wasi } from '@bjorn3/browser_wasi_shim';
import type { PendingCall, TraceSummary } from '../protocol/messages.ts';

/** A call that has been entered. `pointer` is where a byte count will be, relative to the plugin's memory. */
interface OpenCall extends PendingCall {
  readonly countPointer: number | undefined;
}

const STDIN = 0;
const BYTES_PER_PARAM = 8;

/** Counts the plugin's calls and knows which it is in. */
export class Tracer {
  readonly #memory: () => ArrayBufferLike;
  readonly #names = new Map<number, string>();
  readonly #open = new Map<number, OpenCall>();
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

  /** A call begins. Parameters are 64-bit words, as wazero hands them to a listener (api.Function, `params []uint64`). */
  enter(call: number, namePointer: number, nameLength: number, paramsPointer: number, paramsLength: number): void {
    const name = this.#nameAt(namePointer, nameLength);
    const view = this.#currentView();
    const param = (index: number): number | undefined =>
      index < paramsLength ? view.getUint32(paramsPointer + index * BYTES_PER_PARAM, true) : undefined;
    const isTransfer = name === 'fd_read' || name === 'fd_write';
    this.#open.set(call, {
      name,
      fd: name.startsWith('fd_') ? param(0) : undefined,
      since: performance.timeOrigin + performance.now(),
      // fd_read(fd, iovs, iovs_len, nread) and fd_write(fd, iovs, iovs_len, nwritten)
      countPointer: isTransfer ? param(3) : undefined,
    });
    this.#calls += 1;
    this.#changed = true;
  }

  /** A call has returned; its errno is the first result. */
  leave(call: number, resultsPointer: number, resultsLength: number, memoryPointer: number): void {
    const open = this.#open.get(call);
    if (open === undefined) return;
    this.#open.delete(call);
    this.#changed = true;
    if (open.countPointer === undefined) return;
    const view = this.#currentView();
    const errno = resultsLength > 0 ? view.getUint32(resultsPointer, true) : wasi.ERRNO_SUCCESS;
    const count = errno === wasi.ERRNO_SUCCESS ? view.getUint32(memoryPointer + open.countPointer, true) : 0;
    if (open.name === 'fd_write') {
      this.#bytesWritten += count;
    } else if (open.fd === STDIN) {
      if (errno !== wasi.ERRNO_SUCCESS) this.#readsFailed += 1;
      else if (count === 0) this.#readsAtEof += 1;
      else this.#readsWithData += 1;
      this.#bytesRead += count;
    }
  }

  /** A call will not return: `proc_exit`, or a panic of the host function. */
  abort(call: number): void {
    this.#open.delete(call);
    this.#changed = true;
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
