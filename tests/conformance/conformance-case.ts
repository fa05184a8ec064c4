import type { HarnessOptions } from '../unit/engine-wasi-harness.ts';
import { World } from './world.ts';

/** One thing that preview1 asks of an import. */
export interface ConformanceCase {
  /** `import: what it does`; unique. */
  readonly name: string;
  /** The import. */
  readonly of: string;
  /** @throws Error if it is not so */
  readonly run: () => void | Promise<void>;
}

type Check = (world: World) => void | Promise<void>;

/** Cases of one import, each by the sentence that says what it does; each gets a world of its own. */
export function casesOf(
  of: string,
  checks: Readonly<Record<string, Check>>,
  options: () => HarnessOptions = () => ({}),
): ConformanceCase[] {
  return Object.entries(checks).map(([sentence, check]) => ({
    name: `${of}: ${sentence}`,
    of,
    run: () => check(new World(options())),
  }));
}
