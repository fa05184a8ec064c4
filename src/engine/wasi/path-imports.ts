/**
 * The imports that name a path. The shim resolves paths as text, without symbolic links, replaces what is not UTF-8, gives
 * out new descriptor numbers for ever, and has neither path_symlink nor path_readlink.
 */
import { wasi } from '@bjorn3/browser_wasi_shim';
import type { Errno } from './descriptor.ts';
import type { Import } from './guest-memory.ts';
import { MemoryDirectoryFd } from '../memory/memory-directory-fd.ts';
import { descriptorOf, openDescriptor, type WasiWorld } from './wasi-world.ts';

export function pathImports(world: WasiWorld): Record<string, Import> {
  const { memory } = world;

  function directoryOf(fd: number): MemoryDirectoryFd | Errno {
    const file = descriptorOf(world, fd);
    if (file === undefined) return wasi.ERRNO_BADF;
    return file instanceof MemoryDirectoryFd ? file : wasi.ERRNO_NOTDIR;
  }

  /** Calls `use` with the directory and the path, unless one of them is wrong. */
  function at(
    fd: number,
    pointer: number,
    length: number,
    use: (directory: MemoryDirectoryFd, path: string) => Errno,
  ): Errno {
    const directory = directoryOf(fd);
    if (typeof directory === 'number') return directory;
    const path = memory.text(pointer, length);
    return typeof path === 'number' ? path : use(directory, path);
  }

  function open(
    fd: number,
    lookupFlags: number,
    path: number,
    length: number,
    openFlags: number,
    rights: bigint,
    inheriting: bigint,
    flags: number,
    openedPointer: number,
  ): Errno {
    return at(fd, path, length, (directory, name) => {
      memory.view.getUint32(openedPointer, true);
      const { ret, fd_obj } = directory.path_open(lookupFlags, name, openFlags, rights, inheriting, flags);
      if (fd_obj !== null) memory.setSize(openedPointer, openDescriptor(world, fd_obj));
      return ret;
    });
  }

  function filestatGet(fd: number, lookupFlags: number, path: number, length: number, pointer: number): Errno {
    return at(fd, path, length, (directory, name) => {
      const { ret, filestat } = directory.path_filestat_get(lookupFlags, name);
      filestat?.write_bytes(memory.view, pointer);
      return ret;
    });
  }

  function filestatSetTimes(
    fd: number,
    lookupFlags: number,
    path: number,
    length: number,
    accessed: bigint,
    modified: bigint,
    flags: number,
  ): Errno {
    return at(fd, path, length, (directory, name) =>
      directory.path_filestat_set_times(lookupFlags, name, accessed, modified, flags),
    );
  }

  function readlink(
    fd: number,
    path: number,
    length: number,
    pointer: number,
    capacity: number,
    usedPointer: number,
  ): Errno {
    return at(fd, path, length, (directory, name) => {
      const buffer = memory.bytes(pointer, capacity);
      const { ret, data } = directory.path_readlink(name);
      if (data === null) return ret;
      // As many bytes as fit, as readlink(2).
      const bytes = new TextEncoder().encode(data).subarray(0, capacity);
      memory.setSize(usedPointer, bytes.length);
      buffer.set(bytes);
      return ret;
    });
  }

  function symlink(target: number, targetLength: number, fd: number, path: number, length: number): Errno {
    return at(fd, path, length, (directory, name) => {
      const text = memory.text(target, targetLength);
      return typeof text === 'number' ? text : directory.symlink(text, name);
    });
  }

  function link(
    fd: number,
    lookupFlags: number,
    path: number,
    length: number,
    newFd: number,
    newPath: number,
    newLength: number,
  ): Errno {
    return at(fd, path, length, (directory, name) =>
      at(newFd, newPath, newLength, (to, newName) => directory.link(lookupFlags, name, to, newName)),
    );
  }

  function rename(fd: number, path: number, length: number, newFd: number, newPath: number, newLength: number): Errno {
    return at(fd, path, length, (directory, name) =>
      at(newFd, newPath, newLength, (to, newName) => directory.rename(name, to, newName)),
    );
  }

  return {
    path_open: open,
    path_filestat_get: filestatGet,
    path_filestat_set_times: filestatSetTimes,
    path_readlink: readlink,
    path_symlink: symlink,
    path_link: link,
    path_rename: rename,
    path_create_directory: (fd: number, path: number, length: number): Errno =>
      at(fd, path, length, (directory, name) => directory.path_create_directory(name)),
    path_remove_directory: (fd: number, path: number, length: number): Errno =>
      at(fd, path, length, (directory, name) => directory.path_remove_directory(name)),
    path_unlink_file: (fd: number, path: number, length: number): Errno =>
      at(fd, path, length, (directory, name) => directory.path_unlink_file(name)),
  };
}
