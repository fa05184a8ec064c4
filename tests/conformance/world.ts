import { ALL_RIGHTS, DIRECTORY_RIGHTS, FILE_RIGHTS } from '../../src/engine/memory/memory-rights.ts';
import { AT, ERRNO, WasiHarness, type ErrnoName, type HarnessOptions } from '../unit/engine-wasi-harness.ts';
import { expectEqual } from './expect.ts';

/** The preopened directory. */
export const ROOT = 3;

/** `oflags`, `fdflags`, `fstflags`, `lookupflags`, `whence`, `filetype`, `clockid` of preview1. */
export const O = { creat: 1, directory: 2, excl: 4, trunc: 8 } as const;
export const F = { append: 1, dsync: 2, nonblock: 4, rsync: 8, sync: 16 } as const;
export const TIMES = { atim: 1, atimNow: 2, mtim: 4, mtimNow: 8 } as const;
export const FOLLOW = 1;
export const WHENCE = { set: 0, cur: 1, end: 2 } as const;
export const FILETYPE = { unknown: 0, characterDevice: 2, directory: 3, regularFile: 4, symbolicLink: 7 } as const;
export const CLOCK = { realtime: 0, monotonic: 1, processCpuTime: 2, threadCpuTime: 3 } as const;

/** Rights by their bit (witx `$rights`). */
export const R = {
  fdDatasync: 1 << 0,
  fdRead: 1 << 1,
  fdSeek: 1 << 2,
  fdFdstatSetFlags: 1 << 3,
  fdSync: 1 << 4,
  fdTell: 1 << 5,
  fdWrite: 1 << 6,
  fdAdvise: 1 << 7,
  fdAllocate: 1 << 8,
  pathCreateDirectory: 1 << 9,
  pathCreateFile: 1 << 10,
  pathLinkSource: 1 << 11,
  pathLinkTarget: 1 << 12,
  pathOpen: 1 << 13,
  fdReaddir: 1 << 14,
  pathReadlink: 1 << 15,
  pathRenameSource: 1 << 16,
  pathRenameTarget: 1 << 17,
  pathFilestatGet: 1 << 18,
  pathFilestatSetSize: 1 << 19,
  pathFilestatSetTimes: 1 << 20,
  fdFilestatGet: 1 << 21,
  fdFilestatSetSize: 1 << 22,
  fdFilestatSetTimes: 1 << 23,
  pathSymlink: 1 << 24,
  pathRemoveDirectory: 1 << 25,
  pathUnlinkFile: 1 << 26,
  pollFdReadwrite: 1 << 27,
} as const;

const NAMES = new Map<number, string>(Object.entries(ERRNO).map(([name, errno]) => [errno, name]));

/** The name of an errno, or its number. */
export function errnoName(errno: unknown): string {
  return (typeof errno === 'number' ? NAMES.get(errno) : undefined) ?? String(errno);
}

/** What `path_open` is called with. */
export interface OpenOptions {
  readonly fd?: number;
  readonly follow?: boolean;
  readonly oflags?: number;
  /** Default: all that mean something on a file, or on a directory with `O.directory`. */
  readonly rights?: number;
  readonly inheriting?: number;
  readonly fdflags?: number;
}

/** `filestat`. */
export interface Stat {
  readonly dev: bigint;
  readonly ino: bigint;
  readonly filetype: number;
  readonly nlink: bigint;
  readonly size: bigint;
  readonly atim: bigint;
  readonly mtim: bigint;
  readonly ctim: bigint;
}

/** `fdstat`. */
export interface FdStat {
  readonly filetype: number;
  readonly flags: number;
  readonly rights: number;
  readonly inheriting: number;
}

/** An entry of a listing. */
export interface DirEntry {
  readonly next: bigint;
  readonly ino: bigint;
  readonly filetype: number;
  readonly name: string;
}

const DIRENT_SIZE = 24;
const encoder = new TextEncoder();

/** A harness that speaks of files. Its methods call the import of their name; those that return values throw an errno. */
export class World extends WasiHarness {
  constructor(options: HarnessOptions = {}) {
    super(options);
    // A result that is not written is seen.
    this.view.setUint32(AT.count, 0xeeee_eeee, true);
  }

  /** Calls an import that is expected to end with this errno. */
  expect(errno: ErrnoName, name: string, ...args: (number | bigint)[]): void {
    const found = this.call(name, ...args);
    expectEqual(errnoName(found), errno, name);
  }

  /** Puts text where paths are. @returns its address and length */
  path(text: string | Uint8Array, at: number = AT.path): [number, number] {
    const bytes = typeof text === 'string' ? encoder.encode(text) : text;
    new Uint8Array(this.memory.buffer).set(bytes, at);
    return [at, bytes.length];
  }

  newPath(text: string): [number, number] {
    return this.path(text, AT.newPath);
  }

  /** path_open. @returns the errno's name */
  tryOpen(path: string, options: OpenOptions = {}): string {
    const { oflags = 0 } = options;
    const rights = options.rights ?? ((oflags & O.directory) === 0 ? FILE_RIGHTS : DIRECTORY_RIGHTS);
    return errnoName(
      this.call(
        'path_open',
        options.fd ?? ROOT,
        options.follow === true ? FOLLOW : 0,
        ...this.path(path),
        oflags,
        BigInt(rights),
        BigInt(options.inheriting ?? ((oflags & O.directory) === 0 ? 0 : ALL_RIGHTS)),
        options.fdflags ?? 0,
        AT.count,
      ),
    );
  }

  /** path_open. @returns the descriptor */
  open(path: string, options: OpenOptions = {}): number {
    expectEqual(this.tryOpen(path, options), 'success', `path_open ${path}`);
    return this.count;
  }

  openDirectory(path: string, options: OpenOptions = {}): number {
    return this.open(path, { ...options, oflags: O.directory });
  }

  /** Makes a file with this text. */
  create(path: string, text = ''): void {
    const fd = this.open(path, { oflags: O.creat | O.trunc });
    if (text !== '') this.write(fd, text);
    this.close(fd);
  }

  mkdir(path: string): void {
    this.expect('success', 'path_create_directory', ROOT, ...this.path(path));
  }

  symlink(target: string, path: string): void {
    const [at, length] = this.path(target);
    this.expect('success', 'path_symlink', at, length, ROOT, ...this.newPath(path));
  }

  close(fd: number): void {
    this.expect('success', 'fd_close', fd);
  }

  #transfer(name: string, fd: number, sizes: number[], ...offset: bigint[]): string {
    this.iovecs(...sizes);
    return errnoName(this.call(name, fd, AT.iovs, sizes.length, ...offset, AT.count));
  }

  #put(text: string | Uint8Array): number {
    return this.path(text, AT.data)[1];
  }

  /** fd_write. @returns the errno's name */
  tryWrite(fd: number, text: string | Uint8Array): string {
    return this.#transfer('fd_write', fd, [this.#put(text)]);
  }

  /** fd_write of everything. */
  write(fd: number, text: string | Uint8Array): void {
    const size = this.#put(text);
    expectEqual(this.#transfer('fd_write', fd, [size]), 'success', 'fd_write');
    expectEqual(this.count, size, 'nwritten');
  }

  tryPwrite(fd: number, text: string, offset: bigint): string {
    return this.#transfer('fd_pwrite', fd, [this.#put(text)], offset);
  }

  pwrite(fd: number, text: string, offset: bigint): void {
    expectEqual(this.tryPwrite(fd, text, offset), 'success', 'fd_pwrite');
  }

  /** fd_read into iovecs of these sizes. @returns the errno's name */
  tryReadFrom(fd: number, ...sizes: number[]): string {
    return this.#transfer('fd_read', fd, sizes);
  }

  /** fd_read. @returns the text read */
  readFrom(fd: number, ...sizes: number[]): string {
    expectEqual(this.tryReadFrom(fd, ...sizes), 'success', 'fd_read');
    return this.text;
  }

  tryPread(fd: number, offset: bigint, ...sizes: number[]): string {
    return this.#transfer('fd_pread', fd, sizes, offset);
  }

  pread(fd: number, offset: bigint, ...sizes: number[]): string {
    expectEqual(this.tryPread(fd, offset, ...sizes), 'success', 'fd_pread');
    return this.text;
  }

  /** All of a file's text. */
  textOf(path: string): string {
    const fd = this.open(path, { follow: true });
    const text = this.readFrom(fd, 65_536);
    this.close(fd);
    return text;
  }

  /** fd_seek. @returns the new position */
  seek(fd: number, offset: bigint, whence: number): bigint {
    this.expect('success', 'fd_seek', fd, offset, whence, AT.data);
    return this.view.getBigUint64(AT.data, true);
  }

  #stat(): Stat {
    const { view } = this;
    return {
      dev: view.getBigUint64(AT.data, true),
      ino: view.getBigUint64(AT.data + 8, true),
      filetype: view.getUint8(AT.data + 16),
      nlink: view.getBigUint64(AT.data + 24, true),
      size: view.getBigUint64(AT.data + 32, true),
      atim: view.getBigUint64(AT.data + 40, true),
      mtim: view.getBigUint64(AT.data + 48, true),
      ctim: view.getBigUint64(AT.data + 56, true),
    };
  }

  /** fd_filestat_get. */
  stat(fd: number): Stat {
    new Uint8Array(this.memory.buffer, AT.data, 64).fill(0xee);
    this.expect('success', 'fd_filestat_get', fd, AT.data);
    return this.#stat();
  }

  /** path_filestat_get. */
  pathStat(path: string, options: { readonly follow?: boolean } = {}): Stat {
    new Uint8Array(this.memory.buffer, AT.data, 64).fill(0xee);
    const flags = options.follow === true ? FOLLOW : 0;
    this.expect('success', 'path_filestat_get', ROOT, flags, ...this.path(path), AT.data);
    return this.#stat();
  }

  /** True if something is at the path. */
  exists(path: string): boolean {
    return this.call('path_filestat_get', ROOT, 0, ...this.path(path), AT.data) === ERRNO.success;
  }

  /** fd_fdstat_get. */
  fdstat(fd: number): FdStat {
    this.expect('success', 'fd_fdstat_get', fd, AT.data);
    return {
      filetype: this.view.getUint8(AT.data),
      flags: this.view.getUint16(AT.data + 2, true),
      rights: Number(this.view.getBigUint64(AT.data + 8, true)),
      inheriting: Number(this.view.getBigUint64(AT.data + 16, true)),
    };
  }

  /** fd_readdir once. @returns the whole entries in the buffer, and whether it was filled */
  readdir(fd: number, size: number, cookie = 0n): { entries: DirEntry[]; isFull: boolean } {
    this.expect('success', 'fd_readdir', fd, AT.data, size, cookie, AT.count);
    const used = this.count;
    const entries: DirEntry[] = [];
    for (let at = 0; at + DIRENT_SIZE <= used;) {
      const base = AT.data + at;
      const length = this.view.getUint32(base + 16, true);
      if (at + DIRENT_SIZE + length > used) break;
      entries.push({
        next: this.view.getBigUint64(base, true),
        ino: this.view.getBigUint64(base + 8, true),
        filetype: this.view.getUint8(base + 20),
        name: new TextDecoder('utf-8', { ignoreBOM: true }).decode(
          new Uint8Array(this.memory.buffer, base + DIRENT_SIZE, length),
        ),
      });
      at += DIRENT_SIZE + length;
    }
    return { entries, isFull: used === size };
  }

  /** The names in a directory, read through buffers of this size. */
  names(fd: number, size = 4096): string[] {
    const names: string[] = [];
    for (let cookie = 0n; ;) {
      const { entries, isFull } = this.readdir(fd, size, cookie);
      names.push(...entries.map(({ name }) => name));
      const last = entries.at(-1);
      if (!isFull || last === undefined) return names;
      cookie = last.next;
    }
  }
}
