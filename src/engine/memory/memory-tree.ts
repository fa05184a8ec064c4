import { EngineError } from '../engine-error.ts';
import { MemoryDirectory } from './memory-directory.ts';
import { MemoryFile } from './memory-file.ts';
import type { Now } from './memory-node.ts';

/** Files by path: relative to the root, with `/` between names. */
export type Files = Readonly<Record<string, Uint8Array>>;

/**
 * Makes a root directory that holds these files, and the directories on their way. Bytes are not copied before a program
 * writes to them.
 *
 * @throws Error for a path that is not of plain names
 */
export function makeTree(files: Files, now: Now): MemoryDirectory {
  const root = new MemoryDirectory(now);
  for (const [path, bytes] of Object.entries(files)) {
    const names = path.split('/');
    const last = names.pop() ?? '';
    const isPlain = [...names, last].every((name) => name !== '' && name !== '.' && name !== '..');
    if (!isPlain || path.includes('\0') || !path.isWellFormed()) {
      throw new EngineError({ code: 'path', path });
    }
    let directory = root;
    for (const name of names) {
      const below = directory.get(name) ?? new MemoryDirectory(now, directory);
      if (!(below instanceof MemoryDirectory)) throw isBoth(path, name);
      if (directory.get(name) === undefined) directory.insert(name, below);
      directory = below;
    }
    if (directory.get(last) !== undefined) throw isBoth(path, last);
    directory.insert(last, new MemoryFile(now, bytes));
  }
  return root;
}

function isBoth(path: string, name: string): Error {
  return new EngineError({ code: 'file-and-directory', path, name });
}

/** The files below a directory, by path. The bytes are those of the files, not a copy. */
export function filesOf(directory: MemoryDirectory, prefix = ''): Map<string, Uint8Array> {
  const files = new Map<string, Uint8Array>();
  for (const { name, node } of directory.entriesFrom(0)) {
    if (node instanceof MemoryFile) files.set(prefix + name, node.contents);
    if (!(node instanceof MemoryDirectory)) continue;
    for (const [path, bytes] of filesOf(node, `${prefix}${name}/`)) files.set(path, bytes);
  }
  return files;
}
