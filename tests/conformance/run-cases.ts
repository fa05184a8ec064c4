import type { ConformanceCase } from './conformance-case.ts';
import type { KnownFailure } from './known-failures.ts';

/** How one case ended. */
export interface CaseResult {
  readonly name: string;
  /** What is wrong: a failure that is not known, or a known one that has passed. */
  readonly fault: string | undefined;
}

/** Runs one case; what `known` says is turned round. */
export async function runCase(one: ConformanceCase, known: readonly KnownFailure[]): Promise<CaseResult> {
  const expected = known.find(({ name }) => name === one.name);
  let failure: string | undefined;
  try {
    await one.run();
  } catch (error) {
    failure = error instanceof Error ? error.message : String(error);
  }
  if (expected === undefined) return { name: one.name, fault: failure };
  const fault =
    failure === undefined
      ? `expected a known failure (${expected.reason}), found that it passes; remove it from known-failures.ts`
      : undefined;
  return { name: one.name, fault };
}

/** What is wrong with the lists themselves. */
export function faultsOfLists(cases: readonly ConformanceCase[], known: readonly KnownFailure[]): string[] {
  const names = cases.map(({ name }) => name);
  const twice = names.filter((name, index) => names.indexOf(name) !== index);
  const stale = known.filter(({ name }) => !names.includes(name)).map(({ name }) => name);
  return [
    ...twice.map((name) => `two cases are called "${name}"`),
    ...stale.map((name) => `known-failures.ts names a case that there is not: "${name}"`),
  ];
}
