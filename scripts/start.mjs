/**
 * `npm start`: from a fresh clone to the built site on loopback. Installs what is missing, builds, serves.
 *
 * Plain JavaScript, see install.mjs.
 */
import { spawn, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import process from 'node:process';
import { ensureInstalled, pinnedNode, projectEnv, requireNode20, root } from './install.mjs';

requireNode20();
try {
  const found = ensureInstalled();
  process.stderr.write(found === 'installed' ? 'Installed the packages.\n' : 'The packages are installed already.\n');
  const options = /** @type {const} */ ({ cwd: root, env: projectEnv(), stdio: 'inherit' });
  const build = spawnSync(pinnedNode(), [join('scripts', 'build.ts')], options);
  if (build.status !== 0) process.exit(build.status ?? 1);

  const server = spawn(pinnedNode(), [join('scripts', 'serve.ts'), ...process.argv.slice(2)], options);
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(signal, () => server.kill(/** @type {NodeJS.Signals} */ (signal)));
  }
  server.on('exit', (status) => process.exit(status ?? 0));
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
}
