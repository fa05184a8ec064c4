/** Checks a plugin before it runs, so that what is wrong with it is said in a sentence, not by the engine's linker. */
import type { Coded, PluginProblems } from '../../protocol/problems.ts';
import { PluginError } from './plugin-error.ts';

/** A plugin, compiled or not. */
export type PluginSource = WebAssembly.Module | BufferSource;

/** The exports of a WASI command. */
export interface CommandExports {
  readonly memory: WebAssembly.Memory;
  readonly _start: WebAssembly.ExportValue;
}

const MAGIC = '00 61 73 6d';
const COMPONENT_VERSION = '0d 00 01 00';

/** What plugins import that were built for something else. */
const OTHER_TARGETS: readonly { readonly module: RegExp; readonly code: MissingCode }[] = [
  { module: /^(?:gojs|go)$/u, code: 'imports-of-js' },
  { module: /^wasi_unstable$/u, code: 'imports-of-older-wasi' },
  { module: /^wasi:/u, code: 'imports-of-newer-wasi' },
  { module: /^wbg$|_bg\.js$/u, code: 'imports-of-bindgen' },
];

type MissingCode = 'imports' | Extract<keyof PluginProblems, `imports-of-${string}`>;

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
  if (found === '') throw new PluginError({ code: 'no-bytes' });
  if (found !== MAGIC) {
    throw new PluginError({
      code: 'not-wasm',
      hex: found,
      text: new TextDecoder().decode(bytes.subarray(0, 16)),
    });
  }
  if (hex(bytes.subarray(4, 8)) === COMPONENT_VERSION) throw new PluginError({ code: 'component' });
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
    throw new PluginError({ code: 'no-compile', length: bytes.length, detail: error.message }, error);
  }
}

/** @throws PluginError if the module imports what `imports` does not have */
export function checkImports(module: WebAssembly.Module, imports: WebAssembly.Imports): void {
  const missing = WebAssembly.Module.imports(module).filter(
    ({ module: from, name }) => imports[from]?.[name] === undefined,
  );
  if (missing.length === 0) return;
  const target = OTHER_TARGETS.find((one) => missing.some(({ module: from }) => one.module.test(from)));
  const problem: Coded<PluginProblems, MissingCode> = {
    code: target?.code ?? 'imports',
    imports: missing.map(({ module: from, name, kind }) => `"${from}"."${name}" (${kind})`),
  };
  throw new PluginError(problem);
}

/** @throws PluginError if the module is not a command */
export function checkExports(module: WebAssembly.Module): void {
  const exports = WebAssembly.Module.exports(module);
  const has = (name: string, kind: WebAssembly.ImportExportKind): boolean =>
    exports.some((one) => one.name === name && one.kind === kind);
  if (has('_start', 'function') && has('memory', 'memory')) return;
  if (has('_initialize', 'function') && !has('_start', 'function')) throw new PluginError({ code: 'reactor' });
  throw new PluginError({ code: 'no-command', exports: exports.map(({ name }) => name) });
}

/** The exports of an instance whose module was checked. */
export function commandExports(instance: WebAssembly.Instance): CommandExports {
  return instance.exports as unknown as CommandExports;
}
