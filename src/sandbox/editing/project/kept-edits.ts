/** What a reader can see of one program: the example, what a link brought, and edits that are kept, one of them shown. */
import type { Target } from '../../../protocol/toolchain.ts';
import { ProjectStore, type PageStore, type Slot } from './project-store.ts';
import { targetOf, type Project, type ProjectFile } from './project.ts';

/** A part of a project whose edits are kept by themselves. */
export interface EditsPart {
  /** Names it in the browser's storage. */
  readonly name: string;
  readonly targets: readonly Target[];
}

/** What a link brings. */
export interface LinkedFiles {
  /** The files that were changed. */
  readonly files: readonly ProjectFile[];
  /** The example that they were made of; undefined if the link does not say. */
  readonly from?: readonly ProjectFile[] | undefined;
}

/** One of the things that can be shown. */
export interface Version {
  /** `example`, `link`, or the key of what is kept. */
  readonly id: string;
  readonly kind: 'example' | 'link' | 'kept' | 'unreadable';
  /** When it was kept, in ms since 1970; 0 if nobody knows. */
  readonly at: number;
  readonly files: readonly ProjectFile[];
  /** The example that it was made of, where that was another one, or nobody knows which. */
  readonly isStale: boolean;
  readonly from: readonly ProjectFile[] | undefined;
  readonly slot: Slot | undefined;
  /** As it stands in the store; empty if it does not. */
  readonly raw: string;
}

/** What became of edits. */
export interface Saved {
  readonly isKept: boolean;
  /** Another tab had written in the same place, so that both are kept now. */
  readonly isBeside: boolean;
}

const UNCHANGED = 'example';
const LINK = 'link';

function sameFiles(some: readonly ProjectFile[] | undefined, others: readonly ProjectFile[]): boolean {
  return (
    some?.length === others.length &&
    some.every(({ path, text }) => others.some((other) => other.path === path && other.text === text))
  );
}

/** The edits of one part of a project. */
export class KeptEdits {
  readonly part: EditsPart;
  readonly #store: ProjectStore;
  readonly #project: Project;
  readonly #link: LinkedFiles | undefined;
  #shown: string;
  #slot: Slot | undefined;
  /** The example that the shown edits were made of. */
  #from: readonly ProjectFile[];
  /** The changed files as they were shown or kept last; undefined if they have to be kept again. */
  #settled: readonly ProjectFile[] | undefined = [];
  #isKept = true;

  /**
   * Shows a version in the project.
   * @param link what a link brings of this part
   * @param preferred the version to show, if it is there; else the link's, else what was kept last
   */
  constructor(
    options: { readonly store: PageStore; readonly part: EditsPart; readonly project: Project },
    link: LinkedFiles | undefined,
    preferred: string | undefined,
  ) {
    const { store, part, project } = options;
    this.part = part;
    this.#store = new ProjectStore(store, part.name);
    this.#project = project;
    this.#link = link && { files: this.#of(link.files), from: link.from && this.#of(link.from) };
    const { versions } = this;
    const first =
      versions.find(({ id }) => id === preferred) ??
      versions.find(
        ({ kind, files }) => this.#link !== undefined && kind === 'kept' && sameFiles(this.#link.files, files),
      ) ??
      versions.find(({ kind }) => kind === (this.#link === undefined ? 'kept' : 'link'));
    this.#shown = UNCHANGED;
    this.#from = this.#original;
    this.show(first?.id ?? UNCHANGED);
  }

  /** All that can be shown, the example first. */
  get versions(): readonly Version[] {
    const original = this.#original;
    const none = { at: 0, slot: undefined, raw: '', isStale: false, from: undefined };
    const versions: Version[] = [{ ...none, id: UNCHANGED, kind: 'example', files: [] }];
    const kept: Version[] = [];
    for (const { slot, raw, files, from, isStale, at } of this.#store.list(original)) {
      const common = { id: slot.key, at, from, isStale, slot, raw };
      if (files === undefined) kept.push({ ...common, kind: 'unreadable', files: [] });
      else kept.push({ ...common, kind: 'kept', files: this.#changedIn(files) });
    }
    // What the link brought is the reader's own already where the same is kept.
    if (
      this.#link !== undefined &&
      !kept.some(({ kind, files }) => kind === 'kept' && sameFiles(this.#link?.files, files))
    ) {
      const { files, from } = this.#link;
      const isStale = from !== undefined && !sameFiles(from, original);
      versions.push({ ...none, id: LINK, kind: 'link', files, from, isStale });
    }
    return [...versions, ...kept];
  }

  /** An older page kept the files that were left alone too. */
  #changedIn(files: readonly ProjectFile[]): readonly ProjectFile[] {
    return this.#of(files).filter(({ path, text }) => this.#project.originalText(path) !== text);
  }

  get shownId(): string {
    return this.#shown;
  }

  /** The example that the shown edits were made of. */
  get from(): readonly ProjectFile[] {
    return this.#from;
  }

  /** What is shown. */
  get shown(): Version | undefined {
    return this.versions.find(({ id }) => id === this.#shown);
  }

  /** What can be shown besides, and is not only the example. */
  get others(): readonly Version[] {
    return this.versions.filter(({ id, kind }) => id !== this.#shown && kind !== 'example');
  }

  /** False if the shown edits stay only until the page is left. */
  get isKept(): boolean {
    return this.#isKept;
  }

  /** Puts a version's files into the project. What was shown has to be saved before. */
  show(id: string): void {
    const version = this.versions.find((one) => one.id === id);
    if (version === undefined || version.kind === 'unreadable') return;
    this.#shown = id;
    this.#slot = version.slot;
    this.#from = version.isStale ? (version.from ?? this.#original) : this.#original;
    this.#project.restore([
      ...this.#project.files.filter(({ path }) => !this.#has(path)),
      ...this.#original,
      ...version.files,
    ]);
    this.#settled = this.#changed;
    this.#isKept = version.slot === undefined || version.slot.seen === version.raw;
  }

  /** Keeps what was changed since it was shown. What was only looked at is left as it was, in the store too. */
  save(): Saved {
    const files = this.#changed;
    if (sameFiles(this.#settled, files)) return { isKept: this.#isKept, isBeside: false };
    this.#settled = files;
    if (files.length === 0) {
      if (this.#slot !== undefined) this.#store.forget(this.#slot);
      this.#slot = undefined;
      this.#shown = UNCHANGED;
      this.#from = this.#original;
      this.#isKept = true;
      return { isKept: true, isBeside: false };
    }
    const before = this.#slot;
    const { slot, isKept } = this.#store.save(before, this.#from, files);
    this.#slot = slot;
    this.#shown = slot.key;
    this.#isKept = isKept;
    return { isKept, isBeside: before !== undefined && before.key !== slot.key };
  }

  /**
   * Another tab wrote in the place of the shown edits. If it knew nothing of them, what it wrote has nothing of theirs, and the
   * next `save` keeps them beside it.
   * @param before what that tab found in the place
   */
  wroteOver(key: string, before: string | null): void {
    if (this.#slot?.key === key && this.#slot.seen !== before) this.#settled = undefined;
  }

  /** Whether another tab wrote edits of this part. */
  concerns(key: string): boolean {
    return this.#store.concerns(key);
  }

  get #original(): readonly ProjectFile[] {
    return this.#of(this.#project.original);
  }

  get #changed(): readonly ProjectFile[] {
    const changed = new Set(this.#project.changedPaths);
    return this.#of(this.#project.files).filter(({ path }) => changed.has(path));
  }

  #of(files: readonly ProjectFile[]): readonly ProjectFile[] {
    return files.filter(({ path }) => this.#has(path));
  }

  #has(path: string): boolean {
    return this.part.targets.includes(targetOf(path));
  }
}
