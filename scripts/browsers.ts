/**
 * `npm run browsers`: plays every recorded session in every browser and transport, one browser at a time, and compares with
 * the table of what ran where.
 *
 *     npm run browsers -- --record    writes that table, which the site shows, anew
 */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { pinnedNode, root } from './install.mjs';
import { command } from './step.ts';
import { playsFolder } from './what-ran-where.ts';

process.env['DEEP'] = 'true';
rmSync(playsFolder, { recursive: true, force: true });
const commands: readonly (readonly string[])[] = [
  [join(root, 'node_modules', 'playwright', 'cli.js'), 'test', 'examples.spec.ts'],
  ['--test', '--test-concurrency=1', 'tests/browsers/*.test.ts'],
  [join('scripts', 'what-ran-where.ts'), ...process.argv.slice(2)],
];
for (const args of commands) {
  const status = await command(pinnedNode(), args);
  if (status !== 0) process.exitCode = status;
}
