import { Inode, wasi } from '@bjorn3/browser_wasi_shim';
import type { Errno } from '../wasi/descriptor.ts';
import { Filestat } from '../wasi/filestat.ts';

/** Nanoseconds since the Unix epoch. */
export type Now = () => bigint;

const KNOWN_TIME_FLAGS = wasi.FSTFLAGS_ATIM | wasi.FSTFLAGS_ATIM_NOW | wasi.FSTFLAGS_MTIM | wasi.FSTFLAGS_MTIM_NOW;

/** Linux' `relatime`: an access is noted once after a change, and once a day. */
const ACCESS_NOTED_FOR = 86_400_000_000_000n;

/** A file, directory or symbolic link in memory. It lives on while a name or a descriptor refers to it. */
export abstract class MemoryNode {
  readonly ino: bigint = Inode.issue_ino();
  readonly now: Now;
  /** `FILETYPE_*` */
  abstract readonly filetype: number;
  /** In bytes. */
  abstract readonly size: number;
  /** Names that refer to it. */
  names = 0;
  #accessed: bigint;
  #modified: bigint;
  #changed: bigint;

  constructor(now: Now) {
    this.now = now;
    this.#accessed = this.#modified = this.#changed = now();
  }

  get links(): number {
    return this.names;
  }

  /** @returns `filestat` as of now */
  stat(): Filestat {
    const filestat = new Filestat(this.ino, this.filetype, BigInt(this.size));
    filestat.nlink = BigInt(this.links);
    filestat.atim = this.#accessed;
    filestat.mtim = this.#modified;
    filestat.ctim = this.#changed;
    return filestat;
  }

  /**
   * Sets times in nanoseconds, as `fst_flags` says which and to what.
   * @returns EINVAL if a time is to be given and now, or a flag is unknown
   */
  setTimes(accessed: bigint, modified: bigint, flags: number): Errno {
    const both = (given: number, current: number): boolean => (flags & given) !== 0 && (flags & current) !== 0;
    if (
      (flags & ~KNOWN_TIME_FLAGS) !== 0 ||
      both(wasi.FSTFLAGS_ATIM, wasi.FSTFLAGS_ATIM_NOW) ||
      both(wasi.FSTFLAGS_MTIM, wasi.FSTFLAGS_MTIM_NOW)
    ) {
      return wasi.ERRNO_INVAL;
    }
    const now = this.now();
    if ((flags & wasi.FSTFLAGS_ATIM) !== 0) this.#accessed = BigInt.asUintN(64, accessed);
    if ((flags & wasi.FSTFLAGS_ATIM_NOW) !== 0) this.#accessed = now;
    if ((flags & wasi.FSTFLAGS_MTIM) !== 0) this.#modified = BigInt.asUintN(64, modified);
    if ((flags & wasi.FSTFLAGS_MTIM_NOW) !== 0) this.#modified = now;
    this.#changed = now;
    return wasi.ERRNO_SUCCESS;
  }

  /** Notes a read. */
  touchAccessed(): void {
    const now = this.now();
    if (this.#accessed <= this.#modified || now - this.#accessed > ACCESS_NOTED_FOR) this.#accessed = now;
  }

  /** Notes a change of the contents. */
  touchModified(): void {
    this.#modified = this.#changed = this.now();
  }

  /** Notes a change of what is known about it: a new name, one name less. */
  touchChanged(): void {
    this.#changed = this.now();
  }
}

/** A symbolic link. */
export class MemorySymlink extends MemoryNode {
  override readonly filetype = wasi.FILETYPE_SYMBOLIC_LINK;
  /** A relative path. */
  readonly target: string;

  constructor(now: Now, target: string) {
    super(now);
    this.target = target;
  }

  override get size(): number {
    return new TextEncoder().encode(this.target).length;
  }
}
