import { wasi } from '@bjorn3/browser_wasi_shim';
import { Descriptor, type DescriptorState, type Errno, type Readiness } from '../wasi/descriptor.ts';
import { LARGEST_FILE, type MemoryFile } from './memory-file.ts';

/** A regular file that was opened: a position, flags and rights. */
export class MemoryFileFd extends Descriptor {
  readonly file: MemoryFile;
  #position = 0;

  constructor(file: MemoryFile, state: Omit<DescriptorState, 'filetype'>) {
    super({ ...state, filetype: wasi.FILETYPE_REGULAR_FILE });
    this.file = file;
  }

  /** A file never makes a reader wait. */
  override get readable(): Readiness | Errno {
    if (!this.may(wasi.RIGHTS_FD_READ)) return wasi.ERRNO_BADF;
    return { bytes: Math.max(0, this.file.size - this.#position), hangup: false };
  }

  override get writable(): Readiness | Errno {
    return this.may(wasi.RIGHTS_FD_WRITE) ? { bytes: 0, hangup: false } : wasi.ERRNO_BADF;
  }

  /** Fills the targets one after another. Moves the position, unless one is given. @returns the bytes read */
  read(targets: readonly Uint8Array[], position?: number): number {
    const start = position ?? this.#position;
    let count = 0;
    for (const target of targets) {
      const part = this.file.read(target, start + count);
      count += part;
      if (part < target.length) break;
    }
    if (position === undefined) this.#position = start + count;
    this.file.touchAccessed();
    return count;
  }

  /**
   * Writes the sources one after another: at the position, which moves; or at the given one. With `FDFLAGS_APPEND` all goes
   * to the end, with a given position too, as on Linux (pwrite(2), "BUGS").
   */
  write(sources: readonly Uint8Array[], position?: number): { errno: Errno; count: number } {
    const appends = (this.flags & wasi.FDFLAGS_APPEND) !== 0;
    const start = appends ? this.file.size : (position ?? this.#position);
    let count = 0;
    let errno: Errno = wasi.ERRNO_SUCCESS;
    for (const source of sources) {
      errno = this.file.write(source, start + count);
      if (errno !== wasi.ERRNO_SUCCESS) break;
      count += source.length;
    }
    if (position === undefined) this.#position = start + count;
    // What was written before the disk was full was written.
    return { errno: count > 0 ? wasi.ERRNO_SUCCESS : errno, count };
  }

  override fd_seek(offset: bigint, whence: number): { ret: number; offset: bigint } {
    const staysPut = whence === wasi.WHENCE_CUR && offset === 0n;
    const isAllowed = this.may(wasi.RIGHTS_FD_SEEK) || (staysPut && this.may(wasi.RIGHTS_FD_TELL));
    if (!isAllowed) return { ret: wasi.ERRNO_NOTCAPABLE, offset: 0n };
    const from = this.#originOf(whence);
    const target = from === undefined ? -1n : BigInt(from) + offset;
    if (target < 0n || target > BigInt(LARGEST_FILE)) return { ret: wasi.ERRNO_INVAL, offset: 0n };
    this.#position = Number(target);
    return { ret: wasi.ERRNO_SUCCESS, offset: target };
  }

  override fd_tell(): { ret: number; offset: bigint } {
    return this.fd_seek(0n, wasi.WHENCE_CUR);
  }

  override fd_allocate(offset: bigint, length: bigint): Errno {
    if (!this.may(wasi.RIGHTS_FD_ALLOCATE)) return wasi.ERRNO_NOTCAPABLE;
    if (length === 0n) return wasi.ERRNO_INVAL;
    const end = BigInt.asUintN(64, offset) + BigInt.asUintN(64, length);
    return end > BigInt(LARGEST_FILE) ? wasi.ERRNO_FBIG : this.file.allocate(Number(end));
  }

  override fd_sync(): Errno {
    return this.may(wasi.RIGHTS_FD_SYNC) ? wasi.ERRNO_SUCCESS : wasi.ERRNO_NOTCAPABLE;
  }

  override fd_filestat_get(): { ret: number; filestat: wasi.Filestat | null } {
    if (!this.may(wasi.RIGHTS_FD_FILESTAT_GET)) return { ret: wasi.ERRNO_NOTCAPABLE, filestat: null };
    return { ret: wasi.ERRNO_SUCCESS, filestat: this.file.stat() };
  }

  override fd_filestat_set_size(size: bigint): Errno {
    if (!this.may(wasi.RIGHTS_FD_FILESTAT_SET_SIZE)) return wasi.ERRNO_NOTCAPABLE;
    const wanted = BigInt.asUintN(64, size);
    return wanted > BigInt(LARGEST_FILE) ? wasi.ERRNO_FBIG : this.file.resize(Number(wanted));
  }

  override fd_filestat_set_times(accessed: bigint, modified: bigint, flags: number): Errno {
    if (!this.may(wasi.RIGHTS_FD_FILESTAT_SET_TIMES)) return wasi.ERRNO_NOTCAPABLE;
    return this.file.setTimes(accessed, modified, flags);
  }

  #originOf(whence: number): number | undefined {
    switch (whence) {
      case wasi.WHENCE_SET:
        return 0;
      case wasi.WHENCE_CUR:
        return this.#position;
      case wasi.WHENCE_END:
        return this.file.size;
      default:
        return undefined;
    }
  }
}
