import { wasi } from '@bjorn3/browser_wasi_shim';
import { StreamDescriptor, type Errno, type Readiness } from './descriptor.ts';

/** Where a program's output goes. */
export interface OutputSink {
  /** True while the program has to wait before it writes more. */
  readonly isFull: boolean;
  /** Takes bytes in any amount; copies them, since they are the program's memory. */
  write(bytes: Uint8Array): void;
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
  readonly sink: OutputSink;
  readonly #areFlagsFixed: boolean;

  constructor(sink: OutputSink, options: OutputOptions) {
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
    return this.sink.isFull ? undefined : { bytes: 0, hangup: false };
  }

  override fd_fdstat_set_flags(flags: number): Errno {
    return this.#areFlagsFixed ? wasi.ERRNO_NOTSUP : super.fd_fdstat_set_flags(flags);
  }
}
