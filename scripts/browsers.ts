/**
 * `npm run browsers`: plays every recorded session in every browser and transport, one browser at a time, and compares with
 * the table of what ran where.
 *
 *     npm run browsers -- --record              writes that table, which the site shows, anew
 *     npm run browsers -- --record NAME …       the same for these examples; what the table has of others stays
 */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { pinnedNode, root } from './install.mjs';
import { command } from './step.ts';
import { playsFolder } from './what-ran-where.ts';

const { values, positionals } = parseArgs({
  options: { record: { type: 'boolean', default: false } },
  allowPositionals: true,
});
process.env['DEEP'] = 'true';
process.env['EXAMPLES'] = positionals.join(' ');
rmSync(playsFolder, { recursive: true, force: true });
const commands: readonly (readonly string[])[] = [
  [join(root, 'node_modules', 'playwright', 'cli.js'), 'test', 'examples.spec.ts'],
  // Of some examples the plays alone, of all of them what else is tested in these browsers.
  positionals.length > 0
    ? ['--test', '--test-concurrency=1', 'tests/browsers/firefox.test.ts', 'tests/browsers/webkit.test.ts']
    : ['--test', '--test-concurrency=1', 'tests/browsers/*.test.ts'],
  [join('scripts', 'what-ran-where.ts'), ...(values.record ? ['--record'] : [])],
];
for (const args of commands) {
  const status = await command(pinnedNode(), args);
  if (status !== 0) process.exitCode = status;
}
