/**
 * How the fuzz tests run: many random cases of a property, a different seed each time. A failure prints the seed and the
 * shrunken case; to repeat it:
 *
 *     FUZZ_SEED=123 FUZZ_PATH=4:1 node --test tests/unit/fuzz-byte-queue.test.ts
 *
 * `FUZZ_TIMES=10` runs ten times as many cases.
 */
import fc from 'fast-check';
import process from 'node:process';
import { CASES } from '../../scripts/fuzz-cases.ts';

function parameters(name: keyof typeof CASES): fc.Parameters<unknown> {
  const { FUZZ_SEED, FUZZ_PATH, FUZZ_TIMES } = process.env;
  return {
    numRuns: CASES[name] * Number(FUZZ_TIMES ?? 1),
    ...(FUZZ_SEED === undefined ? {} : { seed: Number(FUZZ_SEED) }),
    ...(FUZZ_PATH === undefined ? {} : { path: FUZZ_PATH }),
  };
}

/** @throws Error with seed, path and the smallest case found */
function report<T>(details: fc.RunDetails<T>): void {
  if (!details.failed) return;
  const again = `Repeat with FUZZ_SEED=${String(details.seed)} FUZZ_PATH=${details.counterexamplePath ?? ''}`;
  throw new Error(`${again}\n${fc.defaultReportMessage(details) ?? ''}`, { cause: details.errorInstance });
}

/** Checks a property whose cases run at once. */
export function check<T>(name: keyof typeof CASES, arbitrary: fc.Arbitrary<T>, run: (one: T) => void): void {
  report(fc.check(fc.property(arbitrary, run), parameters(name) as fc.Parameters<[T]>));
}

/** Checks a property whose cases wait. @param timeout milliseconds after which a case has failed */
export async function checkAsync<T>(
  name: keyof typeof CASES,
  arbitrary: fc.Arbitrary<T>,
  run: (one: T) => Promise<void>,
  timeout?: number,
): Promise<void> {
  const limit = timeout === undefined ? {} : { timeout };
  report(await fc.check(fc.asyncProperty(arbitrary, run), { ...parameters(name), ...limit } as fc.Parameters<[T]>));
}
