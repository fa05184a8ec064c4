/**
 * The matrix of streams: `examples/internal/matrix` connects plugins to every kind of stream, and prints what they saw. It is
 * run natively with both of wazero's engines, and as in the page: compiled to wasm, on the engine. What they print goes to
 * `src/data/stream-matrix.json`, which the reference shows.
 *
 *     npm run examples -- --matrix    builds the plugins, runs all three, and writes the file
 *
 * The Go tests replay what is native; `tests/compare/matrix.test.ts` the rest.
 */
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { release } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { promisify } from 'node:util';
import { runProgram } from '../src/engine/run/run-program.ts';
import { StdinPipe } from '../src/engine/stdin/stdin-pipe.ts';
import { pinnedGo, requiredWazero } from './compare-programs.ts';
import { projectEnv, root } from './install.mjs';

const run = promisify(execFile);

/** What one stream, or one error, did; cells by column. */
export interface MatrixRow {
  readonly id: string;
  readonly code: string;
  readonly note?: string;
  readonly cells: Readonly<Record<string, string>>;
}

/** The names of the tables. */
export const tableNames = ['stdin', 'stdout', 'reads', 'writes'] as const;

/** All that was seen in one place. */
export type MatrixTables = Readonly<Record<(typeof tableNames)[number], readonly MatrixRow[]>>;

/** `src/data/stream-matrix.json`. */
export interface MatrixRecord {
  readonly versions: Readonly<Record<string, string>>;
  readonly native: MatrixTables;
  readonly page: MatrixTables;
}

const examples = join(root, 'examples');
const built = join(examples, '.build', 'matrix');

/** The record. */
export const matrixFile = join(root, 'src', 'data', 'stream-matrix.json');
/** The C and Rust plugins, and their committed wasm. */
export const matrixPlugins = join(examples, 'internal', 'matrix', 'plugins');
const pluginsManifest = join(matrixPlugins, 'plugins.json');

async function make(...args: readonly string[]): Promise<void> {
  await run('make', ['--no-print-directory', '-C', 'examples', ...args], { cwd: root, env: projectEnv() });
}

/** The tables in what the program printed: after the mark, on a line of its own. @throws Error if there is no mark */
function tablesIn(output: string): MatrixTables {
  const mark = output.lastIndexOf('\n= ');
  if (mark < 0) throw new Error(`expected a line that begins with "= ", found ${JSON.stringify(output.slice(-200))}`);
  return JSON.parse(output.slice(mark + 3)) as MatrixTables;
}

/** Builds what `runMatrixInPage` runs. It needs Go. */
export async function buildMatrixForPage(): Promise<void> {
  await make('matrix-page');
}

/**
 * Runs the matrix in wazero, compiled to wasm, on the engine: all that a page has, but for the page.
 * @param record what was recorded the last time, so that it is known which calls wait
 */
export async function runMatrixInPage(record?: MatrixRecord): Promise<MatrixTables> {
  const encoder = new TextEncoder();
  const decoder = new TextDecoder();
  const pipe = new StdinPipe();
  let output = '';
  let asked = '';
  const answer = (text: string): void => {
    const lines = (asked + text).split('\n');
    asked = lines.pop() ?? '';
    for (const line of lines) {
      if (line === '? give') void pipe.write('five\n');
      else if (line === '? end') pipe.close();
      else throw new Error(`expected "? give" or "? end", found ${JSON.stringify(line)}`);
    }
  };
  const files = [{ name: 'words.wasm', bytes: new Uint8Array(readFileSync(join(built, 'words-go.wasm'))) }];
  if (record !== undefined) files.push({ name: 'record.json', bytes: encoder.encode(JSON.stringify(record)) });
  const status = await runProgram({
    module: await WebAssembly.compile(readFileSync(join(built, 'matrix.wasm'))),
    argv: ['matrix', ...(record === undefined ? [] : ['-record', 'record.json']), 'words.wasm'],
    env: [],
    files,
    channel: pipe,
    hold: false,
    tell: (news) => {
      if (news.type !== 'output') return;
      for (const { stream, bytes } of news.chunks) {
        const text = decoder.decode(bytes, { stream: true });
        if (stream === 'stdout') output += text;
        else answer(text);
      }
    },
  });
  if (status !== 0) throw new Error(`expected exit status 0, found ${String(status)}: ${asked}${output.slice(-500)}`);
  return tablesIn(output);
}

async function runNatively(engine: string): Promise<MatrixTables> {
  const args = ['-engine', engine, join(built, 'words-go.wasm')];
  const { stdout } = await run(join(built, 'matrix'), args, { encoding: 'utf8', maxBuffer: 2 ** 26 });
  return tablesIn(stdout);
}

/** Each cell that is not as expected, as a sentence that names it. */
export function matrixDifferences(expected: MatrixTables, found: MatrixTables): string[] {
  return tableNames.flatMap((table) => {
    const rows = new Map(found[table].map((row) => [row.id, row]));
    const known = new Set(expected[table].map(({ id }) => id));
    const extra = [...rows.keys()]
      .filter((id) => !known.has(id))
      .map((id) => `${table}, ${id}: a row that is not recorded`);
    const changed = expected[table].flatMap(({ id, cells }) => {
      const there = rows.get(id)?.cells ?? {};
      return [...new Set([...Object.keys(cells), ...Object.keys(there)])]
        .filter((column) => cells[column] !== there[column])
        .map(
          (column) =>
            `${table}, ${id}, column ${column}: expected ${cells[column] ?? 'nothing'}, found ${there[column] ?? 'nothing'}`,
        );
    });
    return [...changed, ...extra];
  });
}

/** `plugins.json`: what the committed wasm was compiled from, and with what. */
export interface PluginsManifest {
  /** The first line of the compiler's version. */
  readonly clang: string;
  readonly rustc: string;
  /** SHA-256 of each source and each wasm. */
  readonly files: Readonly<Record<string, string>>;
}

async function firstLine(program: string): Promise<string> {
  try {
    const { stdout } = await run(program, ['--version']);
    return stdout.split('\n')[0] ?? '';
  } catch {
    return '';
  }
}

/** The first line of each compiler's version; empty if there is no such compiler. */
export async function pluginCompilers(): Promise<Pick<PluginsManifest, 'clang' | 'rustc'>> {
  return {
    clang: await firstLine(process.env['CLANG'] ?? 'clang'),
    rustc: await firstLine(process.env['RUSTC'] ?? '/usr/bin/rustc'),
  };
}

/** Compiles the C and Rust plugins into `folder`. */
export async function buildMatrixPlugins(folder: string): Promise<void> {
  await make('matrix-plugins', `OUT=${folder}`);
}

/** SHA-256 of the sources, and of the wasm in `folder`. */
export function pluginHashes(folder: string): Record<string, string> {
  const of = (file: string): string => createHash('sha256').update(readFileSync(file)).digest('hex');
  const sources = readdirSync(matrixPlugins).filter((name) => /\.(?:c|rs)$/u.test(name));
  const wasm = readdirSync(folder).filter((name) => name.endsWith('.wasm'));
  return Object.fromEntries([
    ...sources.sort().map((name) => [name, of(join(matrixPlugins, name))] as const),
    ...wasm.sort().map((name) => [name, of(join(folder, name))] as const),
  ]);
}

/** What is recorded. */
export function readMatrix(): MatrixRecord {
  return JSON.parse(readFileSync(matrixFile, 'utf8')) as MatrixRecord;
}

/** What was compiled. */
export function readPluginsManifest(): PluginsManifest {
  return JSON.parse(readFileSync(pluginsManifest, 'utf8')) as PluginsManifest;
}

function writeJson(file: string, value: unknown): void {
  writeFileSync(file, `${JSON.stringify(value, undefined, 2)}\n`);
}

/** Builds, runs and records everything. @throws Error if wazero's two engines differ */
export async function recordMatrix(): Promise<void> {
  mkdirSync(built, { recursive: true });
  const compilers = await pluginCompilers();
  await buildMatrixPlugins('internal/matrix/plugins');
  writeJson(pluginsManifest, { ...compilers, files: pluginHashes(matrixPlugins) } satisfies PluginsManifest);
  await make('matrix', 'matrix-page');
  const native = await runNatively('compiler');
  const differences = matrixDifferences(native, await runNatively('interpreter'));
  if (differences.length > 0) {
    throw new Error(`expected the same from wazero's compiler and interpreter, found:\n${differences.join('\n')}`);
  }
  const page = await runMatrixInPage();
  const version = (text: string): string => /\d+\.\d+\.\d+/u.exec(text)?.[0] ?? 'unknown';
  const versions = {
    wazero: requiredWazero().replace(/^v/u, ''),
    Go: pinnedGo().replace(/^go/u, ''),
    clang: version(compilers.clang),
    Rust: version(compilers.rustc),
    Linux: release().replace(/-.*$/u, ''),
    Node: process.versions.node,
  };
  writeJson(matrixFile, { versions, native, page } satisfies MatrixRecord);
  const cells = Object.values({ ...native }).flat().length + Object.values({ ...page }).flat().length;
  console.log(`src/data/stream-matrix.json: ${String(cells)} rows`);
}
