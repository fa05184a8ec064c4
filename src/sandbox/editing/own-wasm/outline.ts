/** The outline of a WebAssembly module (core specification, 5.5): what it imports and exports, and which features it needs. */
import { ByteReader, WasmSyntaxError } from './byte-reader.ts';
import { readValueType, walkConstant, walkInstructions, type OnFeature } from './instructions.ts';
import { isMissing, type WasmFeature } from './wasm-features.ts';

/** A function's type; its value types as their bytes (5.3.5). */
export interface FunctionType {
  readonly params: readonly number[];
  readonly results: readonly number[];
}

export type ExternKind = 'function' | 'table' | 'memory' | 'global' | 'tag';

export interface WasmImport {
  readonly module: string;
  readonly name: string;
  readonly kind: ExternKind;
  /** Of a function. */
  readonly type: FunctionType | undefined;
}

export interface WasmOutline {
  readonly imports: readonly WasmImport[];
  readonly exports: readonly { readonly name: string; readonly kind: ExternKind }[];
  readonly features: ReadonlySet<WasmFeature>;
  /** Of all its memories at the start, in bytes. */
  readonly memory: number;
}

const KINDS: readonly ExternKind[] = ['function', 'table', 'memory', 'global', 'tag'];
const PAGE = 65_536;
/** Magic and version (5.5.16). */
const HEADER_SIZE = 8;
/** Code is read in so large pieces between two pauses, in bytes. */
const PIECE = 1_048_576;

const SECTION = {
  type: 1,
  import: 2,
  table: 4,
  memory: 5,
  global: 6,
  export: 7,
  element: 9,
  code: 10,
  data: 11,
  tag: 13,
} as const;

/**
 * Reads the outline of a module whose sections lie inside of it. Code that it cannot follow is left out: others validate it.
 *
 * @param pause awaited now and then, so that the page stays free
 * @throws WasmSyntaxError if a section ends amid something
 */
export async function readOutline(bytes: Uint8Array, pause: (at: number) => Promise<void>): Promise<WasmOutline> {
  const outline = new OutlineReader();
  const file = new ByteReader(bytes, HEADER_SIZE);
  while (!file.isAtEnd) {
    const id = file.byte();
    const section = file.part(file.unsigned());
    // What comes then may be of a form that is not known here.
    if (outline.isRefused) break;
    if (id === SECTION.code) await outline.readCode(section, pause);
    else outline.read(id, section);
  }
  return outline;
}

class OutlineReader implements WasmOutline {
  readonly imports: WasmImport[] = [];
  readonly exports: { readonly name: string; readonly kind: ExternKind }[] = [];
  readonly features = new Set<WasmFeature>();
  memory = 0;
  #memories = 0;
  /** In order; undefined for what is no function's. */
  readonly #types: FunctionType[] = [];
  readonly #onFeature: OnFeature = (feature) => this.features.add(feature);

  /** wazero has no way to run it. */
  get isRefused(): boolean {
    return [...this.features].some(isMissing);
  }

  read(id: number, section: ByteReader): void {
    switch (id) {
      case SECTION.type:
        this.#readTypes(section);
        break;
      case SECTION.import:
        section.list(() => this.#readImport(section));
        break;
      case SECTION.table:
        section.list(() => this.#readTable(section));
        break;
      case SECTION.memory:
        section.list(() => this.#readMemory(section));
        break;
      case SECTION.global:
        section.list(() => {
          readValueType(section, this.#onFeature);
          section.skip(1);
          walkConstant(section, this.#onFeature);
        });
        break;
      case SECTION.export:
        section.list(() => {
          this.exports.push({ name: section.text(), kind: kindOf(section) });
          section.skipNumber();
        });
        break;
      case SECTION.element:
        section.list(() => this.#readElements(section));
        break;
      case SECTION.data:
        section.list(() => this.#readData(section));
        break;
      case SECTION.tag:
        this.features.add('exceptions');
        break;
    }
  }

  async readCode(section: ByteReader, pause: (at: number) => Promise<void>): Promise<void> {
    let pausedAt = section.at;
    for (let left = section.unsigned(); left > 0 && !this.isRefused; left -= 1) {
      const body = section.part(section.unsigned());
      try {
        body.list(() => {
          body.skipNumber();
          readValueType(body, this.#onFeature);
        });
        walkInstructions(body, this.#onFeature);
      } catch (error) {
        if (!(error instanceof WasmSyntaxError)) throw error;
      }
      if (section.at - pausedAt < PIECE) continue;
      pausedAt = section.at;
      await pause(pausedAt);
    }
  }

  #readTypes(section: ByteReader): void {
    for (let left = section.unsigned(); left > 0; left -= 1) {
      if (section.byte() !== 0x60) {
        // A structure, an array, a subtype, or a group of types: behind it nothing has a known form.
        this.features.add('gc');
        return;
      }
      const params = section.list(() => readValueType(section, this.#onFeature));
      this.#types.push({ params, results: section.list(() => readValueType(section, this.#onFeature)) });
    }
  }

  #readImport(section: ByteReader): void {
    const module = section.text();
    const name = section.text();
    const kind = kindOf(section);
    let type: FunctionType | undefined;
    switch (kind) {
      case 'function':
        type = this.#types[section.unsigned()];
        break;
      case 'table':
        this.#readTable(section);
        break;
      case 'memory':
        this.#readMemory(section);
        break;
      case 'global':
        readValueType(section, this.#onFeature);
        section.skip(1);
        break;
      case 'tag':
        this.features.add('exceptions');
        section.skip(1);
        section.skipNumber();
        break;
    }
    this.imports.push({ module, name, kind, type });
  }

  #readTable(section: ByteReader): void {
    // With an expression for its first elements.
    const hasStart = section.peek() === 0x40;
    if (hasStart) {
      this.features.add('function-references');
      section.skip(2);
    }
    readValueType(section, this.#onFeature);
    this.#readLimits(section);
    if (hasStart) walkConstant(section, this.#onFeature);
  }

  #readMemory(section: ByteReader): void {
    this.memory += this.#readLimits(section) * PAGE;
    this.#memories += 1;
    if (this.#memories > 1) this.features.add('multi-memory');
  }

  /** Limits (5.3.9; memory64 and threads). @returns the smallest size */
  #readLimits(section: ByteReader): number {
    const flags = section.byte();
    if ((flags & 0x02) !== 0) this.features.add('threads');
    if ((flags & 0x04) !== 0) this.features.add('memory64');
    const smallest = section.unsigned();
    if ((flags & 0x01) !== 0) section.skipNumber();
    return smallest;
  }

  /** Elements of a table (5.5.12), whose form is in three bits. */
  #readElements(section: ByteReader): void {
    const form = section.unsigned();
    const isActive = (form & 1) === 0;
    const hasExpressions = (form & 4) !== 0;
    if (isActive) {
      if ((form & 2) !== 0) section.skipNumber();
      walkConstant(section, this.#onFeature);
    }
    if ((form & 3) !== 0) {
      if (hasExpressions) readValueType(section, this.#onFeature);
      else section.skip(1);
    }
    section.list(() => (hasExpressions ? walkConstant(section, this.#onFeature) : section.skipNumber()));
  }

  #readData(section: ByteReader): void {
    const form = section.unsigned();
    if (form === 2) section.skipNumber();
    if (form !== 1) walkConstant(section, this.#onFeature);
    section.skip(section.unsigned());
  }
}

function kindOf(section: ByteReader): ExternKind {
  const kind = KINDS[section.byte()];
  if (kind === undefined) throw new WasmSyntaxError(section.at - 1);
  return kind;
}
