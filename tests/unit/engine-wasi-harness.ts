/** Imports nothing of Node: the conformance tests run it in browsers too. */
import type { Fd } from '@bjorn3/browser_wasi_shim';
import { threadClocks, type Clocks } from '../../src/engine/wasi/clocks.ts';
import { createCorrectedWasi } from '../../src/engine/wasi/corrected-wasi.ts';
import { MemoryDirectoryFd } from '../../src/engine/memory/memory-directory-fd.ts';
import { makeTree, type Files } from '../../src/engine/memory/memory-tree.ts';
import { MessageStdinChannel } from '../../src/engine/stdin/message-channel.ts';
import { OutputFd } from '../../src/engine/wasi/output-fd.ts';
import { OutputPump } from '../../src/engine/run/output-pump.ts';
import type { StdinChannel } from '../../src/engine/stdin/stdin-channel.ts';
import { StdinFd } from '../../src/engine/wasi/stdin-fd.ts';
import type { OutputChunk, OutputStream, StdinMessage } from '../../src/protocol/messages.ts';

/** Errnos by name (WASI preview1, witx `$errno`). */
export const ERRNO = {
  success: 0,
  again: 6,
  badf: 8,
  busy: 10,
  exist: 20,
  fault: 21,
  fbig: 22,
  ilseq: 25,
  inval: 28,
  isdir: 31,
  loop: 32,
  nametoolong: 37,
  noent: 44,
  nospc: 51,
  nosys: 52,
  notdir: 54,
  notempty: 55,
  notsock: 57,
  notsup: 58,
  perm: 63,
  spipe: 70,
  notcapable: 76,
} as const;

/** The name of an errno. */
export type ErrnoName = keyof typeof ERRNO;

/** Addresses in the fake program's memory that do not overlap; `data` has 112 kB, `paths` 8 kB each. */
export const AT = {
  iovs: 1024,
  count: 2048,
  events: 4096,
  subscriptions: 8192,
  data: 16_384,
  path: 131_072,
  newPath: 139_264,
} as const;

const PAGES = 8;

/** What the world of a harness is made of. */
export interface HarnessOptions {
  /** stdin is nonblocking, and stays so. */
  readonly nonblocking?: boolean;
  readonly kind?: 'terminal' | 'pipe';
  /** Instead of a terminal or pipe. */
  readonly stdin?: Fd;
  readonly args?: readonly string[];
  readonly env?: readonly string[];
  readonly channel?: StdinChannel;
  /** Files in the preopened directory, which is descriptor 3. */
  readonly files?: Files;
  readonly clocks?: Clocks;
}

/** A WASI world without a program: its functions are called as a program would, on a memory of its own. */
export class WasiHarness {
  readonly memory = new WebAssembly.Memory({ initial: PAGES });
  readonly channel: MessageStdinChannel;
  readonly sent: OutputChunk[][] = [];
  waits = 0;
  readonly #imports: Record<string, (...args: (number | bigint)[]) => unknown>;

  constructor(options: HarnessOptions = {}) {
    this.channel = new MessageStdinChannel({ onmessage: null });
    const channel = options.channel ?? this.channel;
    const pump = new OutputPump((chunks) => this.sent.push(chunks));
    const kind = options.kind ?? 'terminal';
    const output = (stream: OutputStream): OutputFd =>
      new OutputFd(
        {
          get isFull() {
            return pump.mustWait(channel.taken);
          },
          write: (bytes) => pump.write(stream, bytes),
        },
        { kind, flags: 'set by program' },
      );
    const flags = options.nonblocking === true ? 'nonblocking for good' : 'set by program';
    const clocks = options.clocks ?? threadClocks;
    const wasi = createCorrectedWasi({
      args: options.args ?? [],
      env: options.env ?? [],
      fds: [
        options.stdin ?? new StdinFd(channel, { kind, flags }),
        output('stdout'),
        output('stderr'),
        new MemoryDirectoryFd(makeTree(options.files ?? {}, clocks.realtime), {}, '/'),
      ],
      channel,
      beforeWait: () => {
        this.waits += 1;
        pump.flush();
      },
      clocks,
    });
    wasi.inst = { exports: { memory: this.memory } };
    this.#imports = wasi.wasiImport;
  }

  /** The names of all imports. */
  get importNames(): string[] {
    return Object.keys(this.#imports);
  }

  get view(): DataView {
    return new DataView(this.memory.buffer);
  }

  /** Calls an import. */
  call(name: string, ...args: (number | bigint)[]): unknown {
    const fn = this.#imports[name];
    if (fn === undefined) throw new Error(`no import ${name}`);
    return fn(...args);
  }

  /** An act of the page. */
  act(message: StdinMessage): void {
    this.channel.deliver(message);
  }

  type(text: string): void {
    this.act({ type: 'data', bytes: new TextEncoder().encode(text) });
  }

  /** Lays out iovecs of these sizes one after another from `AT.data`. */
  iovecs(...sizes: number[]): void {
    let buffer: number = AT.data;
    sizes.forEach((size, index) => {
      this.view.setUint32(AT.iovs + index * 8, buffer, true);
      this.view.setUint32(AT.iovs + index * 8 + 4, size, true);
      buffer += size;
    });
  }

  /** fd_read on fd 0 with iovecs of these sizes. */
  read(...sizes: number[]): unknown {
    this.iovecs(...sizes);
    return this.call('fd_read', 0, AT.iovs, sizes.length, AT.count);
  }

  /** The count that the last call wrote. */
  get count(): number {
    return this.view.getUint32(AT.count, true);
  }

  /** The bytes that the last read wrote. */
  get text(): string {
    return new TextDecoder('utf-8', { ignoreBOM: true }).decode(
      new Uint8Array(this.memory.buffer, AT.data, this.count),
    );
  }

  /** Writes a clock subscription; `timeout` in milliseconds. */
  subscribeClock(
    index: number,
    options: { userdata: bigint; clock: number; timeout: number; absolute?: boolean },
  ): void {
    const base = AT.subscriptions + index * 48;
    this.view.setBigUint64(base, options.userdata, true);
    this.view.setUint8(base + 8, 0);
    this.view.setUint32(base + 16, options.clock, true);
    this.view.setBigUint64(base + 24, BigInt(Math.round(options.timeout * 1e6)), true);
    this.view.setUint16(base + 40, options.absolute === true ? 1 : 0, true);
  }

  /** Writes a subscription to a descriptor. */
  subscribeFd(index: number, options: { userdata: bigint; type: 'read' | 'write'; fd: number }): void {
    const base = AT.subscriptions + index * 48;
    this.view.setBigUint64(base, options.userdata, true);
    this.view.setUint8(base + 8, options.type === 'read' ? 1 : 2);
    this.view.setUint32(base + 16, options.fd, true);
  }

  poll(count: number): unknown {
    // Garbage, so that a field that is not written is seen.
    new Uint8Array(this.memory.buffer, AT.events, 32 * count).fill(0xee);
    return this.call('poll_oneoff', AT.subscriptions, AT.events, count, AT.count);
  }

  /** The events that the last poll wrote, every byte of them. */
  get events(): { userdata: bigint; errno: number; type: number; bytes: bigint; flags: number }[] {
    return Array.from({ length: this.count }, (_, index) => {
      const base = AT.events + index * 32;
      return {
        userdata: this.view.getBigUint64(base, true),
        errno: this.view.getUint16(base + 8, true),
        type: this.view.getUint8(base + 10),
        bytes: this.view.getBigUint64(base + 16, true),
        flags: this.view.getUint16(base + 24, true),
      };
    });
  }
}
