import { wasi } from '@bjorn3/browser_wasi_shim';
import { MemoryNode, type Now } from './memory-node.ts';

/** A name in a directory. */
export interface MemoryEntry {
  readonly name: string;
  readonly node: MemoryNode;
  /** Its place in the listing. Never given to another entry, so that a listing goes on rightly after removals. */
  readonly place: number;
}

/** Places 0 and 1 are `.` and `..`. */
const FIRST_PLACE = 2;

/** A directory's own size, as on ext4. */
const DIRECTORY_SIZE = 4096;

/** A directory in memory. */
export class MemoryDirectory extends MemoryNode {
  override readonly filetype = wasi.FILETYPE_DIRECTORY;
  readonly #entries = new Map<string, MemoryEntry>();
  #listing: readonly MemoryEntry[] | undefined;
  #nextPlace = FIRST_PLACE;
  #subdirectories = 0;
  #parent: MemoryDirectory | undefined;

  /** @param parent undefined for the root, which is its own parent */
  constructor(now: Now, parent?: MemoryDirectory) {
    super(now);
    this.#parent = parent;
    if (parent === undefined) this.names = 1;
  }

  override get size(): number {
    return DIRECTORY_SIZE;
  }

  /** Its name and `.`, and `..` of each directory in it. */
  override get links(): number {
    return this.names === 0 ? 0 : 2 + this.#subdirectories;
  }

  get parent(): MemoryDirectory {
    return this.#parent ?? this;
  }

  /** True after it was removed: it has no name, and nothing can be made in it any more. */
  get isRemoved(): boolean {
    return this.names === 0;
  }

  get isEmpty(): boolean {
    return this.#entries.size === 0;
  }

  get(name: string): MemoryNode | undefined {
    return this.#entries.get(name)?.node;
  }

  /** Gives `node` a name here, which no node has. */
  insert(name: string, node: MemoryNode): void {
    this.#entries.set(name, { name, node, place: this.#nextPlace });
    this.#nextPlace += 1;
    node.names += 1;
    if (node instanceof MemoryDirectory) {
      node.#parent = this;
      this.#subdirectories += 1;
    }
    node.touchChanged();
    this.#noteChange();
  }

  /** Takes a name away from its node. */
  remove(name: string): void {
    const node = this.get(name);
    if (node === undefined) return;
    this.#entries.delete(name);
    node.names -= 1;
    if (node instanceof MemoryDirectory) this.#subdirectories -= 1;
    node.touchChanged();
    this.#noteChange();
  }

  /** Entries from a place on, in the order they were made. */
  entriesFrom(place: number): readonly MemoryEntry[] {
    this.#listing ??= [...this.#entries.values()];
    const listing = this.#listing;
    let [low, high] = [0, listing.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((listing[middle]?.place ?? 0) < place) low = middle + 1;
      else high = middle;
    }
    return listing.slice(low);
  }

  /** True if this is `other` or lies in it. */
  isWithin(other: MemoryDirectory): boolean {
    return this === other || (this.#parent?.isWithin(other) ?? false);
  }

  #noteChange(): void {
    this.#listing = undefined;
    this.touchModified();
  }
}
