/**
 * A reader's edits in the browser's storage, and nowhere else.
 *
 * Form: `block-or-eof/edits/1/NAME~NUMBER`, several of them for edits of the same program that stand beside each other. The number
 * is drawn by chance, so that two tabs never begin in the same place; older pages wrote `NAME`, `NAME~2` and so on. Each is the
 * JSON of `{ of, at, files, from }`: a name for the texts that were edited, when (ms since 1970), the files that
 * were changed, and the texts that were edited. What an older page wrote has all files, and neither `at` nor `from`.
 */
import { isProjectPath, LARGEST_PROJECT, MOST_FILES, type ProjectFile } from './project.ts';

/** A new form of what is stored gets a new version, and what an older page stored is then left alone. */
const VERSION = 1;
const PREFIX = `block-or-eof/edits/${String(VERSION)}/`;

/** A store of texts: the browser's own, or a test's. */
export type TextStore = Pick<Storage, 'getItem' | 'setItem' | 'removeItem' | 'key' | 'length'>;

/** A place of the store, and what was in it when this page last read or wrote it. */
export interface Slot {
  readonly key: string;
  readonly seen: string | null;
}

/** What a reader made of an example, as this browser keeps it. */
export interface StoredEdits {
  readonly slot: Slot;
  /** As it stands in the store. */
  readonly raw: string;
  /** The files that were changed; undefined if they can't be read. */
  readonly files: readonly ProjectFile[] | undefined;
  /** The example as it was when it was edited; undefined if nobody wrote it down. */
  readonly from: readonly ProjectFile[] | undefined;
  /** The example was another one when these edits were made. */
  readonly isStale: boolean;
  /** When they were kept last, in ms since 1970; 0 if nobody knows. */
  readonly at: number;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * A list of files out of a link or a store; undefined if it is anything else.
 * @param most UTF-16 units; a link comes from anywhere, but what a reader typed is read however much it is
 */
export function projectFilesOf(value: unknown, most = LARGEST_PROJECT): readonly ProjectFile[] | undefined {
  if (!Array.isArray(value) || value.length > MOST_FILES) return undefined;
  const files: ProjectFile[] = [];
  let size = 0;
  for (const pair of value as readonly unknown[]) {
    if (!Array.isArray(pair) || pair.length !== 2) return undefined;
    const [path, text] = pair as readonly unknown[];
    if (typeof path !== 'string' || typeof text !== 'string' || !isProjectPath(path)) return undefined;
    size += text.length;
    if (size > most || files.some((file) => file.path === path)) return undefined;
    files.push({ path, text });
  }
  return files;
}

/** A short name for texts, to tell whether they are the same ones: FNV-1a over their UTF-16 units. */
export function fingerprint(files: readonly ProjectFile[]): string {
  let hash = 0x811c9dc5;
  for (const { path, text } of files) {
    for (const unit of `${path}\0${text}\0`) hash = Math.imul(hash ^ (unit.codePointAt(0) ?? 0), 0x01000193) >>> 0;
  }
  return hash.toString(16);
}

/** Files as links and the store have them. */
export function pairsOf(files: readonly ProjectFile[]): readonly (readonly [string, string])[] {
  return files.map(({ path, text }) => [path, text]);
}

/**
 * The browser's storage, and beside it the page's own memory for what the browser refuses: that stays until the reader leaves.
 */
export class PageStore {
  readonly #browser: () => TextStore;
  readonly #here = new Map<string, string>();

  /** @param browser opens the storage, which a browser may refuse */
  constructor(browser: () => TextStore) {
    this.#browser = browser;
  }

  /** What the browser keeps there; null if nothing, or if it may not be asked. */
  inBrowser(key: string): string | null {
    try {
      return this.#browser().getItem(key);
    } catch {
      return null;
    }
  }

  get(key: string): string | null {
    return this.#here.get(key) ?? this.inBrowser(key);
  }

  /** Keeps a text. @returns false if it stays in this page only */
  set(key: string, text: string): boolean {
    try {
      this.#browser().setItem(key, text);
      this.#here.delete(key);
      return true;
    } catch {
      this.#here.set(key, text);
      return false;
    }
  }

  remove(key: string): void {
    this.#here.delete(key);
    try {
      this.#browser().removeItem(key);
    } catch {
      // Nothing was kept either.
    }
  }

  /** Names of programs of which there are edits. */
  get names(): readonly string[] {
    const names = this.#keys.filter((key) => key.startsWith(PREFIX)).map((key) => key.slice(PREFIX.length));
    return [...new Set(names.map((name) => name.replace(/~\d+$/u, '')))];
  }

  get #keys(): readonly string[] {
    const keys = new Set(this.#here.keys());
    try {
      const browser = this.#browser();
      for (let index = 0; index < browser.length; index += 1) keys.add(browser.key(index) ?? '');
    } catch {
      // Then there are only those of this page.
    }
    return [...keys];
  }

  /** Keys of a program's edits. */
  keysOf(name: string): readonly string[] {
    const first = PREFIX + name;
    return this.#keys.filter(
      (key) => key === first || (/^~\d+$/u.test(key.slice(first.length)) && key.startsWith(first)),
    );
  }
}

/** The edits of one program: one or several beside each other. */
export class ProjectStore {
  readonly #store: PageStore;
  readonly #name: string;

  /** @param name whose edits these are */
  constructor(store: PageStore, name: string) {
    this.#store = store;
    this.#name = name;
  }

  /** Whether a key of the browser's storage is of these edits. */
  concerns(key: string): boolean {
    return this.#store.keysOf(this.#name).includes(key);
  }

  /**
   * All edits that are kept, the last ones first. What can't be read is among them, since it is the reader's too.
   * @param original the example as it is now
   */
  list(original: readonly ProjectFile[]): readonly StoredEdits[] {
    const now = fingerprint(original);
    return this.#store
      .keysOf(this.#name)
      .flatMap((key) => {
        const raw = this.#store.get(key);
        return raw === null ? [] : [this.#read(key, raw, now)];
      })
      .sort((one, other) => other.at - one.at);
  }

  #read(key: string, raw: string, now: string): StoredEdits {
    const unread: StoredEdits = {
      slot: { key, seen: this.#store.inBrowser(key) },
      raw,
      files: undefined,
      from: undefined,
      isStale: false,
      at: 0,
    };
    try {
      const value = JSON.parse(raw) as unknown;
      if (!isRecord(value)) return unread;
      const { of, at, files: kept, from: base } = value;
      const files = projectFilesOf(kept, Infinity);
      if (files === undefined) return unread;
      const from = projectFilesOf(base, Infinity);
      return {
        ...unread,
        // What the reader left alone is as the example has it now.
        files: files.filter(({ path, text }) => from?.find((file) => file.path === path)?.text !== text),
        from,
        isStale: of !== now,
        at: typeof at === 'number' ? at : 0,
      };
    } catch {
      return unread;
    }
  }

  /**
   * Keeps edits: in the slot, if it still has what this page saw in it; else beside what is there, which another tab wrote.
   * @param from the example that was edited @param files those that were changed
   * @returns where they are now, and whether the browser keeps them
   */
  save(
    slot: Slot | undefined,
    from: readonly ProjectFile[],
    files: readonly ProjectFile[],
  ): { readonly slot: Slot; readonly isKept: boolean } {
    const text = JSON.stringify({ of: fingerprint(from), at: Date.now(), files: pairsOf(files), from: pairsOf(from) });
    const key = slot !== undefined && this.#store.inBrowser(slot.key) === slot.seen ? slot.key : this.#freeKey();
    const isKept = this.#store.set(key, text);
    return { slot: { key, seen: this.#store.inBrowser(key) }, isKept };
  }

  #freeKey(): string {
    for (;;) {
      const [number = 0] = crypto.getRandomValues(new Uint32Array(1));
      const key = `${PREFIX}${this.#name}~${String(number)}`;
      if (this.#store.get(key) === null) return key;
    }
  }

  /** Keeps a text that is in this form already, or that nobody can read. @returns whether the browser keeps it */
  adopt(raw: string): boolean {
    return this.#store.set(this.#freeKey(), raw);
  }

  /** Lets go of what this page saw in a slot; what another tab wrote there since stays. */
  forget({ key, seen }: Slot): void {
    if (this.#store.inBrowser(key) === seen) this.#store.remove(key);
  }
}

/** This page's. */
export const pageStore = new PageStore(() => localStorage);
