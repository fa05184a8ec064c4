/**
 * `npm run hosts`: the same plugins on several hosts, with each kind of stdin. One session for each of them is recorded in the
 * notation of a transcript, in `src/data/compared-hosts.json`, which the page about other hosts shows as tables.
 *
 *     npm run hosts                plays each session again, and names those that are not as recorded
 *     npm run hosts -- --record    records anew
 *     npm run hosts -- --install   only fetches wasmtime, into `.build/hosts`
 *
 * `tests/compare/hosts.test.ts` does the first. It needs Linux, Go, and Python with pip.
 */
import { execFile, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  closeSync,
  constants,
  existsSync,
  globSync,
  mkdirSync,
  openSync,
  readFileSync,
  rmSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { release } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs, promisify } from 'node:util';
import { comparedHosts, comparedKinds, type ComparedHost, type ComparedStdin } from '../src/protocol/compared-hosts.ts';
import { parseTranscript, type TranscriptStep } from '../src/protocol/transcript.ts';
import { buildHost, pinnedGo, requiredWazero } from './compare-programs.ts';
import { commandFor, isDebian } from './debian-packages.ts';
import { pinnedNode, projectEnv, root } from './install.mjs';
import { hasProgram } from './step.ts';
import { linesOf, PATIENCE_MS, until } from './hosts/recorded-session.ts';
import { withoutStacks } from './without-stacks.ts';

const run = promisify(execFile);

/** The plugins, by their names in `public/wasm/manifest.json`; those in Go are all in one file. */
export const comparedPlugins = [
  'pipe-waits.c',
  'pipe-waits.go',
  'pipe-waits.rust',
  'asks-first.c',
  'plugin-freezes.go',
  'eof-loop.c',
] as const;
/** One of them. */
export type ComparedPlugin = (typeof comparedPlugins)[number];

/** `src/data/compared-hosts.json`: transcripts by plugin, stdin and host. */
export interface ComparedHostsRecord {
  readonly versions: Readonly<Record<string, string>>;
  readonly sessions: Readonly<
    Record<ComparedPlugin, Readonly<Record<ComparedStdin, Readonly<Partial<Record<ComparedHost, string>>>>>>
  >;
}

/** One of the sessions. */
export interface ComparedCase {
  readonly plugin: ComparedPlugin;
  readonly stdin: ComparedStdin;
  readonly host: ComparedHost;
}

/** What a host cannot be given. */
const ABSENT: Readonly<Partial<Record<ComparedHost, readonly ComparedStdin[]>>> = {
  'wazero-file': ['unset'],
  'wasmtime-inherit': ['unset'],
  // It asks for a descriptor, and none of its own waits.
  shim: ['unset', 'fifo'],
};

/** All sessions. */
export const comparedCases: readonly ComparedCase[] = comparedPlugins.flatMap((plugin) =>
  comparedKinds.flatMap((stdin) =>
    comparedHosts
      .filter((host) => ABSENT[host]?.includes(stdin) !== true)
      .map((host): ComparedCase => ({ plugin, stdin, host })),
  ),
);

const recordFile = join(root, 'src', 'data', 'compared-hosts.json');
const hostsFolder = join(root, 'scripts', 'hosts');
const requirements = join(hostsFolder, 'requirements.txt');
const built = join(root, '.build', 'hosts');
const packages = join(built, 'python');
const wazeroHost = join(built, 'wazero');
const LINE = 'Ada\n';

/** Who says nothing new for so long, and does not compute, waits. One that polls may say the same again, which is folded. */
const SILENCE_MS = { record: 1000, replay: 250 };
/** A process is looked at so often in a silence; one that has been seen at work more than twice computes. */
const LOOKS = 6;
const SEEN_AT_WORK = 2;
/** Who writes so many bytes without being asked goes on for ever. */
const FLOOD = 50_000;
/** Sessions at once: what is recorded is recorded without haste. */
const AT_ONCE = { record: 2, replay: 6 };

/** The name of what pip is to install, and its version. */
function pinnedWasmtime(): string {
  const version = /^wasmtime==(\S+)/mu.exec(readFileSync(requirements, 'utf8'))?.[1];
  if (version === undefined) throw new Error(`${requirements}: expected a line "wasmtime==…"`);
  return version;
}

const python = process.env['PYTHON'] ?? 'python3';

/**
 * What is missing for the sessions, as a sentence with the command that brings it; undefined if nothing is.
 * @param fetches whether wasmtime may be fetched, if all else is there
 */
export async function missingForHosts(fetches: boolean): Promise<string | undefined> {
  if (process.platform !== 'linux') return `FIFOs are made as on Linux; this is ${process.platform}.`;
  if (!(await hasProgram('go', ['version']))) return 'It needs Go 1.21 or newer on the PATH: see go.dev/dl.';
  if (isInstalled()) return undefined;
  if (!(await hasProgram(python, ['-m', 'pip', '--version']))) {
    return `wasmtime comes by pip: ${isDebian() ? commandFor(['python3-pip']) : 'install Python with pip'}`;
  }
  if (!fetches) return 'wasmtime is not there yet: npm run hosts -- --install';
  try {
    await installWasmtime();
    return undefined;
  } catch (error) {
    const { stderr } = error as { readonly stderr?: string };
    return `wasmtime could not be fetched; with a network: npm run hosts -- --install. ${stderr?.trim().split('\n').at(-1) ?? String(error)}`;
  }
}

/** Left behind by an install that has ended well. */
const installedMark = join(packages, 'installed');

function wantedMark(): string {
  return createHash('sha256').update(readFileSync(requirements)).digest('hex');
}

function isInstalled(): boolean {
  return existsSync(installedMark) && readFileSync(installedMark, 'utf8') === wantedMark();
}

/** Fetches wasmtime, by its hash, into a folder of the project. @throws what pip says */
export async function installWasmtime(): Promise<void> {
  rmSync(packages, { recursive: true, force: true });
  const args = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--no-deps', '--require-hashes'];
  await run(python, [...args, '--only-binary=:all:', `--target=${packages}`, `--requirement=${requirements}`]);
  writeFileSync(installedMark, wantedMark());
}

function wasmOf(plugin: ComparedPlugin): string {
  const folder = join(root, 'public', 'wasm');
  const manifest = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')) as {
    artefacts: Record<string, { file: string } | undefined>;
  };
  const key = plugin.endsWith('.go') ? 'plugins-go' : plugin;
  const file = manifest.artefacts[key]?.file;
  if (file === undefined) throw new Error(`public/wasm/manifest.json: expected an artefact "${key}", found none`);
  return join(folder, file);
}

/** The plugin's own name, as its argument: the program with all Go plugins picks one by it. */
function nameOf(plugin: ComparedPlugin): string {
  return `${plugin.replace(/\.\w+$/u, '')}.wasm`;
}

/** The wasm under the plugin's own name, for a host that takes `argv[0]` from it. */
function namedWasm(plugin: ComparedPlugin): string {
  return join(built, plugin, nameOf(plugin));
}

/** What wasmtime has compiled. */
function compiledOf(plugin: ComparedPlugin): string {
  return join(built, plugin.endsWith('.go') ? 'plugins-go.cwasm' : `${plugin}.cwasm`);
}

/** Where wasmtime is, and what wazero has compiled. */
function hostsEnv(): NodeJS.ProcessEnv {
  return { ...projectEnv(), PYTHONPATH: packages, COMPILED: join(built, 'wazero-cache') };
}

/** Builds wazero's host, and has the plugins compiled, which takes seconds for one in Go. */
export async function prepareHosts(): Promise<void> {
  mkdirSync(built, { recursive: true });
  writeFileSync(join(built, 'empty'), '');
  writeFileSync(join(built, 'line'), LINE);
  await buildHost(wazeroHost);
  const done = new Set<string>();
  for (const plugin of comparedPlugins) {
    mkdirSync(join(built, plugin), { recursive: true });
    writeFileSync(namedWasm(plugin), readFileSync(wasmOf(plugin)));
    const target = compiledOf(plugin);
    if (done.has(target)) continue;
    done.add(target);
    const env = hostsEnv();
    await Promise.all([
      run(python, [join(hostsFolder, 'wasmtime-host.py'), 'compile', wasmOf(plugin), target], { env }),
      // A loop would not end; it is small.
      ...(plugin === 'eof-loop.c' ? [] : [run(wazeroHost, ['nil', namedWasm(plugin)], { env })]),
    ]);
  }
}

/** The command; its fd 0 is the stdin in question. `path` is that of the same file or FIFO. */
function commandOf({ plugin, stdin, host }: ComparedCase, path: string): readonly string[] {
  const name = nameOf(plugin);
  const wasm = wasmOf(plugin);
  const jsKind = stdin === 'unset' ? 'unset' : stdin === 'fifo' ? 'pipe' : 'file';
  switch (host) {
    case 'wazero-file':
      return [wazeroHost, 'os.Stdin', namedWasm(plugin)];
    case 'wazero-value': {
      const wirings = { unset: 'nil', empty: 'bytes.Reader', line: 'bytes.Reader', fifo: 'io.Pipe' };
      return [wazeroHost, wirings[stdin], namedWasm(plugin)];
    }
    case 'wasmtime-path':
    case 'wasmtime-inherit': {
      const from = host === 'wasmtime-inherit' ? 'inherit' : stdin === 'unset' ? 'unset' : path;
      return [python, join(hostsFolder, 'wasmtime-host.py'), 'run', compiledOf(plugin), name, from];
    }
    case 'node-wasi':
      return [pinnedNode(), '--no-warnings', join(hostsFolder, 'node-wasi.mjs'), wasm, name, stdin];
    case 'shim':
    case 'engine':
      return [pinnedNode(), '--no-warnings', join(hostsFolder, 'js-host.ts'), host, wasm, name, jsKind];
  }
}

/** Lines that repeat are one, and a list of goroutines is left out. */
function settledOutput(output: string): string {
  const lines = withoutStacks(output).split('\n');
  return lines.filter((line, index) => index === 0 || line === '' || line !== lines[index - 1]).join('\n');
}

/** A plugin at work. */
class HostSession {
  readonly of: ComparedCase;
  /** Undefined while it runs. */
  status: number | undefined;
  readonly #child;
  readonly #fifo: string | undefined;
  #writer: number | undefined;
  #output = '';
  #raw = 0;

  constructor(of: ComparedCase, fifo: string) {
    this.of = of;
    const isFile = of.stdin === 'empty' || of.stdin === 'line';
    const path = isFile ? join(built, of.stdin) : fifo;
    this.#fifo = isFile ? undefined : fifo;
    // Both ends at once: so neither this nor the child waits for the other one to open it.
    if (!isFile) this.#writer = openSync(fifo, constants.O_RDWR);
    this.#child = spawn('sh', ['-c', 'exec "$@" <"$FROM" 2>&1', 'sh', ...commandOf(of, path)], {
      env: { ...hostsEnv(), FROM: path },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    this.#child.stdout.setEncoding('utf8').on('data', (text: string) => {
      this.#raw += text.length;
      if (this.isFlood) this.kill();
      else this.#output += text;
    });
    this.#child.on('close', (code) => (this.status = code ?? -1));
  }

  get output(): string {
    return settledOutput(this.#output);
  }

  /**
   * Waits until it has ended, or there has been nothing new for so long while it did not compute. Who has said nothing at all
   * may still be loaded, from a slow disk: that is looked at three times.
   */
  async settle(silence: number): Promise<void> {
    const deadline = performance.now() + PATIENCE_MS;
    for (let quiets = 0; ;) {
      const { length } = this.output;
      let atWork = 0;
      for (let look = 0; look < LOOKS; look += 1) {
        await sleep(silence / LOOKS);
        if (this.status !== undefined) return;
        if (isAtWork(this.#child.pid)) atWork += 1;
      }
      quiets = this.output.length === length && atWork <= SEEN_AT_WORK ? quiets + 1 : 0;
      if (quiets >= (this.#raw === 0 ? 3 : 1)) return;
      if (performance.now() > deadline)
        throw new Error(`${tell(this.of)}: expected it to wait or end, found it at work`);
    }
  }

  /** Waits for its end. */
  async ended(): Promise<void> {
    await until(
      () => this.status !== undefined,
      () => `${tell(this.of)}: its end, after ${JSON.stringify(this.output)}`,
    );
  }

  /** It was ended, as it writes without end. */
  get isFlood(): boolean {
    return this.#raw > FLOOD;
  }

  write(text: string): void {
    if (this.#writer === undefined) throw new Error(`${tell(this.of)}: nobody can write to its stdin`);
    writeSync(this.#writer, text);
  }

  close(): void {
    if (this.#writer !== undefined) closeSync(this.#writer);
    this.#writer = undefined;
  }

  kill(): void {
    this.#child.kill('SIGKILL');
    this.close();
    if (this.#fifo !== undefined) rmSync(this.#fifo, { force: true });
  }
}

/** Whether a thread of the process computes, would if it had a core, or loads. */
function isAtWork(pid: number | undefined): boolean {
  return globSync(`/proc/${String(pid)}/task/*/stat`).some((file) => {
    try {
      // Behind the name, which may have spaces in it.
      return /^.*\) [RD] /su.test(readFileSync(file, 'utf8'));
    } catch {
      return false;
    }
  });
}

let started = 0;

async function start(of: ComparedCase): Promise<HostSession> {
  const fifo = join(built, `fifo-${String(process.pid)}-${String((started += 1))}`);
  if (of.stdin === 'unset' || of.stdin === 'fifo') await run('mkfifo', [fifo]);
  return new HostSession(of, fifo);
}

/** A session's name. */
export function tell({ plugin, stdin, host }: ComparedCase): string {
  return `${plugin} on ${host}, stdin ${stdin}`;
}

/** Runs a session: a line is typed, and stdin is closed, as soon as it waits for them. @returns its transcript */
export async function recordHost(of: ComparedCase): Promise<string> {
  const session = await start(of);
  const lines = [`$ host ${nameOf(of.plugin)}`];
  const acts = [LINE, undefined];
  let told = 0;
  try {
    for (;;) {
      if (of.stdin === 'unset' || of.stdin === 'fifo') await session.settle(SILENCE_MS.record);
      else await session.ended();
      lines.push(...linesOf(session.output.slice(told)));
      told = session.output.length;
      if (session.isFlood) return [...lines, '^C', ''].join('\n');
      if (session.status !== undefined) return [...lines, `= ${String(session.status)}`, ''].join('\n');
      lines.push('…');
      if (acts.length === 0) throw new Error(`${tell(of)}: expected an end after stdin was closed, found it waiting`);
      const act = acts.shift();
      lines.push(act === undefined ? '^D' : `< ${act.trimEnd()}`);
      if (act === undefined) session.close();
      else session.write(act);
    }
  } finally {
    session.kill();
  }
}

/** Plays a session. @throws Error that says what was expected and what was found */
export async function replayHost(of: ComparedCase, transcript: string): Promise<void> {
  const session = await start(of);
  const hasEnded = (): boolean => session.status !== undefined;
  let expected = '';
  const compare = (isEnd: boolean): void => {
    const { output } = session;
    if (isEnd ? output === expected : output.startsWith(expected)) return;
    throw new Error(
      `${tell(of)}: expected the output ${JSON.stringify(expected)}, ` +
        `found ${JSON.stringify(output)}, status ${String(session.status)}`,
    );
  };
  const play = async (step: TranscriptStep): Promise<void> => {
    switch (step.kind) {
      case 'stdout':
      case 'stderr':
        expected += step.text;
        await until(
          () => session.output.length >= expected.length || hasEnded(),
          () => `${tell(of)}: output ${JSON.stringify(expected)}, after ${JSON.stringify(session.output)}`,
        );
        compare(false);
        return;
      case 'waiting':
        await session.settle(SILENCE_MS.replay);
        compare(true);
        if (hasEnded())
          throw new Error(`${tell(of)}: expected it to wait, found exit status ${String(session.status)}`);
        return;
      case 'typed':
        session.write(step.text);
        return;
      case 'closed':
        session.close();
        return;
      case 'stopped':
        await session.ended();
        if (!session.isFlood) throw new Error(`${tell(of)}: expected output without end, found an end`);
        return;
      case 'exit':
        await session.ended();
        compare(true);
        if (session.status !== step.status) {
          throw new Error(`${tell(of)}: expected exit status ${String(step.status)}, found ${String(session.status)}`);
        }
        return;
      case 'command':
        return;
    }
  };
  try {
    for (const step of parseTranscript(transcript)) await play(step);
  } finally {
    session.kill();
  }
}

/** Works on all sessions, a few at once. */
export async function forEachCase(work: (of: ComparedCase) => Promise<void>, atOnce = AT_ONCE.replay): Promise<void> {
  const queue = comparedCases.values();
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      for (const of of queue) await work(of);
    }),
  );
}

/** What is recorded. */
export function readComparedHosts(): ComparedHostsRecord {
  return JSON.parse(readFileSync(recordFile, 'utf8')) as ComparedHostsRecord;
}

/** The recorded transcript. @throws Error if there is none */
export function recordedHost({ sessions }: ComparedHostsRecord, of: ComparedCase): string {
  const transcript = sessions[of.plugin][of.stdin][of.host];
  if (transcript === undefined) {
    throw new Error(
      `src/data/compared-hosts.json: expected a session ${tell(of)}, found none: npm run hosts -- --record`,
    );
  }
  return transcript;
}

/** The versions of what takes part. */
export function hostVersions(): Record<string, string> {
  const shim = JSON.parse(
    readFileSync(join(root, 'node_modules', '@bjorn3', 'browser_wasi_shim', 'package.json'), 'utf8'),
  ) as { version: string };
  return {
    wazero: requiredWazero().replace(/^v/u, ''),
    Go: pinnedGo().replace(/^go/u, ''),
    wasmtime: pinnedWasmtime(),
    Node: process.versions.node,
    '@bjorn3/browser_wasi_shim': shim.version,
    Linux: release().replace(/-.*$/u, ''),
  };
}

async function record(): Promise<void> {
  const found = new Map<string, string>();
  await forEachCase(async (of) => void found.set(tell(of), await recordHost(of)), AT_ONCE.record);
  const sessions = Object.fromEntries(
    comparedPlugins.map((plugin) => [
      plugin,
      Object.fromEntries(
        comparedKinds.map((stdin) => {
          const cases = comparedCases.filter((of) => of.plugin === plugin && of.stdin === stdin);
          return [stdin, Object.fromEntries(cases.map((of) => [of.host, found.get(tell(of))]))];
        }),
      ),
    ]),
  );
  writeFileSync(recordFile, `${JSON.stringify({ versions: hostVersions(), sessions }, undefined, 2)}\n`);
}

async function replay(): Promise<void> {
  const recorded = readComparedHosts();
  let differences = 0;
  await forEachCase(async (of) => {
    try {
      await replayHost(of, recordedHost(recorded, of));
    } catch (error) {
      differences += 1;
      console.error(error instanceof Error ? error.message : error);
    }
  });
  console.log(`${String(comparedCases.length)} sessions, ${String(differences)} that are not as recorded`);
  if (differences > 0) process.exitCode = 1;
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { record: { type: 'boolean', default: false }, install: { type: 'boolean', default: false } },
  });
  if (values.install) {
    await installWasmtime();
    return;
  }
  const missing = await missingForHosts(true);
  if (missing !== undefined) throw new Error(missing);
  await prepareHosts();
  await (values.record ? record() : replay());
}

if (import.meta.main) {
  try {
    await main();
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
}
