import { wasi, type Fd } from '@bjorn3/browser_wasi_shim';
import { areFlagsKnown, Descriptor, type DescriptorState, type Errno, type Readiness } from '../wasi/descriptor.ts';
import { MemoryDirectory, type MemoryEntry } from './memory-directory.ts';
import { MemoryFile } from './memory-file.ts';
import { MemoryFileFd } from './memory-file-fd.ts';
import { MemorySymlink, type MemoryNode } from './memory-node.ts';
import { isDots, resolvePath, type ResolvedPath } from './memory-path.ts';
import { ALL_RIGHTS, DIRECTORY_RIGHTS, FILE_RIGHTS, knownRights } from './memory-rights.ts';

const KNOWN_OPEN_FLAGS = wasi.OFLAGS_CREAT | wasi.OFLAGS_DIRECTORY | wasi.OFLAGS_EXCL | wasi.OFLAGS_TRUNC;
/** The only flag of `lookupflags`; the shim does not define it. */
const LOOKUP_SYMLINK_FOLLOW = 1;

interface Opened {
  readonly ret: number;
  readonly fd_obj: Fd | null;
}

function refused(ret: Errno): Opened {
  return { ret, fd_obj: null };
}

function has(flags: number, flag: number): boolean {
  return (flags & flag) !== 0;
}

/**
 * A directory that was opened, or preopened: everything that names a path starts here. The methods are those of the shim's
 * `Fd`, with paths followed as Linux follows them below a directory (openat2's `RESOLVE_BENEATH`).
 */
export class MemoryDirectoryFd extends Descriptor {
  readonly directory: MemoryDirectory;
  readonly #preopenName: string | undefined;

  /** @param preopenName what the program knows a preopened directory as, e.g. `/` */
  constructor(directory: MemoryDirectory, state: Partial<DescriptorState> = {}, preopenName?: string) {
    super({
      filetype: wasi.FILETYPE_DIRECTORY,
      rights: state.rights ?? DIRECTORY_RIGHTS,
      inheriting: state.inheriting ?? ALL_RIGHTS,
      flags: state.flags ?? 0,
    });
    this.directory = directory;
    this.#preopenName = preopenName;
  }

  override get readable(): Readiness {
    return { bytes: 0, hangup: false };
  }

  override fd_prestat_get(): { ret: number; prestat: wasi.Prestat | null } {
    if (this.#preopenName === undefined) return super.fd_prestat_get();
    return { ret: wasi.ERRNO_SUCCESS, prestat: wasi.Prestat.dir(this.#preopenName) };
  }

  override fd_filestat_get(): { ret: number; filestat: wasi.Filestat | null } {
    if (!this.may(wasi.RIGHTS_FD_FILESTAT_GET)) return { ret: wasi.ERRNO_NOTCAPABLE, filestat: null };
    return { ret: wasi.ERRNO_SUCCESS, filestat: this.directory.stat() };
  }

  override fd_filestat_set_times(accessed: bigint, modified: bigint, flags: number): Errno {
    if (!this.may(wasi.RIGHTS_FD_FILESTAT_SET_TIMES)) return wasi.ERRNO_NOTCAPABLE;
    return this.directory.setTimes(accessed, modified, flags);
  }

  override fd_sync(): Errno {
    return this.may(wasi.RIGHTS_FD_SYNC) ? wasi.ERRNO_SUCCESS : wasi.ERRNO_NOTCAPABLE;
  }

  override fd_seek(): { ret: number; offset: bigint } {
    return { ret: wasi.ERRNO_BADF, offset: 0n };
  }

  override fd_tell(): { ret: number; offset: bigint } {
    return { ret: wasi.ERRNO_BADF, offset: 0n };
  }

  override fd_allocate(): Errno {
    return wasi.ERRNO_BADF;
  }

  override fd_filestat_set_size(): Errno {
    return wasi.ERRNO_INVAL;
  }

  /** The listing from a place on: `.`, `..`, then the entries in the order they were made. */
  *entriesFrom(place: number): Generator<MemoryEntry> {
    if (place <= 0) yield { name: '.', node: this.directory, place: 0 };
    if (place <= 1) yield { name: '..', node: this.directory.parent, place: 1 };
    yield* this.directory.entriesFrom(place);
  }

  override path_open(
    lookupFlags: number,
    path: string,
    openFlags: number,
    rights: bigint,
    inheriting: bigint,
    flags: number,
  ): Opened {
    const creates = has(openFlags, wasi.OFLAGS_CREAT);
    const truncates = has(openFlags, wasi.OFLAGS_TRUNC);
    if ((openFlags & ~KNOWN_OPEN_FLAGS) !== 0 || !areFlagsKnown(flags)) return refused(wasi.ERRNO_INVAL);
    // Linux since 6.4; before it made a file.
    if (creates && has(openFlags, wasi.OFLAGS_DIRECTORY)) return refused(wasi.ERRNO_INVAL);

    const wanted = { rights: knownRights(rights), inheriting: knownRights(inheriting) };
    const needed = wasi.RIGHTS_PATH_OPEN | (creates ? wasi.RIGHTS_PATH_CREATE_FILE : 0);
    const neededBelow =
      wanted.rights |
      wanted.inheriting |
      (has(flags, wasi.FDFLAGS_DSYNC) ? wasi.RIGHTS_FD_DATASYNC : 0) |
      (has(flags, wasi.FDFLAGS_SYNC | wasi.FDFLAGS_RSYNC) ? wasi.RIGHTS_FD_SYNC : 0);
    if (!this.may(needed) || (neededBelow & ~this.inheriting) !== 0) return refused(wasi.ERRNO_NOTCAPABLE);
    // The suite accepts EPERM in every version, ENOTCAPABLE in later ones.
    if (truncates && !this.may(wasi.RIGHTS_PATH_FILESTAT_SET_SIZE)) return refused(wasi.ERRNO_PERM);

    const isExclusive = creates && has(openFlags, wasi.OFLAGS_EXCL);
    const follows = has(lookupFlags, LOOKUP_SYMLINK_FOLLOW) && !isExclusive;
    const found = resolvePath(this.directory, path, follows ? 'always' : 'if-slash');
    if (typeof found === 'number') return refused(found);
    if (found.node !== undefined && isExclusive) return refused(wasi.ERRNO_EXIST);

    const node = found.node ?? (creates ? this.#create(found) : wasi.ERRNO_NOENT);
    if (typeof node === 'number') return refused(node);
    if (node instanceof MemoryDirectory) {
      const isToChange = creates || truncates || has(wanted.rights, wasi.RIGHTS_FD_WRITE);
      if (isToChange) return refused(wasi.ERRNO_ISDIR);
      const state = { rights: wanted.rights & DIRECTORY_RIGHTS, inheriting: wanted.inheriting, flags };
      return { ret: wasi.ERRNO_SUCCESS, fd_obj: new MemoryDirectoryFd(node, state) };
    }
    if (has(openFlags, wasi.OFLAGS_DIRECTORY)) return refused(wasi.ERRNO_NOTDIR);
    if (!(node instanceof MemoryFile)) return refused(wasi.ERRNO_LOOP);
    if (truncates) node.resize(0);
    const state = { rights: wanted.rights & FILE_RIGHTS, inheriting: wanted.inheriting & FILE_RIGHTS, flags };
    return { ret: wasi.ERRNO_SUCCESS, fd_obj: new MemoryFileFd(node, state) };
  }

  override path_create_directory(path: string): Errno {
    if (!this.may(wasi.RIGHTS_PATH_CREATE_DIRECTORY)) return wasi.ERRNO_NOTCAPABLE;
    const trimmed = path.replace(/(?<=[^/])\/+$/u, '');
    const found = resolvePath(this.directory, trimmed, 'never');
    if (typeof found === 'number') return found;
    if (found.node !== undefined) return wasi.ERRNO_EXIST;
    return this.#add(found, new MemoryDirectory(this.directory.now, found.parent));
  }

  /** `path_symlink`; the shim's `Fd` has no such method. */
  symlink(target: string, path: string): Errno {
    if (!this.may(wasi.RIGHTS_PATH_SYMLINK)) return wasi.ERRNO_NOTCAPABLE;
    if (target === '') return wasi.ERRNO_NOENT;
    if (target.includes('\0')) return wasi.ERRNO_INVAL;
    // It could never be followed.
    if (target.startsWith('/')) return wasi.ERRNO_PERM;
    const place = this.#placeFor(path);
    return typeof place === 'number' ? place : this.#add(place, new MemorySymlink(this.directory.now, target));
  }

  override path_readlink(path: string): { ret: number; data: string | null } {
    const found = this.#existing(wasi.RIGHTS_PATH_READLINK, path, 'if-slash');
    if (typeof found === 'number') return { ret: found, data: null };
    if (!(found.node instanceof MemorySymlink)) return { ret: wasi.ERRNO_INVAL, data: null };
    return { ret: wasi.ERRNO_SUCCESS, data: found.node.target };
  }

  override path_filestat_get(lookupFlags: number, path: string): { ret: number; filestat: wasi.Filestat | null } {
    const found = this.#existing(wasi.RIGHTS_PATH_FILESTAT_GET, path, followOf(lookupFlags));
    if (typeof found === 'number') return { ret: found, filestat: null };
    return { ret: wasi.ERRNO_SUCCESS, filestat: found.node.stat() };
  }

  override path_filestat_set_times(
    lookupFlags: number,
    path: string,
    accessed: bigint,
    modified: bigint,
    flags: number,
  ): Errno {
    const found = this.#existing(wasi.RIGHTS_PATH_FILESTAT_SET_TIMES, path, followOf(lookupFlags));
    return typeof found === 'number' ? found : found.node.setTimes(accessed, modified, flags);
  }

  override path_unlink_file(path: string): Errno {
    const found = this.#existing(wasi.RIGHTS_PATH_UNLINK_FILE, path, 'never');
    if (typeof found === 'number') return found;
    if (found.node instanceof MemoryDirectory) return wasi.ERRNO_ISDIR;
    found.parent.remove(found.name);
    return wasi.ERRNO_SUCCESS;
  }

  override path_remove_directory(path: string): Errno {
    const found = this.#existing(wasi.RIGHTS_PATH_REMOVE_DIRECTORY, path, 'never');
    if (typeof found === 'number') return found;
    const { node, parent, name } = found;
    if (name === '.') return wasi.ERRNO_INVAL;
    if (!(node instanceof MemoryDirectory)) return wasi.ERRNO_NOTDIR;
    if (name === '..' || !node.isEmpty) return wasi.ERRNO_NOTEMPTY;
    parent.remove(name);
    return wasi.ERRNO_SUCCESS;
  }

  /** `path_link`: gives a file another name, in the directory `to`. */
  link(lookupFlags: number, path: string, to: MemoryDirectoryFd, newPath: string): Errno {
    if (!to.may(wasi.RIGHTS_PATH_LINK_TARGET)) return wasi.ERRNO_NOTCAPABLE;
    const found = this.#existing(wasi.RIGHTS_PATH_LINK_SOURCE, path, followOf(lookupFlags));
    if (typeof found === 'number') return found;
    const place = to.#placeFor(newPath);
    if (typeof place === 'number') return place;
    if (found.node instanceof MemoryDirectory) return wasi.ERRNO_PERM;
    // Opened, then removed: it cannot come back.
    if (found.node.names === 0) return wasi.ERRNO_NOENT;
    return this.#add(place, found.node);
  }

  /** `path_rename`: moves a name into the directory `to`, over what has that name there. */
  rename(path: string, to: MemoryDirectoryFd, newPath: string): Errno {
    if (!to.may(wasi.RIGHTS_PATH_RENAME_TARGET)) return wasi.ERRNO_NOTCAPABLE;
    const from = this.#existing(wasi.RIGHTS_PATH_RENAME_SOURCE, path, 'never');
    if (typeof from === 'number') return from;
    const into = resolvePath(to.directory, newPath, 'never');
    if (typeof into === 'number') return into;
    if (isDots(from.name) || isDots(into.name)) return wasi.ERRNO_BUSY;
    const errno = renameErrno(from.node, into);
    if (errno !== wasi.ERRNO_SUCCESS || into.node === from.node) return errno;
    into.parent.remove(into.name);
    from.parent.remove(from.name);
    into.parent.insert(into.name, from.node);
    return wasi.ERRNO_SUCCESS;
  }

  /** Makes the file that `path_open` was to create. */
  #create(place: ResolvedPath): MemoryFile | Errno {
    if (place.isSlashed) return wasi.ERRNO_ISDIR;
    const file = new MemoryFile(this.directory.now);
    const errno = this.#add(place, file);
    return errno === wasi.ERRNO_SUCCESS ? file : errno;
  }

  #add(place: ResolvedPath, node: MemoryNode): Errno {
    if (place.parent.isRemoved) return wasi.ERRNO_NOENT;
    place.parent.insert(place.name, node);
    return wasi.ERRNO_SUCCESS;
  }

  /** A path at which something is, for a call that needs `rights`. */
  #existing(
    rights: number,
    path: string,
    follow: 'always' | 'if-slash' | 'never',
  ): (ResolvedPath & { readonly node: MemoryNode }) | Errno {
    if (!this.may(rights)) return wasi.ERRNO_NOTCAPABLE;
    const found = resolvePath(this.directory, path, follow);
    if (typeof found === 'number') return found;
    return found.node === undefined ? wasi.ERRNO_NOENT : { ...found, node: found.node };
  }

  /** A path at which something that is not a directory can be made. */
  #placeFor(path: string): ResolvedPath | Errno {
    const found = resolvePath(this.directory, path, 'never');
    if (typeof found === 'number') return found;
    if (found.node !== undefined) return wasi.ERRNO_EXIST;
    return found.isSlashed ? wasi.ERRNO_NOENT : found;
  }
}

function followOf(lookupFlags: number): 'always' | 'if-slash' {
  return has(lookupFlags, LOOKUP_SYMLINK_FOLLOW) ? 'always' : 'if-slash';
}

/** What is wrong with renaming `node` to that place (rename(2), "ERRORS"). */
function renameErrno(node: MemoryNode, into: ResolvedPath): Errno {
  if (into.parent.isRemoved) return wasi.ERRNO_NOENT;
  if (!(node instanceof MemoryDirectory)) {
    if (into.node instanceof MemoryDirectory) return wasi.ERRNO_ISDIR;
    return into.isSlashed ? wasi.ERRNO_NOTDIR : wasi.ERRNO_SUCCESS;
  }
  if (into.parent.isWithin(node)) return wasi.ERRNO_INVAL;
  if (into.node === undefined || into.node === node) return wasi.ERRNO_SUCCESS;
  if (!(into.node instanceof MemoryDirectory)) return wasi.ERRNO_NOTDIR;
  return into.node.isEmpty ? wasi.ERRNO_SUCCESS : wasi.ERRNO_NOTEMPTY;
}
