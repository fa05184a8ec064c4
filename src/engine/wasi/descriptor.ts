import { Fd, wasi } from '@bjorn3/browser_wasi_shim';
import { Filestat } from './filestat.ts';

/** An errno of WASI preview1 (witx `$errno`); 0 is success. */
export type Errno = number;

/** What `poll_oneoff` learns about a descriptor that is ready. */
export interface Readiness {
  /** For reads: bytes that can be read now. */
  readonly bytes: number;
  /** For reads: the other end is gone. */
  readonly hangup: boolean;
}

const KNOWN_FLAGS =
  wasi.FDFLAGS_APPEND | wasi.FDFLAGS_DSYNC | wasi.FDFLAGS_NONBLOCK | wasi.FDFLAGS_RSYNC | wasi.FDFLAGS_SYNC;

/** True if every bit is a flag of preview1. */
export function areFlagsKnown(flags: number): boolean {
  return (flags & ~KNOWN_FLAGS) === 0;
}

/** What a descriptor starts with. */
export interface DescriptorState {
  /** `FILETYPE_*` */
  readonly filetype: number;
  /** `RIGHTS_*` of the descriptor itself. */
  readonly rights: number;
  /** `RIGHTS_*` that what is opened through it may have. */
  readonly inheriting?: number;
  /** `FDFLAGS_*` */
  readonly flags?: number;
}

/**
 * A descriptor that has flags and rights, as preview1 describes them, and says when it is ready. The shim's `Fd` has neither.
 *
 * Rights can only be dropped. A read or write without its right is EBADF, as on Linux for a descriptor that is not open for
 * it; every other call without its right is ENOTCAPABLE.
 */
export abstract class Descriptor extends Fd {
  readonly filetype: number;
  #rights: number;
  #inheriting: number;
  #flags: number;

  constructor(state: DescriptorState) {
    super();
    this.filetype = state.filetype;
    this.#rights = state.rights;
    this.#inheriting = state.inheriting ?? 0;
    this.#flags = state.flags ?? 0;
  }

  /** `RIGHTS_*` that what is opened through it may have. */
  get inheriting(): number {
    return this.#inheriting;
  }

  /** `FDFLAGS_*` */
  get flags(): number {
    return this.#flags;
  }

  /** True with `FDFLAGS_NONBLOCK`: a call that would wait answers EAGAIN. */
  get nonblocking(): boolean {
    return (this.#flags & wasi.FDFLAGS_NONBLOCK) !== 0;
  }

  /** True if the descriptor has all of these rights. */
  may(rights: number): boolean {
    return (this.#rights & rights) === rights;
  }

  /** For `poll_oneoff` with `fd_read`: undefined while a read would wait; an errno where there is nothing to read from. */
  get readable(): Readiness | Errno | undefined {
    return wasi.ERRNO_BADF;
  }

  /** For `poll_oneoff` with `fd_write`: undefined while a write would wait; an errno where nothing can be written. */
  get writable(): Readiness | Errno | undefined {
    return wasi.ERRNO_BADF;
  }

  override fd_fdstat_get(): { ret: number; fdstat: wasi.Fdstat } {
    const fdstat = new wasi.Fdstat(this.filetype, this.#flags);
    fdstat.fs_rights_base = BigInt(this.#rights);
    fdstat.fs_rights_inherited = BigInt(this.#inheriting);
    return { ret: wasi.ERRNO_SUCCESS, fdstat };
  }

  override fd_fdstat_set_flags(flags: number): Errno {
    if (!this.may(wasi.RIGHTS_FD_FDSTAT_SET_FLAGS)) return wasi.ERRNO_NOTCAPABLE;
    if (!areFlagsKnown(flags)) return wasi.ERRNO_INVAL;
    this.#flags = flags;
    return wasi.ERRNO_SUCCESS;
  }

  override fd_fdstat_set_rights(rights: bigint, inheriting: bigint): Errno {
    const [base, derived] = [BigInt.asUintN(64, rights), BigInt.asUintN(64, inheriting)];
    const isMore = (base & ~BigInt(this.#rights)) !== 0n || (derived & ~BigInt(this.#inheriting)) !== 0n;
    if (isMore) return wasi.ERRNO_NOTCAPABLE;
    this.#rights = Number(base);
    this.#inheriting = Number(derived);
    return wasi.ERRNO_SUCCESS;
  }

  /** Only preopened directories have one. wasi-libc and Go look for them until the first EBADF. */
  override fd_prestat_get(): { ret: number; prestat: wasi.Prestat | null } {
    return { ret: wasi.ERRNO_BADF, prestat: null };
  }
}

/** A descriptor without a position or a file behind it: a pipe, a terminal. */
export abstract class StreamDescriptor extends Descriptor {
  override fd_filestat_get(): { ret: number; filestat: wasi.Filestat } {
    return { ret: wasi.ERRNO_SUCCESS, filestat: new Filestat(0n, this.filetype, 0n) };
  }

  override fd_seek(): { ret: number; offset: bigint } {
    return { ret: wasi.ERRNO_SPIPE, offset: 0n };
  }

  override fd_tell(): { ret: number; offset: bigint } {
    return { ret: wasi.ERRNO_SPIPE, offset: 0n };
  }

  override fd_allocate(): Errno {
    return wasi.ERRNO_SPIPE;
  }

  override fd_filestat_set_size(): Errno {
    return wasi.ERRNO_INVAL;
  }

  override fd_filestat_set_times(): Errno {
    return wasi.ERRNO_PERM;
  }

  /** Linux: fsync of a pipe or a terminal is EINVAL. */
  override fd_sync(): Errno {
    return wasi.ERRNO_INVAL;
  }
}
