/**
 * The programs of `examples/compare`, which say what they see of their standard streams; what they find on stdin, and how they
 * are built.
 */
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { root } from './install.mjs';
import type { StdinKind } from './compare-table.ts';

const run = promisify(execFile);

const encoder = new TextEncoder();
const utf8 = encoder.encode('Zoë € 𝄞\n');

/** What a program may ask for, in the pieces in which it is written. */
export const inputs: Readonly<Record<string, readonly Uint8Array[]>> = {
  half: [encoder.encode('half')],
  rest: [encoder.encode(' a line\n')],
  line: [encoder.encode('a line\n')],
  five: [encoder.encode('five\n')],
  long: [encoder.encode(`${'abcdefghijklmnopqrstuvwxyz'.repeat(2308).slice(0, 59_999)}\n`)],
  bytes: [Uint8Array.from({ length: 256 }, (_, index) => index)],
  corrected: [encoder.encode('ab\u{7f}c\n')],
  utf8: Array.from(utf8, (byte) => Uint8Array.of(byte)),
};

/** One program. */
export interface ComparedProgram {
  readonly name: string;
  readonly language: 'c' | 'go';
  /** The kinds of stdin with which it says something of its own. */
  readonly stdin: readonly StdinKind[];
  /** What is in the file, where stdin is one. */
  readonly file: readonly string[];
}

const everything: readonly StdinKind[] = ['pipe', 'terminal', 'nothing', 'bytes'];

/** In the order in which the page shows them. */
export const programs: readonly ComparedProgram[] = [
  { name: 'poll', language: 'c', stdin: everything, file: ['half', 'rest'] },
  { name: 'select', language: 'c', stdin: everything, file: ['line'] },
  { name: 'nonblocking', language: 'c', stdin: everything, file: ['line'] },
  { name: 'short-reads', language: 'c', stdin: everything, file: ['five', 'line'] },
  { name: 'readv', language: 'c', stdin: ['pipe', 'terminal', 'bytes'], file: ['five', 'line', 'line'] },
  { name: 'long-line', language: 'c', stdin: ['pipe', 'terminal', 'bytes'], file: ['long'] },
  { name: 'all-bytes', language: 'c', stdin: ['pipe', 'bytes'], file: ['bytes'] },
  { name: 'utf8', language: 'c', stdin: ['pipe', 'terminal', 'bytes'], file: ['utf8'] },
  { name: 'corrected-line', language: 'c', stdin: ['terminal'], file: [] },
  { name: 'streams', language: 'c', stdin: everything, file: ['line'] },
  { name: 'sleep', language: 'c', stdin: ['pipe', 'terminal'], file: [] },
  { name: 'write', language: 'c', stdin: everything, file: ['line'] },
  { name: 'close', language: 'c', stdin: ['pipe', 'terminal'], file: [] },
  { name: 'renumber', language: 'c', stdin: ['pipe', 'terminal'], file: [] },
  { name: 'goroutines', language: 'go', stdin: everything, file: ['line'] },
];

/** The bytes of the file, where stdin is one. */
export function fileOf({ file }: ComparedProgram): Buffer<ArrayBuffer> {
  return Buffer.concat(file.flatMap((name) => inputs[name] ?? []));
}

/** The C programs, and their committed wasm. */
export const programsFolder = join(root, 'examples', 'compare', 'programs');
/** Where everything is built that is not committed. */
export const builtFolder = join(root, '.build', 'compare');

const examples = join(root, 'examples');
// As in examples/Makefile: stripped, and the same bytes in every folder.
const wasmFlags = ['--target=wasm32-wasi', '-Os', '-s', '-Wall', '-Wextra', '-Werror', '-Wl,--strip-all'];
const nativeFlags = ['-std=gnu11', '-O1', '-Wall', '-Wextra', '-Werror'];

/** `examples/compare/programs/programs.json`: what was compiled, with what, and to what. */
export interface ProgramManifest {
  /** The first line of `clang --version`. */
  readonly clang: string;
  readonly flags: string;
  /** SHA-256 of what all programs include. */
  readonly header: string;
  readonly programs: Readonly<
    Record<string, { readonly source: string; readonly wasm: string; readonly bytes: number }>
  >;
}

/** The manifest's file. */
export const manifestFile = join(programsFolder, 'programs.json');

function sha256(file: string): string {
  return createHash('sha256').update(readFileSync(file)).digest('hex');
}

/** The compiler: `$CLANG`, or the `clang` on the PATH. */
const clang = process.env['CLANG'] ?? 'clang';

/** The first line of `clang --version`, or undefined if there is none. */
export async function clangVersion(): Promise<string | undefined> {
  try {
    const { stdout } = await run(clang, ['--version']);
    return stdout.split('\n')[0];
  } catch {
    return undefined;
  }
}

function cPrograms(): string[] {
  const names = readdirSync(programsFolder).filter((file) => file.endsWith('.c'));
  return names.map((file) => file.slice(0, -'.c'.length)).sort();
}

/** Compiles the C programs to wasm, into `folder`. It needs clang, lld and wasi-libc. */
export async function compileToWasm(folder: string): Promise<void> {
  mkdirSync(folder, { recursive: true });
  for (const name of cPrograms()) {
    const wasm = join(folder, `${name}.wasm`);
    // From its own folder, so that no path of this machine can get in.
    await run(clang, [...wasmFlags, '-o', wasm, `${name}.c`], { cwd: programsFolder });
    chmodSync(wasm, 0o644);
  }
}

/** The manifest of the wasm in `folder`, as it should be. */
export async function manifestOf(folder: string): Promise<ProgramManifest> {
  const entries = cPrograms().map((name) => {
    const wasm = join(folder, `${name}.wasm`);
    const source = sha256(join(programsFolder, `${name}.c`));
    return [name, { source, wasm: sha256(wasm), bytes: readFileSync(wasm).length }] as const;
  });
  return {
    clang: (await clangVersion()) ?? '',
    flags: wasmFlags.join(' '),
    header: sha256(join(programsFolder, 'observe.h')),
    programs: Object.fromEntries(entries),
  };
}

/** Compiles the C programs for this machine. */
export async function compileNative(): Promise<void> {
  const folder = join(builtFolder, 'native');
  mkdirSync(folder, { recursive: true });
  for (const name of cPrograms()) {
    await run(clang, [...nativeFlags, '-o', join(folder, name), `${name}.c`], { cwd: programsFolder });
  }
}

/** The version of Go that `examples/Makefile` pins. @throws Error if it pins none */
export function pinnedGo(): string {
  const makefile = readFileSync(join(examples, 'Makefile'), 'utf8');
  const version = /^export GOTOOLCHAIN := (go\S+)$/mu.exec(makefile)?.[1];
  if (version === undefined) throw new Error('examples/Makefile: expected a line `export GOTOOLCHAIN := go…`');
  return version;
}

/** The version of wazero that `examples/go.mod` requires. @throws Error if it requires none */
export function requiredWazero(): string {
  const version = /tetratelabs\/wazero (v\S+)/u.exec(readFileSync(join(examples, 'go.mod'), 'utf8'))?.[1];
  if (version === undefined) throw new Error('examples/go.mod: expected wazero among what is required');
  return version;
}

function goSettings(): NodeJS.ProcessEnv {
  return { ...process.env, GOTOOLCHAIN: pinnedGo(), GOFLAGS: '', GOWORK: 'off', CGO_ENABLED: '0' };
}

/** Builds the wazero host for this machine. */
export async function buildHost(output: string): Promise<void> {
  await run('go', ['build', '-o', output, './compare/host'], { cwd: examples, env: goSettings() });
}

/** Builds what is written in Go: the host and the Go programs, for this machine and for WASI. */
export async function buildGo(): Promise<void> {
  const settings = goSettings();
  const wasi = { ...settings, GOOS: 'wasip1', GOARCH: 'wasm' };
  const build = async (env: NodeJS.ProcessEnv, name: string, output: string, ...flags: string[]): Promise<void> => {
    await run('go', ['build', ...flags, '-o', output, `./compare/${name}`], { cwd: examples, env });
  };
  for (const name of ['host', 'goroutines']) {
    await build(settings, name, nativeOf(name));
    // As the site's are built; the host of the site has a trace added.
    await build(wasi, name, join(builtFolder, `${name}.wasm`), '-trimpath', '-buildvcs=false', '-ldflags=-s -w');
  }
}

/** Where a program's wasm is. */
export function wasmOf({ name, language }: ComparedProgram): string {
  return join(language === 'c' ? programsFolder : builtFolder, `${name}.wasm`);
}

/** Where a program for this machine is. */
export function nativeOf(name: string): string {
  return join(builtFolder, 'native', name);
}
