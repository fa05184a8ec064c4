import { wasi } from '@bjorn3/browser_wasi_shim';
import { StreamDescriptor, type Errno, type Readiness } from './descriptor.ts';

/** Where a program's output goes that is taken whole, however much it is. */
export interface OutputSink {
  /** True while the program has to wait before it writes more. */
  readonly isFull: boolean;
  /** Takes bytes in any amount; copies them, since they are the program's memory. */
  write(bytes: Uint8Array): void;
}

/** Where a program's output goes that holds so much and no more, as a pipe of Linux. */
export interface OutputPipe {
  /** True while a write waits, for `poll_oneoff` as for `fd_write`. False for good once it is gone. */
  readonly isFull: boolean;
  /** True once nobody reads any more: a write is EPIPE. */
  readonly isGone: boolean;
  /**
   * Takes what fits, and copies it. A few bytes go in as a whole or not at all, as with PIPE_BUF.
   * @returns the number of bytes taken; it can only be less than all when `isFull` or `isGone` is true afterwards
   */
  take(bytes: Uint8Array): number;
}

/** What a program's output is. */
export interface OutputOptions {
  /** As in `StdinOptions`. */
  readonly kind: 'terminal' | 'pipe';
  /** `blocking for good`: for the Go host, whose writes then wait as a whole. */
  readonly flags: 'set by program' | 'blocking for good';
}

/** File descriptor 1 or 2 of a program. */
export class OutputFd extends StreamDescriptor {
  readonly sink: OutputSink | OutputPipe;
  readonly #areFlagsFixed: boolean;

  constructor(sink: OutputSink | OutputPipe, options: OutputOptions) {
    const areFlagsFixed = options.flags === 'blocking for good';
    super({
      filetype: options.kind === 'terminal' ? wasi.FILETYPE_CHARACTER_DEVICE : wasi.FILETYPE_UNKNOWN,
      rights:
        wasi.RIGHTS_FD_WRITE |
        wasi.RIGHTS_FD_FILESTAT_GET |
        wasi.RIGHTS_POLL_FD_READWRITE |
        (areFlagsFixed ? 0 : wasi.RIGHTS_FD_FDSTAT_SET_FLAGS),
    });
    this.sink = sink;
    this.#areFlagsFixed = areFlagsFixed;
  }

  override get writable(): Readiness | Errno | undefined {
    if (!this.may(wasi.RIGHTS_FD_WRITE)) return wasi.ERRNO_BADF;
    if (this.sink.isFull) return undefined;
    return { bytes: 0, hangup: 'isGone' in this.sink && this.sink.isGone };
  }

  override fd_fdstat_set_flags(flags: number): Errno {
    return this.#areFlagsFixed ? wasi.ERRNO_NOTSUP : super.fd_fdstat_set_flags(flags);
  }
}
