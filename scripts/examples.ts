/**
 * `npm run examples`: runs the example hosts natively and records their sessions; with `--trace`, the calls of their plugins.
 * A name of an example, or several, record these only.
 */
import process from 'node:process';
import { parseArgs } from 'node:util';
import { command } from './step.ts';

const { values, positionals } = parseArgs({ options: { trace: { type: 'boolean' } }, allowPositionals: true });
const target = values.trace === true ? 'trace' : 'record';
const names = positionals.length > 0 ? [`EXAMPLE=${positionals.join(' ')}`] : [];
process.exitCode = await command('make', ['--no-print-directory', '-C', 'examples', target, ...names]);
