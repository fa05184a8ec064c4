/** Runs the programs of `examples/compare` in every world that this machine has. */
import { execFile } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { release } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { promisify } from 'node:util';
import { Worker } from 'node:worker_threads';
import { runInPage, runOnEngine } from './compare-engine.ts';
import { runNatively } from './compare-native.ts';
import {
  buildGo,
  builtFolder,
  clangVersion,
  compileNative,
  fileOf,
  nativeOf,
  pinnedGo,
  programs,
  requiredWazero,
  wasmOf,
  type ComparedProgram,
} from './compare-programs.ts';
import { worldsOf, type Observed, type StdinKind, type World } from './compare-table.ts';
import { hasProgram } from './step.ts';

const run = promisify(execFile);

/** What this machine can run. */
export interface Worlds {
  /** What a world needs and is not there, as a sentence. */
  readonly missing: ReadonlyMap<World, string>;
  /** Why there is nothing in Go; undefined if there is. */
  readonly withoutGo: string | undefined;
}

/** What is on a program's stdin, where that is a file. */
function stdinFileOf({ name }: ComparedProgram): string {
  return join(builtFolder, `${name}.stdin`);
}

/** Finds out what this machine can run, and builds it. @throws Error if a compiler fails */
export async function prepareWorlds(): Promise<Worlds> {
  const missing = new Map<World, string>();
  const isLinux = process.platform === 'linux';
  const linuxNeeds = !isLinux
    ? `It needs Linux; this is ${process.platform}.`
    : !(await hasProgram('script', ['--version']))
      ? 'It needs script, of util-linux, on the PATH.'
      : undefined;
  const clangNeeds = (await clangVersion()) === undefined ? 'It needs clang on the PATH.' : undefined;
  const withoutGo = (await hasProgram('go', ['version'])) ? undefined : 'It needs Go on the PATH.';

  const needs: Readonly<Partial<Record<World, string | undefined>>> = {
    linux: linuxNeeds ?? clangNeeds,
    'wazero-file': linuxNeeds ?? withoutGo,
    'wazero-value': linuxNeeds ?? withoutGo,
    'page-file': withoutGo,
    'page-value': withoutGo,
  };
  for (const [world, reason] of Object.entries(needs)) {
    if (reason !== undefined) missing.set(world as World, reason);
  }
  mkdirSync(builtFolder, { recursive: true });
  for (const program of programs) writeFileSync(stdinFileOf(program), fileOf(program));
  if (!missing.has('linux')) await compileNative();
  if (withoutGo === undefined) await buildGo();
  return { missing, withoutGo };
}

/** The Go value that stands for a kind of stdin in the host's code. */
const valueWiring: Readonly<Record<StdinKind, string>> = {
  pipe: 'io.Pipe',
  nothing: 'nil',
  bytes: 'bytes.Reader',
  // Not run: a terminal is a file.
  terminal: 'os.Stdin',
};

/** So many programs run at once. They mostly wait, but the interpreter in `page` computes. */
const AT_ONCE: Readonly<Record<World, number>> = {
  linux: 12,
  engine: 12,
  'wazero-file': 12,
  'wazero-value': 12,
  'page-file': 3,
  'page-value': 3,
};

async function inParallel<Task, Result>(
  tasks: readonly Task[],
  limit: number,
  work: (task: Task) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = [];
  const queue = tasks.entries();
  const worker = async (): Promise<void> => {
    for (const [index, task] of queue) results[index] = await work(task);
  };
  await Promise.all(Array.from({ length: limit }, worker));
  return results;
}

const modules = new Map<string, Promise<WebAssembly.Module>>();

async function moduleOf(file: string): Promise<WebAssembly.Module> {
  const module = modules.get(file) ?? WebAssembly.compile(readFileSync(file));
  modules.set(file, module);
  return module;
}

async function observe(program: ComparedProgram, stdin: StdinKind, world: World): Promise<ReadonlyMap<string, string>> {
  const file = stdinFileOf(program);
  const wasm = wasmOf(program);
  const wiring = world.endsWith('-file') ? 'os.Stdin' : valueWiring[stdin];
  switch (world) {
    case 'linux':
      return runNatively([nativeOf(program.name)], stdin, file);
    case 'engine':
      return runOnEngine(await moduleOf(wasm), stdin, fileOf(program));
    case 'wazero-file':
    case 'wazero-value':
      return runNatively([nativeOf('host'), wiring, wasm], stdin, file);
    case 'page-file':
    case 'page-value':
      return runInPage(await moduleOf(join(builtFolder, 'host.wasm')), wiring, new Uint8Array(readFileSync(wasm)));
  }
}

/** Runs every program in one world, in this thread; see `runWorld`. */
export async function runWorldHere(world: World, { withoutGo }: Worlds): Promise<Observed[]> {
  const tasks = programs
    .filter(({ language }) => language === 'c' || withoutGo === undefined)
    .flatMap((program) =>
      program.stdin.filter((stdin) => worldsOf[stdin].includes(world)).map((stdin) => ({ program, stdin })),
    );
  return inParallel(tasks, AT_ONCE[world], async ({ program, stdin }) => {
    const of = { stdin, program: program.name, world };
    try {
      return { ...of, observations: await observe(program, stdin, world) };
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      throw new Error(`${program.name}, stdin ${stdin}, ${world}: ${reason}`, { cause: error });
    }
  });
}

/**
 * Runs every program in one world, with every kind of stdin that the world has.
 * @throws Error that names the program that failed
 */
export async function runWorld(world: World, worlds: Worlds): Promise<Observed[]> {
  if (world === 'linux' || world.startsWith('wazero')) return runWorldHere(world, worlds);
  const thread = new Worker(new URL('compare-thread.ts', import.meta.url), { workerData: { world, worlds } });
  return new Promise((resolve, reject) => {
    thread.on('message', resolve);
    thread.on('error', reject);
    thread.on('exit', (status) =>
      reject(new Error(`${world}: expected the thread to answer, found it ended with status ${String(status)}`)),
    );
  });
}

/** The versions of what takes part. */
export async function versions(): Promise<Record<string, string>> {
  const libc = await run('getconf', ['GNU_LIBC_VERSION']).then(
    ({ stdout }) => stdout.trim(),
    () => 'unknown',
  );
  return {
    Linux: release().replace(/-.*$/u, ''),
    'C library': libc,
    clang: /\d+\.\d+\.\d+/u.exec((await clangVersion()) ?? '')?.[0] ?? 'unknown',
    Go: pinnedGo().replace(/^go/u, ''),
    wazero: requiredWazero().replace(/^v/u, ''),
    Node: process.versions.node,
  };
}
