/** What the go command does before it calls the compiler: it picks the files, reads their imports, and finds what they embed. */
import type { Diagnosed, Diagnostic, NotMain, SourceFile, Target, UnknownImports } from '../../protocol/toolchain.ts';
import type { Files } from '../../engine/memory/memory-tree.ts';
import { includesFile } from './build-constraint.ts';
import { embedConfig } from './embed.ts';
import { readGo, type GoNeeds } from './go-source.ts';
import { wrongImports } from './import-paths.ts';
import type { Exports } from '../pack-index.ts';

/** What the compiler is called with. */
export interface Job {
  readonly kind: 'job';
  readonly args: readonly string[];
  readonly files: Files;
  /** What the linker would refuse of a program that compiles. */
  readonly notLinked: NotMain | { readonly kind: 'link-error'; readonly message: string } | undefined;
}

/** What the compiler writes, and the linker reads. */
export const OUTPUT = 'main.a';

const encoder = new TextEncoder();

function bytesOf(file: SourceFile): Uint8Array {
  return 'text' in file ? encoder.encode(file.text) : file.bytes;
}

/** A Go file that is compiled. */
interface Source extends GoNeeds {
  readonly file: string;
}

function isGo(file: SourceFile): file is SourceFile & { readonly text: string } {
  return 'text' in file && file.name.endsWith('.go');
}

/** A path in the tools' file system. */
function packageFile(path: string): string {
  return `packages/${path}.a`;
}

export function importConfig(packages: ReadonlyMap<string, Uint8Array>): Uint8Array {
  const lines = [...packages.keys()].map((path) => `packagefile ${path}=${packageFile(path)}\n`);
  return encoder.encode(lines.join(''));
}

export function packageFiles(packages: ReadonlyMap<string, Uint8Array>): Record<string, Uint8Array> {
  return Object.fromEntries([...packages].map(([path, archive]) => [packageFile(path), archive]));
}

function told(message: string, place: Partial<Diagnostic> = {}): Diagnosed {
  return { kind: 'diagnostics', diagnostics: [{ file: '', line: 0, column: 0, ...place, message }] };
}

/** The Go files that `go build` compiles, with what it says if there are none. */
function pickSources(
  files: readonly SourceFile[],
  exports: Exports,
  target: Target,
): Source[] | Diagnosed | UnknownImports {
  const all = files.filter(isGo).sort((a, b) => (a.name < b.name ? -1 : 1));
  if (all.length === 0) return told('no Go files');
  const picked: Source[] = [];
  const cgo: Source[] = [];
  for (const { name, text } of all) {
    const included = includesFile(name, text, exports.language);
    if (typeof included === 'object') return told(included.error, { file: name });
    if (!included) continue;
    const source = { file: name, ...readGo(text) };
    // There is no cgo for WebAssembly, and the go command leaves out files that need it.
    (source.imports.some(({ text: path }) => path === CGO) ? cgo : picked).push(source);
  }
  if (picked.length > 0) return picked;
  if (cgo.length === 0) return told('build constraints exclude all Go files');
  const unknown = cgo.flatMap((source) => importsOf(source).filter(({ path }) => path === CGO));
  return { kind: 'unknown-imports', unknown, available: availableTo(target, exports) };
}

/** The import path that stands for C. */
const CGO = 'C';

function importsOf({ file, imports }: Source): UnknownImports['unknown'] {
  return imports.map(({ text, line, column }) => ({ file, line, column, path: text }));
}

function availableTo(target: Target, exports: Exports): string[] {
  return [...exports.archives[target].keys(), 'unsafe'].sort();
}

/** What is not yet wrong for the compiler, and can't be started. */
function whyNotLinked(sources: readonly Source[]): Job['notLinked'] {
  const [first] = sources;
  const name = first?.packageName;
  if (first !== undefined && name !== undefined && name.text !== 'main') {
    return { kind: 'not-main', file: first.file, line: name.line, column: name.column, packageName: name.text };
  }
  if (sources.some(({ hasMain }) => hasMain)) return undefined;
  // The linker's words (cmd/link/internal/ld).
  return { kind: 'link-error', message: 'function main is undeclared in the main package' };
}

/** What the compiler is called with: as the go command does it ("go build -trimpath -x"), with one thread. */
export function makeJob(
  files: readonly SourceFile[],
  exports: Exports,
  target: Target,
): Job | Diagnosed | UnknownImports {
  const packages = exports.archives[target];
  const sources = pickSources(files, exports, target);
  if ('kind' in sources) return sources;
  const imports = sources.flatMap(importsOf);
  const wrong = wrongImports(imports);
  if (wrong.length > 0) return { kind: 'diagnostics', diagnostics: wrong };
  const unknown = imports.filter(({ path }) => path !== 'unsafe' && !packages.has(path));
  if (unknown.length > 0) return { kind: 'unknown-imports', unknown, available: availableTo(target, exports) };
  const embeds = sources.flatMap(({ file, embeds: patterns }) => patterns.map((pattern) => ({ file, pattern })));
  const embedded = embedConfig(embeds, files);
  if ('missing' in embedded) return { kind: 'diagnostics', diagnostics: embedded.missing };
  const names = sources.map(({ file }) => file);
  return {
    kind: 'job',
    args: [
      ...['compile', '-o', OUTPUT, '-p', 'main', `-lang=${exports.language}`, '-complete', '-c=1'],
      // Without it, the compiler's later stages and a program's panics name a file by its path in the worker.
      ...['-trimpath', names.map((name) => `/${name}=>${name}`).join(';')],
      ...['-nolocalimports', '-importcfg', 'importcfg', '-pack'],
      ...(embeds.length > 0 ? ['-embedcfg', 'embedcfg'] : []),
      ...names,
    ],
    files: {
      ...packageFiles(packages),
      importcfg: importConfig(packages),
      ...Object.fromEntries(files.map((file) => [file.name, bytesOf(file)])),
      ...(embeds.length > 0 && { embedcfg: encoder.encode(JSON.stringify(embedded.config)) }),
    },
    notLinked: whyNotLinked(sources),
  };
}
