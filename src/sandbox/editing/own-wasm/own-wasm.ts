/**
 * Looks at a reader's own .wasm file before it runs, so that what is wrong with it is said in a sentence, and tells what it
 * imports and what it needs of its host. The file never leaves the browser. Loaded when a file is chosen.
 */

import { words } from '#words/editing/own-plugin';
import { WasmSyntaxError } from './byte-reader.ts';
import type { ForeignFunction } from './host-changes.ts';
import { readOutline, type WasmImport, type WasmOutline } from './outline.ts';
import { featuresCode, isMissing, type SwitchedFeature, type WasmFeature } from './wasm-features.ts';

/** A file that can't be a plugin; the message is for the reader. */
export class OwnWasmError extends Error {
  override readonly name = 'OwnWasmError';
}

/** A plugin that wazero can be given. */
export interface OwnWasm {
  /** Functions of WASI preview1 that it imports, sorted. */
  readonly wasi: readonly string[];
  /** Those of them that wazero answers with ENOSYS, always. */
  readonly unsupported: readonly string[];
  /** Those of them that need files or sockets, which the hosts here give to no plugin. */
  readonly withoutFiles: readonly string[];
  /** A reactor has `_initialize` in place of `_start`: without `_start` nothing runs when a host instantiates it. */
  readonly start: 'command' | 'reactor' | 'none';
  /** Functions that it asks of its own host. */
  readonly foreign: readonly ForeignFunction[];
  /** What its host has to switch on. */
  readonly features: readonly SwitchedFeature[];
  /** Of the file, in bytes. */
  readonly size: number;
  /** At its start, in bytes. */
  readonly memory: number;
}

/** How far it was looked at, in bytes. */
export type OnLook = (at: number) => void;

const PREVIEW1 = 'wasi_snapshot_preview1';

/** wazero, imports/wasi_snapshot_preview1: wasi.go:301, fs.go:336, proc.go:44. */
const STUBS: ReadonlySet<string> = new Set(['fd_fdstat_set_rights', 'proc_raise']);

/** Core specification, 5.5.16: magic and version. A component has another version, and 1 as its layer. */
const MAGIC = [0x00, 0x61, 0x73, 0x6d];
const CORE = [0x01, 0x00, 0x00, 0x00];

/** What else people have at hand, by its first bytes. */
const OTHER_FILES: readonly { readonly start: readonly number[]; readonly what: keyof typeof words.otherFiles }[] = [
  { start: [0x7f, 0x45, 0x4c, 0x46], what: 'elf' },
  { start: [0x4d, 0x5a], what: 'windows' },
  { start: [0xcf, 0xfa, 0xed, 0xfe], what: 'macho' },
  { start: [0x1f, 0x8b], what: 'gzip' },
  { start: [0x50, 0x4b, 0x03, 0x04], what: 'zip' },
  { start: [0x21, 0x3c, 0x61, 0x72], what: 'ar' },
];

/** What `go build` has to be told. */
const GO_TARGET = 'GOOS=wasip1 GOARCH=wasm';
const RUST_TARGET = 'wasm32-wasip1';
const HOW_TO_BUILD = words.howToBuild(
  `${GO_TARGET} go build`,
  'clang --target=wasm32-wasi',
  `rustc --target ${RUST_TARGET}`,
);

/** What modules import that were built for something else, as `module name`. */
const OTHER_TARGETS: readonly { readonly imported: RegExp; readonly hint: string }[] = [
  { imported: /^(?:gojs|go) /u, hint: words.otherTargets.js('GOOS=js', GO_TARGET) },
  { imported: /^wasi_unstable /u, hint: words.otherTargets.oldWasi(RUST_TARGET) },
  { imported: /^wasi:/u, hint: words.otherTargets.newWasi(`${GO_TARGET}, ${RUST_TARGET}`) },
  { imported: /^wasi thread-spawn$/u, hint: words.otherTargets.threads },
  { imported: /^(?:wbg|__wbindgen_\w+|\S*_bg\.js) /u, hint: words.otherTargets.bindgen(RUST_TARGET) },
  {
    // The names of its library; after -O2 and up they are letters, of a module “a”.
    imported: /^env (?:_?emscripten_|_emval_|_embind_|invoke_|__syscall_|__cxa_|_abort_js|__assert_fail)|^a \w{1,2}$/u,
    hint: words.otherTargets.emscripten,
  },
];

const begins = (bytes: Uint8Array, start: readonly number[], at = 0): boolean =>
  bytes.length >= at + start.length && start.every((byte, index) => bytes[at + index] === byte);

/** Unsigned LEB128 (core specification, 5.2.2); undefined if the file ends before it does. */
function readLength(bytes: Uint8Array, at: number): { readonly value: number; readonly next: number } | undefined {
  let value = 0;
  for (let index = 0; index < 5; index += 1) {
    const byte = bytes[at + index];
    if (byte === undefined) return undefined;
    value += (byte & 0x7f) * 2 ** (7 * index);
    if (byte < 0x80) return { value, next: at + index + 1 };
  }
  return { value, next: at + 5 };
}

function checkHeader(bytes: Uint8Array): void {
  if (!begins(bytes, MAGIC)) {
    if (bytes.length < MAGIC.length) {
      throw new OwnWasmError(words.refusals.tooShort(bytes.length));
    }
    const start = new TextDecoder().decode(bytes.subarray(0, 200)).trimStart();
    if (/^(?:;;|\(;|\(\s*module\b)/u.test(start)) {
      throw new OwnWasmError(words.refusals.isText);
    }
    const other = OTHER_FILES.find((file) => begins(bytes, file.start));
    const found =
      other === undefined
        ? words.otherFile(start.replace(/[^\x20-\x7e]/gu, '.').slice(0, 16))
        : words.otherFiles[other.what];
    throw new OwnWasmError(words.refusals.isOther(found, HOW_TO_BUILD));
  }
  if (begins(bytes, CORE, MAGIC.length)) return;
  if (bytes.length < 8) throw cutOff(bytes.length, 8);
  const isComponent = bytes[6] === 1;
  throw new OwnWasmError(
    isComponent ? words.refusals.isComponent(HOW_TO_BUILD) : words.refusals.otherVersion(bytes[4] ?? 0, HOW_TO_BUILD),
  );
}

function cutOff(found: number, expected: number): OwnWasmError {
  return new OwnWasmError(words.refusals.cutOff(expected, found));
}

/** Walks over the sections (core specification, 5.5.2), whose lengths tell where the file must end. */
function checkSections(bytes: Uint8Array): void {
  for (let at = MAGIC.length + CORE.length; at < bytes.length;) {
    const length = readLength(bytes, at + 1);
    if (length === undefined) throw cutOff(bytes.length, bytes.length + 1);
    at = length.next + length.value;
    if (at > bytes.length) throw cutOff(bytes.length, at);
  }
}

/** Lets the page do what it has to. */
function pause(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve));
}

/** @throws OwnWasmError if it is damaged, or has what no host of wazero can run */
async function outlineOf(bytes: Uint8Array<ArrayBuffer>, onLook: OnLook): Promise<WasmOutline> {
  let outline: WasmOutline;
  try {
    outline = await readOutline(bytes, (at) => {
      onLook(at);
      return pause();
    });
  } catch (error) {
    if (!(error instanceof WasmSyntaxError)) throw error;
    throw new OwnWasmError(words.refusals.sectionEnds(error.at));
  }
  const missing = [...outline.features].find(isMissing);
  if (missing !== undefined) throw new OwnWasmError(words.missing[missing]);
  try {
    await WebAssembly.compile(bytes);
  } catch (error) {
    // The browser may lack what wazero has.
    if (outline.features.size > 0) return outline;
    const detail = error instanceof Error ? error.message : String(error);
    throw new OwnWasmError(words.refusals.damaged(detail.slice(0, 300)));
  }
  return outline;
}

/** The functions that it asks of its own host. @throws OwnWasmError if it asks for what no host in Go can give */
function foreignOf(imports: readonly WasmImport[], features: ReadonlySet<WasmFeature>): ForeignFunction[] {
  const foreign = imports.filter(({ module }) => module !== PREVIEW1);
  for (const { module, name, kind } of foreign) {
    const hint = OTHER_TARGETS.find(({ imported }) => imported.test(`${module} ${name}`))?.hint;
    if (hint !== undefined) throw new OwnWasmError(words.refusals.foreignImport(name, module, hint));
    if (kind === 'function') continue;
    const wayOut = kind === 'memory' && features.has('threads') ? words.otherTargets.threads : words.otherTargets.other;
    throw new OwnWasmError(words.refusals.foreignThing(words.kinds[kind], name, module, wayOut));
  }
  return foreign.flatMap(({ module, name, type }) => (type === undefined ? [] : { module, name, ...type }));
}

/**
 * Looks at a file.
 * @throws OwnWasmError if it can't be a plugin of a host here
 */
export async function inspectOwnWasm(
  bytes: Uint8Array<ArrayBuffer>,
  onLook: OnLook = () => undefined,
): Promise<OwnWasm> {
  checkHeader(bytes);
  checkSections(bytes);
  const { imports, exports, features, memory } = await outlineOf(bytes, onLook);
  const foreign = foreignOf(imports, features);
  const names = [...new Set(imports.filter(({ module }) => module === PREVIEW1).map(({ name }) => name))].sort();
  const unknown = names.find((name) => !KNOWN.has(name));
  if (unknown !== undefined) {
    throw new OwnWasmError(words.refusals.unknownImport(unknown, HOW_TO_BUILD));
  }
  const isExported = (name: string): boolean =>
    exports.some((entry) => entry.name === name && entry.kind === 'function');
  return {
    wasi: names,
    unsupported: names.filter((name) => STUBS.has(name)),
    withoutFiles: names.filter((name) => /^(?:path_|sock_|fd_readdir$)/u.test(name)),
    start: isExported('_start') ? 'command' : isExported('_initialize') ? 'reactor' : 'none',
    foreign,
    features: [...features].filter((feature) => !isMissing(feature)),
    size: bytes.length,
    memory,
  };
}

/** Functions of WASI preview1 that wazero offers (internal/wasip1). */
const KNOWN: ReadonlySet<string> = new Set([
  ...['args_get', 'args_sizes_get', 'clock_res_get', 'clock_time_get', 'environ_get', 'environ_sizes_get'],
  ...['fd_advise', 'fd_allocate', 'fd_close', 'fd_datasync', 'fd_fdstat_get', 'fd_fdstat_set_flags'],
  ...['fd_fdstat_set_rights', 'fd_filestat_get', 'fd_filestat_set_size', 'fd_filestat_set_times', 'fd_pread'],
  ...['fd_prestat_get', 'fd_prestat_dir_name', 'fd_pwrite', 'fd_read', 'fd_readdir', 'fd_renumber', 'fd_seek'],
  ...['fd_sync', 'fd_tell', 'fd_write', 'path_create_directory', 'path_filestat_get', 'path_filestat_set_times'],
  ...['path_link', 'path_open', 'path_readlink', 'path_remove_directory', 'path_rename', 'path_symlink'],
  ...['path_unlink_file', 'poll_oneoff', 'proc_exit', 'proc_raise', 'random_get', 'sched_yield', 'sock_accept'],
  ...['sock_recv', 'sock_send', 'sock_shutdown'],
]);

/** A larger file tends to end with a host out of memory: wazero takes many times its size to prepare it. In bytes. */
const LARGE = 30e6;
/** The hosts of the page may have no more memory (HOSTS_PAGES in examples/Makefile), in bytes. */
const HOST_MEMORY = 16_384 * 65_536;

/** What a reader is told of a file that was taken. */
export function describeOwnWasm(found: OwnWasm): string {
  const { wasi, unsupported, withoutFiles, start, foreign, features, size, memory } = found;
  const sentences = [words.own.imports(wasi)];
  if (foreign.length > 0) {
    sentences.push(words.own.foreign(foreign.map(({ module, name }) => `${module}.${name}`)));
  }
  if (features.length > 0) {
    sentences.push(
      words.own.switchedOff(
        features.map((feature) => words.features[feature]),
        featuresCode(features),
      ),
    );
  }
  if (unsupported.length > 0) sentences.push(words.own.unsupported(unsupported));
  if (withoutFiles.length > 0) sentences.push(words.own.withoutFiles(withoutFiles));
  if (start === 'reactor') sentences.push(words.own.isReactor);
  if (start === 'none') sentences.push(words.own.noStart);
  if (size >= LARGE) sentences.push(words.own.isLarge(size));
  if (memory >= HOST_MEMORY / 2) sentences.push(words.own.needsMemory(memory, HOST_MEMORY));
  return sentences.join(' ');
}
