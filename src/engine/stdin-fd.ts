import { Fd, wasi } from '@bjorn3/browser_wasi_shim';
import type { StdinChannel } from './stdin-channel.ts';

/**
 * File descriptor 0 of a program: a character device whose bytes come from a channel.
 *
 * With `nonblocking`, `fd_fdstat_get` shows `FDFLAGS_NONBLOCK` and an `fd_read` with nothing to read answers `EAGAIN`, which
 * is how a Go program parks one goroutine in `poll_oneoff` and runs the others (Go reads the flag once, in `os.NewFile`).
 * Without it `fd_read` waits, and the whole program with it.
 */
export class StdinFd extends Fd {
  readonly channel: StdinChannel;
  readonly nonblocking: boolean;

  constructor(channel: StdinChannel, options: { readonly nonblocking: boolean }) {
    super();
    this.channel = channel;
    this.nonblocking = options.nonblocking;
  }

  override fd_fdstat_get(): { ret: number; fdstat: wasi.Fdstat } {
    const fdstat = new wasi.Fdstat(wasi.FILETYPE_CHARACTER_DEVICE, this.nonblocking ? wasi.FDFLAGS_NONBLOCK : 0);
    fdstat.fs_rights_base = BigInt(wasi.RIGHTS_FD_READ | wasi.RIGHTS_POLL_FD_READWRITE);
    return { ret: wasi.ERRNO_SUCCESS, fdstat };
  }

  override fd_filestat_get(): { ret: number; filestat: wasi.Filestat } {
    return { ret: wasi.ERRNO_SUCCESS, filestat: new wasi.Filestat(0n, wasi.FILETYPE_CHARACTER_DEVICE, 0n) };
  }

  /** A terminal has no position (POSIX `lseek`: ESPIPE). */
  override fd_seek(): { ret: number; offset: bigint } {
    return { ret: wasi.ERRNO_SPIPE, offset: 0n };
  }

  override fd_tell(): { ret: number; offset: bigint } {
    return { ret: wasi.ERRNO_SPIPE, offset: 0n };
  }
}
