import { wasi } from '@bjorn3/browser_wasi_shim';
import { StreamDescriptor, type Errno, type Readiness } from './descriptor.ts';
import type { StdinChannel } from '../stdin/stdin-channel.ts';

/** What a program's stdin is. */
export interface StdinOptions {
  /** A terminal is a character device; preview1 has no name for a pipe, which is "unknown", as with wazero. */
  readonly kind: 'terminal' | 'pipe';
  /**
   * `set by program`: it starts as a blocking descriptor, and the program may set `FDFLAGS_NONBLOCK`.
   *
   * `nonblocking for good`: for the Go host. Go reads the flag once, in `os.NewFile`, and parks goroutines in `poll_oneoff`
   * from then on; wazero calls `os.File.Fd`, which clears the flag. If that succeeded, every read would stop the whole host.
   */
  readonly flags: 'set by program' | 'nonblocking for good';
}

/**
 * File descriptor 0 of a program whose bytes come from a channel. Without `FDFLAGS_NONBLOCK`, `fd_read` waits, and the whole
 * program with it; with the flag, a read that finds nothing answers EAGAIN.
 */
export class StdinFd extends StreamDescriptor {
  readonly channel: StdinChannel;
  readonly #areFlagsFixed: boolean;

  constructor(channel: StdinChannel, options: StdinOptions) {
    const areFlagsFixed = options.flags === 'nonblocking for good';
    super({
      filetype: options.kind === 'terminal' ? wasi.FILETYPE_CHARACTER_DEVICE : wasi.FILETYPE_UNKNOWN,
      rights:
        wasi.RIGHTS_FD_READ |
        wasi.RIGHTS_FD_FILESTAT_GET |
        wasi.RIGHTS_POLL_FD_READWRITE |
        (areFlagsFixed ? 0 : wasi.RIGHTS_FD_FDSTAT_SET_FLAGS),
      flags: areFlagsFixed ? wasi.FDFLAGS_NONBLOCK : 0,
    });
    this.channel = channel;
    this.#areFlagsFixed = areFlagsFixed;
  }

  override get readable(): Readiness | Errno | undefined {
    if (!this.may(wasi.RIGHTS_FD_READ)) return wasi.ERRNO_BADF;
    const { available, ended } = this.channel;
    return available > 0 || ended ? { bytes: available, hangup: ended } : undefined;
  }

  /** The program reads no more. It may run on for long, and who writes to it hears of it now, as from a pipe of Linux. */
  override fd_close(): Errno {
    this.channel.abandon?.();
    return wasi.ERRNO_SUCCESS;
  }

  override fd_fdstat_set_flags(flags: number): Errno {
    return this.#areFlagsFixed ? wasi.ERRNO_NOTSUP : super.fd_fdstat_set_flags(flags);
  }
}
