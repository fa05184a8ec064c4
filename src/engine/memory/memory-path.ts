import { wasi } from '@bjorn3/browser_wasi_shim';
import type { Errno } from '../wasi/descriptor.ts';
import { MemoryDirectory } from './memory-directory.ts';
import { MemorySymlink, type MemoryNode } from './memory-node.ts';

/** Linux' limits: `PATH_MAX`, `NAME_MAX`, `MAXSYMLINKS`. */
const LONGEST_PATH = 4096;
const LONGEST_NAME = 255;
const MOST_LINKS = 40;

/**
 * What to do with a symbolic link at the end of a path:
 * - `always` follow it (`lookupflags::symlink_follow`)
 * - `if-slash`: follow it only if a slash comes after it, since the path then means a directory
 * - `never`: the call makes, moves or removes the name itself
 */
export type FollowLast = 'always' | 'if-slash' | 'never';

/** Where a path leads. */
export interface ResolvedPath {
  /** The directory that holds the name, or would. */
  readonly parent: MemoryDirectory;
  /** The last component; `.` or `..` if the path ends in one. */
  readonly name: string;
  readonly node: MemoryNode | undefined;
  /** The path ended in a slash: it means a directory. */
  readonly isSlashed: boolean;
}

function byteLength(text: string): number {
  return new TextEncoder().encode(text).length;
}

function componentsOf(path: string): string[] {
  return path.split('/').filter((component) => component !== '');
}

/** True if a path is `.` or `..` in the end, and so names a directory without a name of its own. */
export function isDots(name: string): boolean {
  return name === '.' || name === '..';
}

/**
 * Follows `path` from `start`, which it cannot leave: neither by `..`, nor by a leading slash, nor by a symbolic link.
 *
 * @returns EPERM where it would leave `start`, ENOENT, ENOTDIR, ELOOP, ENAMETOOLONG, or EINVAL for a zero byte. A last
 *   component that is not there is no error here.
 */
export function resolvePath(start: MemoryDirectory, path: string, followLast: FollowLast): ResolvedPath | Errno {
  if (path === '') return wasi.ERRNO_NOENT;
  if (path.includes('\0')) return wasi.ERRNO_INVAL;
  // The suite accepts EPERM in every version; ENOTCAPABLE, which the specification has for it, only in later ones.
  if (path.startsWith('/')) return wasi.ERRNO_PERM;
  if (byteLength(path) >= LONGEST_PATH) return wasi.ERRNO_NAMETOOLONG;

  let isSlashed = path.endsWith('/');
  let links = 0;
  const visited: MemoryDirectory[] = [];
  let directory = start;
  const remaining = componentsOf(path).reverse();
  for (;;) {
    const name = remaining.pop() ?? '.';
    const isLast = remaining.length === 0;
    if (isDots(name)) {
      if (name === '..') {
        const above = visited.pop();
        if (above === undefined) return wasi.ERRNO_PERM;
        directory = above;
      }
      if (isLast) return { parent: directory.parent, name, node: directory, isSlashed };
      continue;
    }
    if (byteLength(name) > LONGEST_NAME) return wasi.ERRNO_NAMETOOLONG;

    const node = directory.get(name);
    const mustFollow = !isLast || followLast === 'always' || (followLast === 'if-slash' && isSlashed);
    if (node instanceof MemorySymlink && mustFollow) {
      links += 1;
      if (links > MOST_LINKS) return wasi.ERRNO_LOOP;
      if (node.target.startsWith('/')) return wasi.ERRNO_PERM;
      if (isLast && node.target.endsWith('/')) isSlashed = true;
      remaining.push(...componentsOf(node.target).reverse());
      continue;
    }
    if (isLast) {
      const isOther = node !== undefined && !(node instanceof MemoryDirectory);
      return isSlashed && isOther ? wasi.ERRNO_NOTDIR : { parent: directory, name, node, isSlashed };
    }
    if (node === undefined) return wasi.ERRNO_NOENT;
    if (!(node instanceof MemoryDirectory)) return wasi.ERRNO_NOTDIR;
    visited.push(directory);
    directory = node;
  }
}
