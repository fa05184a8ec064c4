import { wasi } from '@bjorn3/browser_wasi_shim';
import type { Readiness } from './descriptor.ts';
import { StreamDescriptor } from './descriptor.ts';

/**
 * Nothing to read, as `/dev/null`: at EOF from the start, and always ready. It is a character device that has a position, and
 * is so told from a terminal (wasi-libc's isatty asks for the rights to seek and tell).
 */
export class NullFd extends StreamDescriptor {
  constructor() {
    super({
      filetype: wasi.FILETYPE_CHARACTER_DEVICE,
      rights:
        wasi.RIGHTS_FD_READ |
        wasi.RIGHTS_FD_SEEK |
        wasi.RIGHTS_FD_TELL |
        wasi.RIGHTS_FD_FDSTAT_SET_FLAGS |
        wasi.RIGHTS_FD_FILESTAT_GET |
        wasi.RIGHTS_POLL_FD_READWRITE,
    });
  }

  override get readable(): Readiness {
    return { bytes: 0, hangup: false };
  }

  override fd_seek(): { ret: number; offset: bigint } {
    return { ret: wasi.ERRNO_SUCCESS, offset: 0n };
  }

  override fd_tell(): { ret: number; offset: bigint } {
    return { ret: wasi.ERRNO_SUCCESS, offset: 0n };
  }
}
