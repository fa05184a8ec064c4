/** Checks a plugin before it runs, so that what is wrong with it is said in a sentence, not by the engine's linker. */
import { PluginError } from './plugin-error.ts';

/** A plugin, compiled or not. */
export type PluginSource = WebAssembly.Module | BufferSource;

/** The exports of a WASI command. */
export interface CommandExports {
  readonly memory: WebAssembly.Memory;
  readonly _start: WebAssembly.ExportValue;
}

const PREVIEW1 = 'wasi_snapshot_preview1';
const MAGIC = '00 61 73 6d';
const CORE_VERSION = '01 00 00 00';
const COMPONENT_VERSION = '0d 00 01 00';

/** What plugins import that were built for something else. */
const OTHER_TARGETS: readonly { readonly module: RegExp; readonly hint: string }[] = [
  { module: /^(?:gojs|go)$/u, hint: 'it was built with GOOS=js: build it with GOOS=wasip1 GOARCH=wasm' },
  { module: /^wasi_unstable$/u, hint: 'it was built for an older WASI: build it for wasm32-wasip1' },
  { module: /^wasi:/u, hint: 'it was built for a newer WASI: build it for wasm32-wasip1' },
  { module: /^wbg$|_bg\.js$/u, hint: 'it was built with wasm-bindgen: build it for wasm32-wasip1' },
];

function hex(bytes: Uint8Array): string {
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join(' ');
}

function bytesOf(source: BufferSource): Uint8Array {
  return ArrayBuffer.isView(source)
    ? new Uint8Array(source.buffer, source.byteOffset, source.byteLength)
    : new Uint8Array(source);
}

function checkHeader(bytes: Uint8Array): void {
  const found = hex(bytes.subarray(0, 4));
  if (found !== MAGIC) {
    const text = new TextDecoder().decode(bytes.subarray(0, 16));
    throw new PluginError(
      'module',
      `expected a WebAssembly module, which begins with ${MAGIC}, found ${found === '' ? 'no bytes' : `${found} (${JSON.stringify(text)})`}; ` +
        'look at what its address answers: a file that is missing is often answered with a page',
    );
  }
  if (hex(bytes.subarray(4, 8)) === COMPONENT_VERSION) {
    throw new PluginError(
      'module',
      `expected a core module of WebAssembly (version ${CORE_VERSION}), found a component; build the plugin for wasm32-wasip1`,
    );
  }
}

/** @throws PluginError if it is not a WebAssembly module */
export async function compilePlugin(source: PluginSource): Promise<WebAssembly.Module> {
  if (source instanceof WebAssembly.Module) return source;
  const bytes = bytesOf(source);
  checkHeader(bytes);
  try {
    return await WebAssembly.compile(source);
  } catch (error) {
    if (!(error instanceof WebAssembly.CompileError)) throw error;
    throw new PluginError(
      'module',
      `expected a whole and valid WebAssembly module, found ${String(bytes.length)} bytes that do not compile: ${error.message}; ` +
        'compare the length with that of the file: it may have been cut short',
      error,
    );
  }
}

function quoted(names: readonly string[]): string {
  return names.length === 0 ? '(none)' : names.map((name) => `"${name}"`).join(', ');
}

/** @throws PluginError if the module imports what `imports` does not have */
export function checkImports(module: WebAssembly.Module, imports: WebAssembly.Imports): void {
  const missing = WebAssembly.Module.imports(module).filter(
    ({ module: from, name }) => imports[from]?.[name] === undefined,
  );
  if (missing.length === 0) return;
  const hint = OTHER_TARGETS.find((target) => missing.some(({ module: from }) => target.module.test(from)))?.hint;
  throw new PluginError(
    'imports',
    `expected a plugin that imports functions of "${PREVIEW1}" only, found ${missing
      .map(({ module: from, name, kind }) => `"${from}"."${name}" (${kind})`)
      .join(', ')}; ${hint ?? 'build it for wasm32-wasip1, or hand over what is missing as "imports"'}`,
  );
}

/** @throws PluginError if the module is not a command */
export function checkExports(module: WebAssembly.Module): void {
  const exports = WebAssembly.Module.exports(module);
  const has = (name: string, kind: WebAssembly.ImportExportKind): boolean =>
    exports.some((one) => one.name === name && one.kind === kind);
  if (has('_start', 'function') && has('memory', 'memory')) return;
  const found = exports.map(({ name }) => name);
  if (has('_initialize', 'function') && !has('_start', 'function')) {
    throw new PluginError(
      'exports',
      'expected a command, which exports "_start", found a reactor, which exports "_initialize"; ' +
        'build it with a main function, without -mexec-model=reactor or -buildmode=c-shared',
    );
  }
  throw new PluginError(
    'exports',
    `expected a command that exports the function "_start" and the memory "memory", found the exports ${quoted(found)}; ` +
      'build it as a program with a main function, for wasm32-wasip1',
  );
}

/** The exports of an instance whose module was checked. */
export function commandExports(instance: WebAssembly.Instance): CommandExports {
  return instance.exports as unknown as CommandExports;
}
