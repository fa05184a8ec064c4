/**
 * Runs the steps of `npm test`, four side by side where that is possible. Every step runs, also after a failed one, unless it
 * needs that one. The last line of stdout is `N passed, N failed, N skipped`; the exit code is 1 if anything failed.
 *
 *     npm test -- --only unit,lint     these steps, against what was built last
 *     npm run test:quick               what one wants after each edit: a few steps, with a tenth of the random cases
 *     npm run deep                     all there is, where `npm test` draws samples; writes src/data/deep.json
 *     npm test -- --list               the steps' names
 */
import process from 'node:process';
import { parseArgs } from 'node:util';
import { writeDeepResult } from './deep-result.ts';
import { commandFor, lacking, others } from './debian-packages.ts';
import { isDeep, seedOfRun } from './sample.ts';
import { runSteps, SIDE_BY_SIDE, type Ended } from './schedule.ts';
import { pass, total, type Step } from './step.ts';
import { steps } from './test-steps.ts';

/** How often the random cases that scripts/fuzz-cases.ts counts are run. */
const TIMES = { quick: '0.1', sampled: '0.3', deep: '10' } as const;
const quickSteps = ['format', 'types', 'unit'];

const { values } = parseArgs({
  options: {
    only: { type: 'string' },
    quick: { type: 'boolean', default: false },
    deep: { type: 'boolean', default: false },
    list: { type: 'boolean', default: false },
    install: { type: 'string', default: 'present' },
  },
});
const known = steps.map((step) => step.name);
const wanted = values.only?.split(',').map((name) => name.trim()) ?? (values.quick ? quickSteps : known);
const unknown = wanted.filter((name) => !known.includes(name));

if (values.list) {
  console.log(known.join('\n'));
} else if (unknown.length > 0) {
  console.error(`Expected --only to name steps among ${known.join(', ')}; found ${unknown.join(', ')}.`);
  process.exitCode = 1;
} else {
  process.exitCode = await main(steps.filter(({ name }) => wanted.includes(name)));
}

async function main(chosen: readonly Step[]): Promise<number> {
  if (values.deep) process.env['DEEP'] = 'true';
  process.env['FUZZ_TIMES'] ??= TIMES[isDeep() ? 'deep' : values.quick ? 'quick' : 'sampled'];
  // One seed for all that is chosen by chance. A failed property names its own way to repeat it.
  const seed = seedOfRun();
  process.env['SEED'] = String(seed);
  process.env['FUZZ_SEED'] ??= String(seed);
  console.log(`Chosen by chance with SEED=${String(seed)}`);
  const started = performance.now();
  const ended = await runSteps(chosen);
  const all = summarize([{ name: `install (${values.install})`, outcome: pass, seconds: 0 }, ...ended]);
  console.log(
    `${((performance.now() - started) / 60_000).toFixed(1)} minutes in all; up to ${String(SIDE_BY_SIDE)} steps side by side`,
  );
  const lacks = lacking(others);
  if (all.skipped > 0 && lacks.length > 0) console.log(`For other browsers and servers: ${commandFor(lacks)}`);
  if (isDeep() && chosen.length === steps.length) writeDeepResult(ended, seed);
  console.log(`${String(all.passed)} passed, ${String(all.failed)} failed, ${String(all.skipped)} skipped`);
  return all.failed > 0 ? 1 : 0;
}

/** Prints a table of the steps, then what failed or was skipped. */
function summarize(rows: readonly Ended[]): ReturnType<typeof total> {
  console.log('\n── summary ──');
  const width = Math.max(...rows.map(({ name }) => name.length));
  for (const { name, outcome, seconds } of rows) {
    const mark = outcome.failed > 0 ? 'FAILED ' : outcome.passed > 0 ? 'passed ' : 'skipped';
    const counts = `${String(outcome.passed)} passed, ${String(outcome.failed)} failed, ${String(outcome.skipped)} skipped`;
    console.log(`${mark} ${name.padEnd(width)} ${seconds.toFixed(1).padStart(6)} s  ${counts}`);
    if (outcome.note !== undefined) console.log(`        ${outcome.note}`);
  }
  for (const { name, outcome } of rows) {
    for (const line of outcome.told ?? []) console.log(`${line.startsWith('skipped ') ? '–' : '✘'} ${name} ${line}`);
  }
  return total(rows.map(({ outcome }) => outcome));
}
