/**
 * The imports whose first parameter is a descriptor, where the shim's version is wrong: it asks the descriptor once per
 * iovec, copies every byte twice, truncates listings at an entry, closes a descriptor that is renumbered to itself, and writes
 * results after errors.
 */
import { wasi, type Fd } from '@bjorn3/browser_wasi_shim';
import { Descriptor, type Errno } from './descriptor.ts';
import type { Import } from './guest-memory.ts';
import { MemoryDirectoryFd } from '../memory/memory-directory-fd.ts';
import { LARGEST_FILE } from '../memory/memory-file.ts';
import { MemoryFileFd } from '../memory/memory-file-fd.ts';
import { NullFd } from './null-fd.ts';
import { OutputFd, type OutputPipe, type OutputSink } from './output-fd.ts';
import { StdinFd } from './stdin-fd.ts';
import { after, closeDescriptor, descriptorOf, waitUntil, type MaybeWaiting, type WasiWorld } from './wasi-world.ts';

const LAST_ADVICE = wasi.ADVICE_NOREUSE;

function totalLength(buffers: readonly Uint8Array[]): number {
  return buffers.reduce((sum, { length }) => sum + length, 0);
}

/** One buffer with the bytes of all; the only one itself, if there is one. */
function gather(buffers: readonly Uint8Array[]): Uint8Array {
  const [first] = buffers;
  if (buffers.length === 1 && first !== undefined) return first;
  const all = new Uint8Array(totalLength(buffers));
  let offset = 0;
  for (const buffer of buffers) {
    all.set(buffer, offset);
    offset += buffer.length;
  }
  return all;
}

/** A right that a descriptor lacks, as an errno; the shim's own descriptors have no rights. */
function lacks(file: Fd, right: number): boolean {
  return file instanceof Descriptor && !file.may(right);
}

export function fdImports(world: WasiWorld): Record<string, Import> {
  const { shim, memory } = world;
  const descriptor = (fd: number): Fd | undefined => descriptorOf(world, fd);

  /** One read fills all iovecs and waits at most once: not at all with data in hand. */
  function readStdin(file: StdinFd, iovs: number, iovsLength: number, nread: number): MaybeWaiting {
    const stdin = file.channel;
    const fill = (): Errno => {
      const buffers = memory.buffers(iovs, iovsLength);
      memory.checkSize(nread);
      let count = 0;
      for (const buffer of buffers) {
        const part = stdin.read(buffer);
        count += part;
        if (part < buffer.length) break;
      }
      memory.setSize(nread, count);
      return wasi.ERRNO_SUCCESS;
    };
    const isReady = (): boolean => stdin.available > 0 || stdin.ended;
    if (isReady() || totalLength(memory.buffers(iovs, iovsLength)) === 0) return fill();
    if (file.nonblocking) return wasi.ERRNO_AGAIN;
    return after(waitUntil(world, isReady, Infinity, 'read'), fill);
  }

  function read(fd: number, iovs: number, iovsLength: number, nread: number): MaybeWaiting {
    const file = descriptor(fd);
    if (file === undefined) return wasi.ERRNO_BADF;
    if (file instanceof MemoryDirectoryFd) return wasi.ERRNO_ISDIR;
    if (lacks(file, wasi.RIGHTS_FD_READ)) return wasi.ERRNO_BADF;
    if (file instanceof StdinFd) return readStdin(file, iovs, iovsLength, nread);
    const buffers = memory.buffers(iovs, iovsLength);
    if (file instanceof MemoryFileFd) {
      memory.checkSize(nread);
      memory.setSize(nread, file.read(buffers));
      return wasi.ERRNO_SUCCESS;
    }
    if (!(file instanceof NullFd)) return wasi.ERRNO_BADF;
    memory.setSize(nread, 0);
    return wasi.ERRNO_SUCCESS;
  }

  /** Output is taken whole, and the program then waits while its reader is too far behind. */
  function writeWhole(sink: OutputSink, isNonblocking: boolean, bytes: Uint8Array, nwritten: number): MaybeWaiting {
    if (isNonblocking && sink.isFull) return wasi.ERRNO_AGAIN;
    memory.checkSize(nwritten);
    const count = bytes.length;
    sink.write(bytes);
    memory.setSize(nwritten, count);
    if (!sink.isFull || isNonblocking) return wasi.ERRNO_SUCCESS;
    return after(
      waitUntil(world, () => !sink.isFull, Infinity),
      () => wasi.ERRNO_SUCCESS,
    );
  }

  /**
   * Waits until there is room, and writes on.
   * @param bytes all bytes of the write, also if memory has grown meanwhile
   * @param done how many of them the pipe has taken
   */
  function writeRest(pipe: OutputPipe, bytes: () => Uint8Array, done: number, nwritten: number): MaybeWaiting {
    return after(
      waitUntil(world, () => !pipe.isFull, Infinity),
      () => {
        const all = bytes();
        const count = done + pipe.take(all.subarray(done));
        if (count < all.length && !pipe.isGone) return writeRest(pipe, bytes, count, nwritten);
        return written(pipe, count, nwritten);
      },
    );
  }

  /** Answers a write of which no more goes into the pipe now. */
  function written(pipe: OutputPipe, count: number, nwritten: number): Errno {
    if (count === 0) return pipe.isGone ? wasi.ERRNO_PIPE : wasi.ERRNO_AGAIN;
    memory.setSize(nwritten, count);
    return wasi.ERRNO_SUCCESS;
  }

  function write(fd: number, iovs: number, iovsLength: number, nwritten: number): MaybeWaiting {
    const file = descriptor(fd);
    if (file === undefined || file instanceof MemoryDirectoryFd || lacks(file, wasi.RIGHTS_FD_WRITE)) {
      return wasi.ERRNO_BADF;
    }
    const buffers = memory.buffers(iovs, iovsLength);
    if (file instanceof MemoryFileFd) {
      memory.checkSize(nwritten);
      const { errno, count } = file.write(buffers);
      memory.setSize(nwritten, count);
      return errno;
    }
    if (!(file instanceof OutputFd)) return wasi.ERRNO_BADF;
    const { sink, nonblocking } = file;
    const bytes = gather(buffers);
    if (!('take' in sink)) return writeWhole(sink, nonblocking, bytes, nwritten);
    memory.checkSize(nwritten);
    const count = sink.take(bytes);
    if (count === bytes.length) {
      memory.setSize(nwritten, count);
      return wasi.ERRNO_SUCCESS;
    }
    if (nonblocking || sink.isGone) return written(sink, count, nwritten);
    // Bytes of one iovec are the program's memory itself.
    const again = buffers.length === 1 ? (): Uint8Array => gather(memory.buffers(iovs, iovsLength)) : () => bytes;
    return writeRest(sink, again, count, nwritten);
  }

  /** A file to read or write at an offset, or what is wrong with that. */
  function positioned(fd: number, right: number, offset: bigint): MemoryFileFd | Errno {
    const file = descriptor(fd);
    if (file === undefined) return wasi.ERRNO_BADF;
    if (file instanceof MemoryDirectoryFd) return right === wasi.RIGHTS_FD_READ ? wasi.ERRNO_ISDIR : wasi.ERRNO_BADF;
    if (lacks(file, right)) return wasi.ERRNO_BADF;
    if (!(file instanceof MemoryFileFd)) return wasi.ERRNO_SPIPE;
    if (!file.may(wasi.RIGHTS_FD_SEEK)) return wasi.ERRNO_NOTCAPABLE;
    return BigInt.asUintN(64, offset) > BigInt(LARGEST_FILE) ? wasi.ERRNO_INVAL : file;
  }

  function pread(fd: number, iovs: number, iovsLength: number, offset: bigint, nread: number): Errno {
    const file = positioned(fd, wasi.RIGHTS_FD_READ, offset);
    if (typeof file === 'number') return file;
    memory.checkSize(nread);
    memory.setSize(nread, file.read(memory.buffers(iovs, iovsLength), Number(offset)));
    return wasi.ERRNO_SUCCESS;
  }

  function pwrite(fd: number, iovs: number, iovsLength: number, offset: bigint, nwritten: number): Errno {
    const file = positioned(fd, wasi.RIGHTS_FD_WRITE, offset);
    if (typeof file === 'number') return file;
    memory.checkSize(nwritten);
    const { errno, count } = file.write(memory.buffers(iovs, iovsLength), Number(offset));
    memory.setSize(nwritten, count);
    return errno;
  }

  function seek(fd: number, offset: bigint, whence: number, pointer: number): Errno {
    const file = descriptor(fd);
    if (file === undefined) return wasi.ERRNO_BADF;
    const view = memory.view;
    view.getBigUint64(pointer, true);
    const { ret, offset: position } = file.fd_seek(offset, whence);
    if (ret === wasi.ERRNO_SUCCESS) view.setBigInt64(pointer, position, true);
    return ret;
  }

  function tell(fd: number, pointer: number): Errno {
    const file = descriptor(fd);
    if (file === undefined) return wasi.ERRNO_BADF;
    const { ret, offset } = file.fd_tell();
    if (ret === wasi.ERRNO_SUCCESS) memory.view.setBigUint64(pointer, offset, true);
    return ret;
  }

  function datasync(fd: number): Errno {
    const file = descriptor(fd);
    if (file === undefined) return wasi.ERRNO_BADF;
    const isFileThatMay = file instanceof MemoryFileFd && file.may(wasi.RIGHTS_FD_DATASYNC);
    return isFileThatMay ? wasi.ERRNO_SUCCESS : file.fd_sync();
  }

  function advise(fd: number, _offset: bigint, _length: bigint, advice: number): Errno {
    const file = descriptor(fd);
    if (file === undefined || file instanceof MemoryDirectoryFd) return wasi.ERRNO_BADF;
    if (!(file instanceof MemoryFileFd)) return wasi.ERRNO_SPIPE;
    if (!file.may(wasi.RIGHTS_FD_ADVISE)) return wasi.ERRNO_NOTCAPABLE;
    return advice > LAST_ADVICE ? wasi.ERRNO_INVAL : wasi.ERRNO_SUCCESS;
  }

  /** Fills the buffer to its end, with a part of an entry if need be: so a caller sees that there is more. */
  function readdir(fd: number, pointer: number, length: number, cookie: bigint, usedPointer: number): Errno {
    const file = descriptor(fd);
    if (file === undefined) return wasi.ERRNO_BADF;
    if (!(file instanceof MemoryDirectoryFd)) return wasi.ERRNO_NOTDIR;
    if (!file.may(wasi.RIGHTS_FD_READDIR)) return wasi.ERRNO_NOTCAPABLE;
    const buffer = memory.bytes(pointer, length);
    memory.checkSize(usedPointer);
    let used = 0;
    const put = (bytes: Uint8Array): void => {
      const part = bytes.subarray(0, length - used);
      buffer.set(part, used);
      used += part.length;
    };
    for (const { name, node, place } of file.entriesFrom(Number(BigInt.asUintN(64, cookie)))) {
      if (used === length) break;
      const entry = new wasi.Dirent(BigInt(place + 1), node.ino, name, node.filetype);
      const bytes = new Uint8Array(entry.head_length() + entry.name_length());
      entry.write_head_bytes(new DataView(bytes.buffer), 0);
      entry.write_name_bytes(bytes, entry.head_length(), entry.name_length());
      put(bytes);
    }
    memory.setSize(usedPointer, used);
    return wasi.ERRNO_SUCCESS;
  }

  function renumber(from: number, to: number): Errno {
    const file = descriptor(from);
    const replaced = descriptor(to);
    if (file === undefined || replaced === undefined) return wasi.ERRNO_BADF;
    if (from === to) return wasi.ERRNO_SUCCESS;
    replaced.fd_close();
    shim.fds[to] = file;
    closeDescriptor(world, from);
    return wasi.ERRNO_SUCCESS;
  }

  return {
    fd_read: read,
    fd_write: write,
    fd_pread: pread,
    fd_pwrite: pwrite,
    fd_seek: seek,
    fd_tell: tell,
    fd_datasync: datasync,
    fd_advise: advise,
    fd_readdir: readdir,
    fd_renumber: renumber,
  };
}
