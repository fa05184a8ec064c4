import type {
  BuildResult,
  CheckResult,
  Diagnosed,
  FormatResult,
  PackPart,
  SourceFile,
  Target,
  UnknownImport,
  UnknownImports,
} from '../protocol/toolchain.ts';
import type { Files } from '../engine/memory/memory-tree.ts';
import { parseDiagnostics } from './diagnostics.ts';
import { embedConfig } from './embed.ts';
import { FaultError } from './fault-error.ts';
import { readGo, type GoNeeds } from './go-source.ts';
import { limitMemory } from './limit-memory.ts';
import { readExports, readObjects, type Exports } from './pack-index.ts';
import { runCommand } from './run-command.ts';

/** Gives a part of the pack, not compressed. */
export type LoadPart = (part: PackPart) => Promise<Uint8Array<ArrayBuffer>>;

/** A program that compiled. */
interface Compiled {
  readonly kind: 'compiled';
  /** The linker's input. */
  readonly archive: Uint8Array;
  readonly milliseconds: number;
}

/** What the last program of a target came to; it was compiled, or only checked. */
interface Remembered {
  readonly files: readonly SourceFile[];
  readonly result: Compiled | Extract<CheckResult, { kind: 'ok' }> | Diagnosed | UnknownImports;
}

/** What the compiler is called with. */
interface Job {
  readonly kind: 'job';
  readonly args: readonly string[];
  readonly files: Files;
}

/** The compiler found errors in the program. Other statuses are its own trouble. */
const STATUS_ERRORS = 2;

/** What the compiler writes, and the linker reads. */
const OUTPUT = 'main.a';

const encoder = new TextEncoder();

function bytesOf(file: SourceFile): Uint8Array {
  return 'text' in file ? encoder.encode(file.text) : file.bytes;
}

function sameFile(a: SourceFile, b: SourceFile | undefined): boolean {
  if (a.name !== b?.name) return false;
  if ('text' in a) return 'text' in b && a.text === b.text;
  if ('text' in b || a.bytes.length !== b.bytes.length) return false;
  return a.bytes.every((byte, index) => byte === b.bytes[index]);
}

function sameFiles(a: readonly SourceFile[], b: readonly SourceFile[]): boolean {
  return a.length === b.length && a.every((file, index) => sameFile(file, b[index]));
}

function isGo(file: SourceFile): file is SourceFile & { readonly text: string } {
  return 'text' in file && file.name.endsWith('.go');
}

/** A path in the tools' file system. */
function packageFile(path: string): string {
  return `packages/${path}.a`;
}

function importConfig(packages: ReadonlyMap<string, Uint8Array>): Uint8Array {
  const lines = [...packages.keys()].map((path) => `packagefile ${path}=${packageFile(path)}\n`);
  return encoder.encode(lines.join(''));
}

function packageFiles(packages: ReadonlyMap<string, Uint8Array>): Record<string, Uint8Array> {
  return Object.fromEntries([...packages].map(([path, archive]) => [packageFile(path), archive]));
}

/** Loads something once; a failure is forgotten, so that the next call tries again. */
function once<T>(load: () => Promise<T>): () => Promise<T> {
  let loading: Promise<T> | undefined;
  return () => {
    loading ??= load().catch((error: unknown) => {
      loading = undefined;
      throw error;
    });
    return loading;
  };
}

/**
 * The Go compiler, linker and gofmt. Their modules are kept, their memory is not; the last program of each target is kept
 * compiled, so that what was compiled ahead need only be linked.
 */
export class GoToolchain {
  readonly #compile: () => Promise<WebAssembly.Module>;
  readonly #link: () => Promise<WebAssembly.Module>;
  readonly #gofmt: () => Promise<WebAssembly.Module>;
  readonly #exports: () => Promise<Exports>;
  readonly #objects: () => Promise<ReadonlyMap<string, Uint8Array>>;
  readonly #remembered = new Map<Target, Remembered>();

  constructor(load: LoadPart) {
    const module = (part: PackPart): (() => Promise<WebAssembly.Module>) =>
      once(async () => WebAssembly.compile(await load(part)));
    this.#compile = module('compile');
    this.#link = module('link');
    this.#gofmt = module('format');
    this.#exports = once(async () => readExports(await load('exports')));
    this.#objects = once(async () => readObjects(await load('objects')));
  }

  /** Loads parts ahead of their use. */
  async prepare(parts: readonly PackPart[]): Promise<void> {
    const loaders: Readonly<Record<PackPart, () => Promise<unknown>>> = {
      compile: this.#compile,
      exports: this.#exports,
      format: this.#gofmt,
      link: this.#link,
      objects: this.#objects,
    };
    await Promise.all(parts.map((part) => loaders[part]()));
  }

  /** See `Toolchain.check`. */
  async check(target: Target, files: readonly SourceFile[]): Promise<CheckResult> {
    const known = this.#recall(target, files);
    if (known !== undefined) return known.kind === 'compiled' ? { kind: 'ok', milliseconds: 0 } : known;
    const result = await this.#runCompiler(target, files, 'check');
    this.#remembered.set(target, { files, result });
    return result;
  }

  /** Compiles a program ahead of `build`. */
  async compile(target: Target, files: readonly SourceFile[]): Promise<Compiled | Diagnosed | UnknownImports> {
    const known = this.#recall(target, files);
    if (known !== undefined && known.kind !== 'ok') return known;
    const result = await this.#runCompiler(target, files, 'compile');
    this.#remembered.set(target, { files, result });
    return result;
  }

  /** See `Toolchain.build`. */
  async build(target: Target, files: readonly SourceFile[]): Promise<BuildResult> {
    const wasCompiled = this.#recall(target, files)?.kind === 'compiled';
    const compiled = await this.compile(target, files);
    if (compiled.kind !== 'compiled') return compiled;
    const [module, objects] = await Promise.all([this.#link(), this.#objects()]);
    const started = performance.now();
    const { status, stderr, stdout, written } = runCommand({
      module,
      args: ['link', '-o', 'main.wasm', '-importcfg', 'importcfg', '-buildmode=exe', '-s', '-w', OUTPUT],
      files: { ...packageFiles(objects), importcfg: importConfig(objects), [OUTPUT]: compiled.archive },
      writes: 'main.wasm',
    });
    if (status !== 0 || written === undefined) {
      const message = (stderr + stdout).trim();
      return { kind: 'link-error', message: message === '' ? `link: exit status ${String(status)}` : message };
    }
    const wasm = target === 'host' ? limitMemory(written) : written;
    const milliseconds = {
      compile: wasCompiled ? 0 : compiled.milliseconds,
      link: performance.now() - started,
    };
    return { kind: 'built', wasm, milliseconds };
  }

  /** See `Toolchain.format`. */
  async format(file: { readonly name: string; readonly text: string }): Promise<FormatResult> {
    const module = await this.#gofmt();
    const { status, stdout, stderr } = runCommand({
      module,
      args: ['gofmt', file.name],
      files: { [file.name]: encoder.encode(file.text) },
    });
    if (status === 0) return { kind: 'formatted', text: stdout };
    return { kind: 'diagnostics', diagnostics: parseDiagnostics(stderr) };
  }

  #recall(target: Target, files: readonly SourceFile[]): Remembered['result'] | undefined {
    const remembered = this.#remembered.get(target);
    return remembered !== undefined && sameFiles(remembered.files, files) ? remembered.result : undefined;
  }

  async #runCompiler(
    target: Target,
    files: readonly SourceFile[],
    mode: 'check',
  ): Promise<Extract<CheckResult, { kind: 'ok' }> | Diagnosed | UnknownImports>;
  async #runCompiler(
    target: Target,
    files: readonly SourceFile[],
    mode: 'compile',
  ): Promise<Compiled | Diagnosed | UnknownImports>;
  async #runCompiler(
    target: Target,
    files: readonly SourceFile[],
    mode: 'check' | 'compile',
  ): Promise<Remembered['result']> {
    const [module, exports] = await Promise.all([this.#compile(), this.#exports()]);
    const started = performance.now();
    const job = makeJob(files, exports, target);
    if (job.kind !== 'job') return job;
    // The variable is the overlay's, see examples/internal/toolchain.
    const env = mode === 'check' ? ['TYPECHECK_ONLY=1'] : [];
    const { status, stdout, stderr, written } = runCommand({ module, ...job, env, writes: OUTPUT });
    const milliseconds = performance.now() - started;
    if (status === 0) {
      if (mode === 'check') return { kind: 'ok', milliseconds };
      if (written !== undefined) return { kind: 'compiled', archive: written, milliseconds };
    }
    const diagnostics = parseDiagnostics(stdout + stderr);
    if (diagnostics.length > 0 && status === STATUS_ERRORS) return { kind: 'diagnostics', diagnostics };
    throw new FaultError({ code: 'compiler-broke-down', status, said: (stdout + stderr).trim() });
  }
}

/** Does what the go command does before it calls the compiler, and calls it as that does ("go build -x"), with one thread. */
function makeJob(files: readonly SourceFile[], exports: Exports, target: Target): Job | Diagnosed | UnknownImports {
  const packages = exports.archives[target];
  const sources = files.filter(isGo).sort((a, b) => (a.name < b.name ? -1 : 1));
  const needs = sources.map(({ name, text }) => ({ file: name, ...readGo(text) }));
  const unknown = unknownImports(needs, packages);
  if (unknown.length > 0) {
    return { kind: 'unknown-imports', unknown, available: [...packages.keys(), 'unsafe'].sort() };
  }
  const embeds = needs.flatMap(({ file, embeds: patterns }) => patterns.map((pattern) => ({ file, pattern })));
  const embedded = embedConfig(embeds, files);
  if ('missing' in embedded) return { kind: 'diagnostics', diagnostics: embedded.missing };
  if (sources.length === 0) {
    // The go command's words.
    const message = 'no Go files';
    return { kind: 'diagnostics', diagnostics: [{ file: '', line: 0, column: 0, message }] };
  }
  return {
    kind: 'job',
    args: [
      ...['compile', '-o', OUTPUT, '-p', 'main', `-lang=${exports.language}`, '-complete', '-c=1'],
      ...['-nolocalimports', '-importcfg', 'importcfg', '-pack'],
      ...(embeds.length > 0 ? ['-embedcfg', 'embedcfg'] : []),
      ...sources.map(({ name }) => name),
    ],
    files: {
      ...packageFiles(packages),
      importcfg: importConfig(packages),
      ...Object.fromEntries(files.map((file) => [file.name, bytesOf(file)])),
      ...(embeds.length > 0 && { embedcfg: encoder.encode(JSON.stringify(embedded.config)) }),
    },
  };
}

function unknownImports(
  needs: readonly (GoNeeds & { readonly file: string })[],
  packages: ReadonlyMap<string, unknown>,
): UnknownImport[] {
  return needs.flatMap(({ file, imports }) =>
    imports
      .filter(({ text }) => text !== 'unsafe' && !packages.has(text))
      .map(({ text, line, column }) => ({ file, line, column, path: text })),
  );
}
