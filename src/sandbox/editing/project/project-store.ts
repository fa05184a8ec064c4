import { words } from '#words/editing/project';
import { isProjectPath, LARGEST_PROJECT, MOST_FILES, type ProjectFile } from './project.ts';

/** A new form of what is stored gets a new version, and what an older page stored is then left alone. */
const VERSION = 1;

/** What a reader made of an example, as this browser keeps it. */
export interface StoredEdits {
  readonly files: readonly ProjectFile[];
  /** The example was another one when these edits were made. */
  readonly isStale: boolean;
}

/** A store of texts: the browser's own, or a test's. */
export type TextStore = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A list of files out of a link or a store; undefined if it is anything else. */
export function projectFilesOf(value: unknown): readonly ProjectFile[] | undefined {
  if (!Array.isArray(value) || value.length > MOST_FILES) return undefined;
  const files: ProjectFile[] = [];
  let size = 0;
  for (const pair of value as readonly unknown[]) {
    if (!Array.isArray(pair) || pair.length !== 2) return undefined;
    const [path, text] = pair as readonly unknown[];
    if (typeof path !== 'string' || typeof text !== 'string' || !isProjectPath(path)) return undefined;
    size += text.length;
    if (size > LARGEST_PROJECT || files.some((file) => file.path === path)) return undefined;
    files.push({ path, text });
  }
  return files;
}

/** A short name for texts, to tell whether they are the same ones: FNV-1a over their UTF-16 units. */
function fingerprint(files: readonly ProjectFile[]): string {
  let hash = 0x811c9dc5;
  for (const { path, text } of files) {
    for (const unit of `${path}\0${text}\0`) hash = Math.imul(hash ^ (unit.codePointAt(0) ?? 0), 0x01000193) >>> 0;
  }
  return hash.toString(16);
}

/** Keeps a reader's edits of one example in the browser, and nowhere else. */
export class ProjectStore {
  readonly #store: () => TextStore;
  readonly #key: string;

  /** @param store opens the store, which a browser may refuse @param example whose edits these are */
  constructor(store: () => TextStore, example: string) {
    this.#store = store;
    this.#key = `block-or-eof/edits/${String(VERSION)}/${example}`;
  }

  /** The edits kept here, if there are any that can be read. @param original the example as it is now */
  load(original: readonly ProjectFile[]): StoredEdits | undefined {
    try {
      const text = this.#store().getItem(this.#key);
      if (text === null) return undefined;
      const value = JSON.parse(text) as unknown;
      if (!isRecord(value)) return undefined;
      const files = projectFilesOf(value['files']);
      return files && { files, isStale: value['of'] !== fingerprint(original) };
    } catch {
      // Storage is refused, or something else wrote there: the reader starts from the example.
      return undefined;
    }
  }

  /**
   * Keeps edits.
   * @returns why they could not be kept, as a sentence for the reader; undefined if they are
   */
  save(original: readonly ProjectFile[], files: readonly ProjectFile[]): string | undefined {
    const value = { of: fingerprint(original), files: files.map(({ path, text }) => [path, text]) };
    try {
      this.#store().setItem(this.#key, JSON.stringify(value));
      return undefined;
    } catch {
      return words.notKept;
    }
  }

  /** Lets go of what was kept. */
  forget(): void {
    try {
      this.#store().removeItem(this.#key);
    } catch {
      // Nothing was kept either.
    }
  }
}
