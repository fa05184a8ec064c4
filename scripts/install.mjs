/**
 * Installs the packages of the lockfile, and nothing else, when they are not installed yet.
 *
 * Plain JavaScript: `npm start` and `npm test` run it in a fresh clone, on whatever Node (20 or newer) the reader has. The
 * project itself runs on the Node that the lockfile pins (`node_modules/node`), which is there only afterwards.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';

/** The project's folder. */
export const root = dirname(dirname(fileURLToPath(import.meta.url)));

const stampFile = join(root, 'node_modules', '.cache', 'installed-lockfile');

/**
 * What a finished install leaves behind: the lockfile's hash, and the platform, since a clone may be shared with a container.
 * @returns {string}
 */
function expectedStamp() {
  const hash = createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex');
  return `${hash} ${process.platform}-${process.arch}\n`;
}

/** @returns {boolean} whether node_modules is what the lockfile says, as far as we installed it ourselves. */
export function isInstalled() {
  return existsSync(stampFile) && readFileSync(stampFile, 'utf8') === expectedStamp();
}

/** Remembers that node_modules is what the lockfile says. */
export function rememberInstall() {
  mkdirSync(dirname(stampFile), { recursive: true });
  writeFileSync(stampFile, expectedStamp());
}

/**
 * Installs with `npm ci` unless node_modules is already what the lockfile says.
 * @returns {'installed' | 'present'}
 * @throws {Error} when npm fails; what npm said is on stderr by then.
 */
export function ensureInstalled() {
  if (isInstalled()) return 'present';
  // stdout carries results only, so npm's words go to stderr.
  /** @type {import('node:child_process').StdioOptions} */
  const stdio = ['ignore', process.stderr.fd, process.stderr.fd];
  // Warnings are about the Node that installs; the project runs on the one that is being installed.
  const args = ['ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error'];
  process.stderr.write('Installing the packages of package-lock.json …\n');
  const npm = process.env['npm_execpath'];
  const result =
    npm !== undefined && npm.endsWith('.js')
      ? spawnSync(process.execPath, [npm, ...args], { cwd: root, stdio })
      : spawnSync('npm', args, { cwd: root, stdio, shell: process.platform === 'win32' });
  if (result.error) throw new Error(`Expected npm on the PATH, found none (${result.error.message}). Install npm.`);
  if (result.status !== 0) {
    throw new Error(
      `\`npm ci\` failed with exit code ${String(result.status)}; its reason is above. ` +
        'If it names a package it could not reach, check the network and run the command again.',
    );
  }
  rememberInstall();
  return 'installed';
}

/** @returns {string} the pinned Node's program; there after `ensureInstalled`. */
export function pinnedNode() {
  const name = process.platform === 'win32' ? 'node.exe' : 'node';
  const path = join(root, 'node_modules', 'node', 'bin', name);
  if (!existsSync(path)) {
    throw new Error(
      `Expected the pinned Node at ${path}, found nothing. ` +
        'Its install script fetches it: run `npm ci --ignore-scripts=false`, then this command again.',
    );
  }
  return path;
}

/** @returns {NodeJS.ProcessEnv} the environment of every command of the project: its own tools first. */
export function projectEnv() {
  const path = [join(root, 'node_modules', '.bin'), process.env['PATH'] ?? ''].join(delimiter);
  return { ...process.env, PATH: path, ASTRO_TELEMETRY_DISABLED: '1' };
}

/** Ends with a sentence instead of a stack of syntax errors on a Node that is too old. */
export function requireNode20() {
  const major = Number(process.versions.node.split('.')[0]);
  if (major >= 20) return;
  process.stderr.write(
    `Expected Node 20 or newer, found ${process.version}. Install a newer Node and run this again.\n`,
  );
  process.exit(1);
}
