/**
 * `npm run examples`: runs the example hosts natively and records their sessions, and then the calls of their plugins; with
 * `--trace`, the calls alone. A name of an example, or several, record these only, and build only what these need.
 *
 * With `--matrix`, it records the matrix of streams instead: see matrix.ts.
 */
import process from 'node:process';
import { parseArgs } from 'node:util';
import { command } from './step.ts';

const { values, positionals } = parseArgs({
  options: { trace: { type: 'boolean' }, matrix: { type: 'boolean' } },
  allowPositionals: true,
});
if (values.matrix === true) {
  const { recordMatrix } = await import('./matrix.ts');
  await recordMatrix();
  process.exit();
}
const targets = values.trace === true ? ['trace'] : ['record', 'trace'];
const names = positionals.length > 0 ? [`EXAMPLE=${positionals.join(' ')}`] : [];
process.exitCode = await command('make', ['--no-print-directory', '-C', 'examples', ...targets, ...names]);
