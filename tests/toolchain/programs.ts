/**
 * The programs that the page's toolchain and the native one must agree on, and what the native one makes of them:
 * `recorded.json`, written by `node tests/toolchain/programs.ts`. Each folder in `programs/` is one; those in `valid/` are run,
 * those in `invalid/` are not compiled by either.
 */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { withoutStacks as withoutGoroutines } from '../../scripts/without-stacks.ts';
import type { SourceFile, Target } from '../../src/protocol/toolchain.ts';

const projectRoot = join(import.meta.dirname, '..', '..');
const folder = join(import.meta.dirname, 'programs');
const recordedFile = join(import.meta.dirname, 'recorded.json');

/** The toolchain that the pack is made from. */
export const GO_VERSION = 'go1.26.10';

/** What a program does. */
export interface Session {
  readonly status: number;
  readonly stdout: string;
  /** Without the list of goroutines with which a Go program ends when it crashes. */
  readonly stderr: string;
}

/** What the native toolchain makes of the programs. */
export interface Recorded {
  readonly go: string;
  readonly valid: Readonly<Record<string, Session>>;
  /** What "go build" says, without its headings. */
  readonly invalid: Readonly<Record<string, string>>;
}

/** The names of the programs. */
export function listPrograms(kind: 'valid' | 'invalid'): string[] {
  return readdirSync(join(folder, kind)).sort();
}

/** A small plugin, which greets by name: that of an example. */
function pluginFile(): string {
  const manifest = JSON.parse(readFileSync(join(projectRoot, 'public', 'wasm', 'manifest.json'), 'utf8')) as {
    readonly artefacts: Readonly<Record<string, { readonly file: string } | undefined>>;
  };
  const file = manifest.artefacts['pipe-waits.c']?.file;
  if (file === undefined) throw new Error('expected the plugin "pipe-waits.c" in public/wasm, found none');
  return join(projectRoot, 'public', 'wasm', file);
}

/** The files of a program. */
export function filesOf(kind: 'valid' | 'invalid', name: string): SourceFile[] {
  const files = readdirSync(join(folder, kind, name))
    .sort()
    .map((file): SourceFile => ({ name: file, text: readFileSync(join(folder, kind, name, file), 'utf8') }));
  return name === 'embed-plugin' ? [...files, { name: 'plugin.wasm', bytes: readFileSync(pluginFile()) }] : files;
}

/** A host, if it imports wazero. */
export function targetOf(files: readonly SourceFile[]): Target {
  return files.some((file) => 'text' in file && file.text.includes('"github.com/tetratelabs/wazero"'))
    ? 'host'
    : 'plugin';
}

/** Says whether Go is on this machine. */
export function hasGo(): boolean {
  return spawnSync('go', ['version'], { stdio: 'ignore' }).status === 0;
}

/** What a program said, without the stacks of its goroutines: addresses and paths are those of one build. */
export function withoutStacks(stderr: string): string {
  return withoutGoroutines(stderr).replace(/(?:^|\n)exit status \d+\n$/u, '');
}

/** Builds and runs all programs with the native toolchain, in a module that has the examples' wazero. */
export function recordNatively(): Recorded {
  const module = mkdtempSync(join(tmpdir(), 'toolchain-programs-'));
  const env = {
    ...process.env,
    ...{ GOTOOLCHAIN: GO_VERSION, GOFLAGS: '-mod=mod', GOWORK: 'off', GOEXPERIMENT: '', CGO_ENABLED: '0' },
  };
  const go = (cwd: string, ...args: readonly string[]): { readonly status: number; readonly stderr: string } => {
    const { status, stderr, error } = spawnSync('go', args, { cwd, env, encoding: 'utf8' });
    if (error !== undefined) throw error;
    return { status: status ?? -1, stderr };
  };
  try {
    for (const file of ['go.mod', 'go.sum']) cpSync(join(projectRoot, 'examples', file), join(module, file));
    for (const kind of ['valid', 'invalid'] as const) {
      for (const name of listPrograms(kind)) {
        const to = join(module, kind, name);
        mkdirSync(to, { recursive: true });
        for (const file of filesOf(kind, name))
          writeFileSync(join(to, file.name), 'text' in file ? file.text : file.bytes);
      }
    }
    const bin = join(module, 'bin');
    mkdirSync(bin);
    const built = go(module, 'build', '-o', bin, './valid/...');
    if (built.status !== 0) throw new Error(`expected valid programs, found:\n${built.stderr}`);
    const valid = Object.fromEntries(
      listPrograms('valid').map((name): [string, Session] => {
        const { status, stdout, stderr } = spawnSync(join(bin, name), [], { cwd: bin, encoding: 'utf8', input: '' });
        return [name, { status: status ?? -1, stdout, stderr: withoutStacks(stderr) }];
      }),
    );
    const invalid = Object.fromEntries(
      listPrograms('invalid').map((name): [string, string] => {
        const { status, stderr } = go(join(module, 'invalid', name), 'build', '-o', bin, '.');
        if (status === 0) throw new Error(`${name}: expected an invalid program`);
        return [name, stderr.replaceAll(/^#.*\n/gmu, '')];
      }),
    );
    return { go: GO_VERSION, valid, invalid };
  } finally {
    rmSync(module, { recursive: true, force: true });
  }
}

/** What was recorded. */
export function readRecorded(): Recorded {
  return JSON.parse(readFileSync(recordedFile, 'utf8')) as Recorded;
}

if (import.meta.main) writeFileSync(recordedFile, `${JSON.stringify(recordNatively(), undefined, 2)}\n`);
