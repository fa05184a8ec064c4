/**
 * `npm run examples`: runs the example hosts natively and records their sessions; with `--trace`, the calls of their plugins.
 * A name of an example, or several, record these only.
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
const target = values.trace === true ? 'trace' : 'record';
const names = positionals.length > 0 ? [`EXAMPLE=${positionals.join(' ')}`] : [];
process.exitCode = await command('make', ['--no-print-directory', '-C', 'examples', target, ...names]);
