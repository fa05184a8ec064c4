/** `npm run build`: Astro writes the site to dist/, every page gets its policy, and every text and wasm file its compressed twins. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import process from 'node:process';
import { compressSite } from './compress.ts';
import { pinnedNode, projectEnv, root } from './install.mjs';
import { addSecurityPolicy } from './security-policy.ts';

const astro = join(root, 'node_modules', 'astro', 'bin', 'astro.mjs');
const built = spawnSync(pinnedNode(), [astro, 'build', ...process.argv.slice(2)], {
  cwd: root,
  env: projectEnv(),
  stdio: 'inherit',
});
if (built.status !== 0) process.exit(built.status ?? 1);

addSecurityPolicy(join(root, 'dist'));

const started = performance.now();
const totals = await compressSite(join(root, 'dist'), join(root, 'node_modules', '.cache', 'compressed'));
const seconds = ((performance.now() - started) / 1000).toFixed(1);
const kilobytes = (bytes: number): string => (bytes / 1000).toFixed(0);
console.log(
  `compressed ${String(totals.files)} files in ${seconds} s: ` +
    `${kilobytes(totals.plain)} kB plain, ${kilobytes(totals.brotli)} kB brotli`,
);
