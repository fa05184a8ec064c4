/**
 * `npm run build`: Astro writes the site to dist/, every page gets its policy, and every text and wasm file its compressed twins.
 * `-- --outDir FOLDER` writes it elsewhere; `-- --plain` compresses nothing. BASE_PATH names the folder of the domain.
 */
import { spawnSync } from 'node:child_process';
import { join, resolve } from 'node:path';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { nameArtefacts } from './artefact-names.ts';
import { compressedFolder } from '../src/examples/wire-size.ts';
import { basePath, moveHeaders } from './base-path.ts';
import { compressArtefacts, compressSite } from './compress.ts';
import { pinnedNode, projectEnv, root } from './install.mjs';
import { addSecurityPolicy } from './security-policy.ts';

const { values } = parseArgs({
  options: { outDir: { type: 'string', default: 'dist' }, plain: { type: 'boolean', default: false } },
});
const out = resolve(root, values.outDir);
const astro = join(root, 'node_modules', 'astro', 'bin', 'astro.mjs');
const cache = compressedFolder(root);
if (!values.plain) await compressArtefacts(join(root, 'public', 'wasm'), cache);
const built = spawnSync(pinnedNode(), [astro, 'build', '--outDir', out], {
  cwd: root,
  env: projectEnv(),
  stdio: 'inherit',
});
if (built.status !== 0) process.exit(built.status ?? 1);

nameArtefacts(out);
addSecurityPolicy(out);
moveHeaders(out, basePath);
if (values.plain) process.exit();

const started = performance.now();
const totals = await compressSite(out, cache);
const seconds = ((performance.now() - started) / 1000).toFixed(1);
const kilobytes = (bytes: number): string => (bytes / 1000).toFixed(0);
console.log(
  `compressed ${String(totals.files)} files in ${seconds} s: ` +
    `${kilobytes(totals.plain)} kB plain, ${kilobytes(totals.brotli)} kB brotli`,
);
