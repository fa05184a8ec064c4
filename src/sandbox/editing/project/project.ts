import { words } from '#words/editing/project';
import type { SourceFile, Target } from '../../../protocol/toolchain.ts';

/** One file of a project. */
export interface ProjectFile {
  /** The folder says whose it is, e.g. `host/main.go` or `plugin/reader.go`. */
  readonly path: string;
  readonly text: string;
}

/** A project is no larger than this, in UTF-16 units: a link, the browser's storage and the compiler take it. */
export const LARGEST_PROJECT = 262_144;
/** And has no more files. */
export const MOST_FILES = 20;

/** The file that each target starts with, and that can't be removed. */
const MAIN = 'main.go';

/** What is a file's name on every system. `go build` leaves out `_test.go`, and nothing here runs it. */
const FILE_NAME = /^[A-Za-z](?!\w*_test\.go$)\w{0,40}\.go$/u;

/** Whose file this is. */
export function targetOf(path: string): Target {
  return path.startsWith('host/') ? 'host' : 'plugin';
}

/** A path without its folder. */
export function nameOf(path: string): string {
  return path.slice(path.indexOf('/') + 1);
}

/** A plugin in WebAssembly's text form, which the page assembles. */
export const WAT_FILE = 'plugin/main.wat';

/** True if this path may be in a project. */
export function isProjectPath(path: string): boolean {
  if (path === WAT_FILE) return true;
  const folder = /^(?:host|plugin)\//u.exec(path)?.[0];
  return folder !== undefined && FILE_NAME.test(path.slice(folder.length));
}

/**
 * The Go files of a host and its plugin, as the example has them and as the reader has changed them. A target without a file is
 * not written in Go here: it is prebuilt.
 */
export class Project {
  readonly #original: readonly ProjectFile[];
  readonly #files: Map<string, string>;

  constructor(original: readonly ProjectFile[]) {
    this.#original = original;
    this.#files = new Map(original.map(({ path, text }) => [path, text]));
  }

  /** All files, the host's first; `main.go` before the others, which are in the order in which they were added. */
  get files(): readonly ProjectFile[] {
    const rank = (path: string): number => (targetOf(path) === 'host' ? 0 : 2) + (this.isRemovable(path) ? 1 : 0);
    return [...this.#files].map(([path, text]) => ({ path, text })).sort((a, b) => rank(a.path) - rank(b.path));
  }

  /** As the example has them. */
  get original(): readonly ProjectFile[] {
    return this.#original;
  }

  has(path: string): boolean {
    return this.#files.has(path);
  }

  /** The file's text now; empty for a file that is not there. */
  text(path: string): string {
    return this.#files.get(path) ?? '';
  }

  /** The file's text in the example; empty for a file that was added. */
  originalText(path: string): string {
    return this.#original.find((file) => file.path === path)?.text ?? '';
  }

  setText(path: string, text: string): void {
    if (this.#files.has(path)) this.#files.set(path, text);
  }

  /** Whether a target is written in Go here. */
  isEditable(target: Target): boolean {
    return this.#files.has(`${target}/${MAIN}`);
  }

  /** Whether anything differs from the example: in one target, or at all. */
  isChanged(target?: Target): boolean {
    const concerns = (path: string): boolean => target === undefined || targetOf(path) === target;
    const files = [...this.#files].filter(([path]) => concerns(path));
    return (
      files.length !== this.#original.filter(({ path }) => concerns(path)).length ||
      files.some(([path, text]) => this.#isFileChanged(path, text))
    );
  }

  /** Paths whose text differs from the example's; added files too. */
  get changedPaths(): readonly string[] {
    return this.files.filter(({ path, text }) => this.#isFileChanged(path, text)).map(({ path }) => path);
  }

  #isFileChanged(path: string, text: string): boolean {
    return this.#original.find((file) => file.path === path)?.text !== text;
  }

  /** What the compiler is given for a target. */
  sourcesOf(target: Target): readonly SourceFile[] {
    return this.files
      .filter(({ path }) => targetOf(path) === target && path !== WAT_FILE)
      .map(({ path, text }) => ({ name: nameOf(path), text }));
  }

  /** Why a file of this name can't be added, as a sentence for the reader; undefined if it can. */
  whyNot(target: Target, name: string): string | undefined {
    if (!FILE_NAME.test(name)) return words.badName(name.slice(0, 60));
    // Some systems take names for the same that differ only in case.
    const path = `${target}/${name}`.toLowerCase();
    const there = [...this.#files.keys()].find((other) => other.toLowerCase() === path);
    if (there !== undefined) return words.isThere(there);
    if (this.#files.size >= MOST_FILES) return words.isFull(MOST_FILES);
    return undefined;
  }

  /** Adds a file with only its package clause. `whyNot` must be undefined for it. @returns its path */
  add(target: Target, name: string): string {
    const path = `${target}/${name}`;
    this.#files.set(path, 'package main\n');
    return path;
  }

  /** Only files that were added can be removed, not those that each program has. */
  isRemovable(path: string): boolean {
    return nameOf(path) !== MAIN && path !== WAT_FILE;
  }

  remove(path: string): void {
    if (this.isRemovable(path)) this.#files.delete(path);
  }

  /** Takes these files in place of what there is. A `main.go` that is missing among them stays as the example has it. */
  restore(files: readonly ProjectFile[]): void {
    this.#files.clear();
    for (const { path, text } of [...this.#original.filter((file) => !this.isRemovable(file.path)), ...files]) {
      if (isProjectPath(path) && this.#belongs(path)) this.#files.set(path, text);
    }
  }

  /** Files of a target that is not written in this language here have no place. */
  #belongs(path: string): boolean {
    return this.#original.some((file) => file.path === (path === WAT_FILE ? path : `${targetOf(path)}/${MAIN}`));
  }
}
