/**
 * Compiles the programs of the conformance tests; their wasm is committed, since it is small. Run it after a change:
 *
 *     node tests/conformance/programs/build.ts
 *
 * It needs Debian's clang, lld, wasi-libc and libclang-rt-14-dev-wasm32. `programs.json` records what was compiled with what,
 * and a test compares it with the sources.
 */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const folder = dirname(fileURLToPath(import.meta.url));
// -Os -s: small. -Wl,--strip-all and no debug information, so that two builds are equal.
const flags = ['--target=wasm32-wasi', '-Os', '-s', '-Wall', '-Wextra', '-Werror', '-Wl,--strip-all'];
const own: Readonly<Record<string, readonly string[]>> = {
  reactor: ['-mexec-model=reactor'],
  process: ['-Wno-infinite-recursion'],
};

const sources = readdirSync(folder)
  .filter((file) => file.endsWith('.c'))
  .sort();
const programs = sources.map((source) => {
  const name = source.slice(0, -'.c'.length);
  const wasm = join(folder, `${name}.wasm`);
  execFileSync('clang', [...flags, ...(own[name] ?? []), '-o', wasm, join(folder, source)], { stdio: 'inherit' });
  chmodSync(wasm, 0o644);
  const sha256 = createHash('sha256')
    .update(readFileSync(join(folder, source)))
    .digest('hex');
  return [name, { source: sha256, bytes: statSync(wasm).size }] as const;
});
const [clang = ''] = execFileSync('clang', ['--version'], { encoding: 'utf8' }).split('\n');
writeFileSync(
  join(folder, 'programs.json'),
  `${JSON.stringify({ clang, flags: flags.join(' '), programs: Object.fromEntries(programs) }, undefined, 2)}\n`,
);
