import { Fd, wasi } from '@bjorn3/browser_wasi_shim';
import type { OutputStream } from '../protocol/messages.ts';
import type { OutputPump } from './output-pump.ts';

/** File descriptor 1 or 2 of a program: a character device whose bytes go to the page. */
export class OutputFd extends Fd {
  readonly stream: OutputStream;
  readonly pump: OutputPump;

  constructor(stream: OutputStream, pump: OutputPump) {
    super();
    this.stream = stream;
    this.pump = pump;
  }

  override fd_fdstat_get(): { ret: number; fdstat: wasi.Fdstat } {
    const fdstat = new wasi.Fdstat(wasi.FILETYPE_CHARACTER_DEVICE, 0);
    fdstat.fs_rights_base = BigInt(wasi.RIGHTS_FD_WRITE | wasi.RIGHTS_POLL_FD_READWRITE);
    return { ret: wasi.ERRNO_SUCCESS, fdstat };
  }

  override fd_filestat_get(): { ret: number; filestat: wasi.Filestat } {
    return { ret: wasi.ERRNO_SUCCESS, filestat: new wasi.Filestat(0n, wasi.FILETYPE_CHARACTER_DEVICE, 0n) };
  }

  override fd_write(data: Uint8Array): { ret: number; nwritten: number } {
    const nwritten = data.length;
    this.pump.write(this.stream, data);
    return { ret: wasi.ERRNO_SUCCESS, nwritten };
  }

  override fd_seek(): { ret: number; offset: bigint } {
    return { ret: wasi.ERRNO_SPIPE, offset: 0n };
  }

  override fd_tell(): { ret: number; offset: bigint } {
    return { ret: wasi.ERRNO_SPIPE, offset: 0n };
  }
}
