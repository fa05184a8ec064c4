/** What `npm run deep` found: written to src/data/deep.json, which is committed and shown on "What was verified". */
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { CASES } from './fuzz-cases.ts';
import { root } from './install.mjs';
import { allPlays } from './plays.ts';
import type { Ended } from './schedule.ts';
import { total, type Counts } from './step.ts';

/** The committed file. */
export interface DeepResult extends Counts {
  /** Of its end, as 2026-11-28. */
  readonly date: string;
  /** The commit that was checked; ends in `+` if the folder had changes besides. */
  readonly commit: string;
  /** Repeats what was chosen by chance: `SEED=… npm run deep`. */
  readonly seed: number;
  /** Random cases of the properties in tests/unit. */
  readonly randomCases: number;
  /** Sessions that were played into browsers. */
  readonly plays: number;
  /** What each step counted. */
  readonly steps: Readonly<Record<string, Counts>>;
}

function git(...args: readonly string[]): string {
  return execFileSync('git', ['-C', root, ...args], { encoding: 'utf8' }).trim();
}

/** Writes what a whole deep run has counted. */
export function writeDeepResult(ended: readonly Ended[], seed: number): void {
  const counts = ({ passed, failed, skipped }: Counts): Counts => ({ passed, failed, skipped });
  const cases = Object.values(CASES).reduce((sum, one) => sum + one, 0) * Number(process.env['FUZZ_TIMES'] ?? 1);
  const result: DeepResult = {
    date: new Date().toISOString().slice(0, 10),
    commit: git('rev-parse', 'HEAD') + (git('status', '--porcelain', '--', ':!src/data/deep.json') === '' ? '' : '+'),
    seed,
    ...counts(total(ended.map(({ outcome }) => outcome))),
    randomCases: Math.round(cases),
    plays: allPlays().length,
    steps: Object.fromEntries(ended.map(({ name, outcome }) => [name, counts(outcome)])),
  };
  writeFileSync(join(root, 'src', 'data', 'deep.json'), `${JSON.stringify(result, undefined, 2)}\n`);
}
