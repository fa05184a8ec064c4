/**
 * The Go toolchain's pack, which a page fetches on Edit (examples/internal/toolchain makes its parts).
 *
 *     npm run toolchain             builds the parts and publishes them in public/toolchain, compressed
 *     npm run toolchain -- verify   rebuilds them in a clean folder and compares bit by bit; of `npm test`, and so of SEED, one
 *                                   of the three groups that the Makefile makes, of `npm run deep` all
 *
 * The files are brotli, and served as they are: `.pack` is no ending that a server knows, so none says "Content-Encoding", and
 * none compresses them again. Compressing takes minutes; what has not changed is not compressed again. Verifying decompresses
 * what is published instead.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, globSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import process from 'node:process';
import { promisify } from 'node:util';
import { brotliCompress, brotliDecompressSync, constants } from 'node:zlib';
import { root } from './install.mjs';
import { sampleOfRun } from './sample.ts';

/** A file of the pack, as the manifest lists it. */
interface Part {
  /** Beside the manifest, with the content hash in its name. */
  readonly file: string;
  /** Compressed, as it is transferred. */
  readonly bytes: number;
  readonly sha256: string;
  readonly unpacked: { readonly bytes: number; readonly sha256: string };
}

interface Manifest {
  readonly go: string;
  readonly wazero: string;
  /** SHA-256 over the names and contents of the project's files that the pack is made from. */
  readonly sources: string;
  readonly parts: Readonly<Record<string, Part>>;
}

/** What `make toolchain` writes, by the part it becomes. */
const built = {
  compile: 'compile.wasm',
  exports: 'exports.bin',
  format: 'format.wasm',
  link: 'link.wasm',
  objects: 'objects.bin',
} as const;

/** The Makefile's targets, and the parts that each makes. */
const targets = {
  'toolchain-compile': ['compile'],
  'toolchain-link': ['link', 'format'],
  'toolchain-objects': ['exports', 'objects'],
} as const satisfies Record<string, readonly (keyof typeof built)[]>;

/** Bytes, compressed: all parts, and those that come before the first diagnostics. */
const budget = { all: 14_000_000, check: 4_500_000 };
/** Common static hosts take no larger file. */
const largestFile = 25_000_000;

const published = join(root, 'public', 'toolchain');
const examples = join(root, 'examples');

function sha256(bytes: Uint8Array | string): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** The project's sources of the pack; flags and toolchains are not among them: verifying sees what those change. */
function hashSources(): string {
  const files = globSync(
    ['go.mod', 'go.sum', 'internal/overlay/*.go', 'internal/overlay/added/*', 'internal/toolchain/**/*.go'],
    { cwd: examples },
  )
    .map((file) => file.replaceAll('\\', '/'))
    .filter((file) => !file.endsWith('_test.go'))
    .sort();
  const hash = createHash('sha256');
  for (const file of files) hash.update(`${file}\0${sha256(readFileSync(join(examples, file)))}\0`);
  return hash.digest('hex');
}

function readManifest(): Manifest | undefined {
  try {
    return JSON.parse(readFileSync(join(published, 'manifest.json'), 'utf8')) as Manifest;
  } catch {
    return undefined;
  }
}

/** Runs a command in a folder; its output is the caller's. @throws Error if it fails */
function run(folder: string, name: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): void {
  const { status, error } = spawnSync(name, args, { cwd: folder, stdio: 'inherit', env: { ...process.env, ...env } });
  if (error !== undefined) throw error;
  if (status !== 0) throw new Error(`${name} ${args.join(' ')}: expected exit status 0, found ${String(status)}`);
}

function build(folder: string, chosen: readonly string[], env?: NodeJS.ProcessEnv): void {
  run(folder, 'make', ['--no-print-directory', ...chosen], env);
}

function versions(): { readonly go: string; readonly wazero: string } {
  const go = /^export GOTOOLCHAIN := (go\S+)$/mu.exec(readFileSync(join(examples, 'Makefile'), 'utf8'))?.[1];
  const wazero = /wazero (v\S+)/u.exec(readFileSync(join(examples, 'go.mod'), 'utf8'))?.[1];
  if (go === undefined || wazero === undefined) throw new Error('expected versions in examples/Makefile and go.mod');
  return { go, wazero };
}

async function compress(bytes: Buffer): Promise<Buffer> {
  return promisify(brotliCompress)(bytes, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
      [constants.BROTLI_PARAM_LGWIN]: constants.BROTLI_MAX_WINDOW_BITS,
      [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
    },
  });
}

/** Names what is over budget. */
function overBudget(parts: Readonly<Record<string, Part>>): string[] {
  const sizes = Object.entries(parts).map(([name, { bytes }]) => ({ name, bytes }));
  const sum = (names?: readonly string[]): number =>
    sizes.reduce((total, { name, bytes }) => total + (names?.includes(name) === false ? 0 : bytes), 0);
  const found: string[] = [];
  const expect = (what: string, bytes: number, most: number): void => {
    if (bytes > most) found.push(`${what}: expected at most ${String(most)} bytes, found ${String(bytes)}`);
  };
  expect('the pack', sum(), budget.all);
  expect('what comes before the first diagnostics', sum(['compile', 'exports']), budget.check);
  for (const { name, bytes } of sizes) expect(name, bytes, largestFile);
  return found;
}

async function publish(): Promise<void> {
  build(examples, ['toolchain']);
  const old = readManifest();
  mkdirSync(published, { recursive: true });
  const entries = await Promise.all(
    Object.entries(built).map(async ([name, file]): Promise<[string, Part]> => {
      const content = readFileSync(join(examples, '.build', 'toolchain', file));
      const unpacked = { bytes: content.length, sha256: sha256(content) };
      const before = old?.parts[name];
      if (before?.unpacked.sha256 === unpacked.sha256) return [name, before];
      const packed = await compress(content);
      const hash = sha256(packed);
      const part = { file: `${name}.${hash.slice(0, 8)}.pack`, bytes: packed.length, sha256: hash, unpacked };
      writeFileSync(join(published, part.file), packed);
      return [name, part];
    }),
  );
  const parts = Object.fromEntries(entries);
  const kept = new Set(['manifest.json', ...Object.values(parts).map(({ file }) => file)]);
  for (const file of readdirSync(published)) if (!kept.has(file)) rmSync(join(published, file));
  const manifest: Manifest = { ...versions(), sources: hashSources(), parts };
  writeFileSync(join(published, 'manifest.json'), `${JSON.stringify(manifest, undefined, 2)}\n`);
  for (const [name, { bytes, unpacked }] of entries) {
    console.log(`${name.padEnd(8)} ${String(bytes).padStart(9)} bytes, ${String(unpacked.bytes).padStart(9)} unpacked`);
  }
  report(overBudget(parts));
}

/** Rebuilds the parts that this run looks at, without what the go command has built before, where the paths are others. */
function verify(): void {
  const manifest = readManifest();
  if (manifest === undefined) throw new Error('expected public/toolchain/manifest.json; run "npm run toolchain"');
  const temporary = mkdtempSync(join(tmpdir(), 'verify toolchain '));
  const found = overBudget(manifest.parts);
  if (manifest.sources !== hashSources()) found.push('the sources have changed since it was published');
  for (const [name, part] of Object.entries(manifest.parts)) {
    if (!(name in built)) found.push(`${name}: found in the manifest, but nothing makes it`);
    else if (!isAsListed(part)) found.push(`${name}: is not what manifest.json says`);
  }
  const chosen = sampleOfRun('the toolchain', Object.keys(targets) as (keyof typeof targets)[], 1);
  const names = chosen.flatMap((target): readonly (keyof typeof built)[] => targets[target]);
  try {
    const clean = join(temporary, 'examples');
    cpSync(examples, clean, { recursive: true, filter: (from) => !relative(examples, from).startsWith('.build') });
    build(clean, chosen, { GOCACHE: join(temporary, 'cache') });
    for (const name of names) {
      const part = manifest.parts[name];
      const rebuilt = readFileSync(join(clean, '.build', 'toolchain', built[name]));
      if (part === undefined) found.push(`${name}: expected it in the manifest, found none`);
      else found.push(...differences(name, rebuilt, brotliDecompressSync(readFileSync(join(published, part.file)))));
    }
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
  report(found);
  if (found.length === 0) console.log(`The same, bit by bit, in a clean folder: ${names.join(', ')}.`);
}

function isAsListed({ file, sha256: packedHash, unpacked }: Part): boolean {
  const packed = readFileSync(join(published, file));
  return sha256(packed) === packedHash && sha256(brotliDecompressSync(packed)) === unpacked.sha256;
}

function differences(name: string, rebuilt: Buffer, listed: Buffer): string[] {
  if (rebuilt.equals(listed)) return [];
  const from = firstDifference(rebuilt, listed);
  return [
    `${name}: differs from byte ${String(from)} on (${String(rebuilt.length)} bytes, ${String(listed.length)} are published)`,
  ];
}

function firstDifference(a: Buffer, b: Buffer): number {
  const length = Math.min(a.length, b.length);
  for (let at = 0; at < length; at += 1) if (a[at] !== b[at]) return at;
  return length;
}

function report(found: readonly string[]): void {
  if (found.length === 0) return;
  process.exitCode = 1;
  console.error(`toolchain: ${found.join('\ntoolchain: ')}`);
  console.error('If the sources or the toolchain have changed: npm run toolchain');
}

const [mode = 'publish', ...rest] = process.argv.slice(2);
if (rest.length > 0 || (mode !== 'publish' && mode !== 'verify')) {
  console.error(`Expected "publish" or "verify", found ${JSON.stringify(process.argv.slice(2).join(' '))}.`);
  process.exitCode = 2;
} else if (mode === 'verify') {
  verify();
} else {
  await publish();
}
