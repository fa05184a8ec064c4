/**
 * `npm test`: installs what is missing, then runs every test on the pinned Node. See run-tests.ts for the steps and options.
 *
 * Plain JavaScript, see install.mjs.
 */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import process from 'node:process';
import { ensureInstalled, pinnedNode, projectEnv, requireNode20, root } from './install.mjs';

requireNode20();
try {
  const found = ensureInstalled();
  const tests = spawn(pinnedNode(), [join('scripts', 'run-tests.ts'), `--install=${found}`, ...process.argv.slice(2)], {
    cwd: root,
    env: projectEnv(),
    stdio: 'inherit',
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(signal, () => tests.kill(/** @type {NodeJS.Signals} */ (signal)));
  }
  tests.on('exit', (status) => {
    process.exitCode = status ?? 1;
  });
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.stdout.write('0 passed, 1 failed, 0 skipped\n');
  process.exitCode = 1;
}
