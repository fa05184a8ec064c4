/** Reads how many tests passed, failed and were skipped from what the test runners write. Pure functions. */
import type { Counts } from './step.ts';

/**
 * Counts of a `node --test` run from its TAP output, whose last lines say `# pass 12` and so on.
 * @throws Error if they are not there: the run broke off.
 */
export function countsFromTap(tap: string): Counts {
  const read = (name: string): number => {
    const found = new RegExp(`^# ${name} (\\d+)$`, 'mu').exec(tap)?.[1];
    if (found === undefined) throw new Error(`expected "# ${name} N" at the end of the TAP output, found none`);
    return Number(found);
  };
  return {
    passed: read('pass'),
    failed: read('fail') + read('cancelled'),
    skipped: read('skipped') + read('todo'),
  };
}

/** The parts of `go test -json`'s events (`go doc test2json`) that are used here. */
interface GoEvent {
  readonly Action?: unknown;
  readonly Package?: unknown;
  readonly ImportPath?: unknown;
  readonly Test?: unknown;
  readonly Output?: unknown;
}

/**
 * Takes `go test -json` line by line. A test counts if it has no subtests; a package that fails without a failed test
 * (it doesn't compile, it panics in TestMain) counts as one failed test.
 */
export class GoTestReader {
  readonly #results = new Map<string, { readonly pkg: string; readonly test: string; readonly action: string }>();
  readonly #output = new Map<string, string>();
  readonly #failedPackages = new Set<string>();

  /** @returns a line to show, or undefined if the line is an event whose output can wait. */
  take(line: string): string | undefined {
    if (!line.startsWith('{')) return line;
    let event: GoEvent;
    try {
      event = JSON.parse(line) as GoEvent;
    } catch {
      return line;
    }
    const pkg = typeof event.Package === 'string' ? event.Package : '';
    const test = typeof event.Test === 'string' ? event.Test : '';
    const key = `${pkg} ${test}`;
    switch (event.Action) {
      case 'build-output':
        return typeof event.Output === 'string' ? event.Output.trimEnd() : undefined;
      case 'output': {
        const text = typeof event.Output === 'string' ? event.Output : '';
        this.#output.set(key, (this.#output.get(key) ?? '') + text);
        return undefined;
      }
      case 'pass':
      case 'fail':
      case 'skip':
        if (test === '') {
          if (event.Action === 'fail') this.#failedPackages.add(pkg);
          return event.Action === 'fail' ? `FAIL ${pkg}\n${this.#take(key)}` : undefined;
        }
        this.#results.set(key, { pkg, test, action: event.Action });
        return event.Action === 'fail' ? `--- FAIL ${pkg} ${test}\n${this.#take(key)}` : undefined;
      default:
        return undefined;
    }
  }

  #take(key: string): string {
    const text = this.#output.get(key) ?? '';
    this.#output.delete(key);
    return text;
  }

  /** @returns the counts so far. */
  counts(): Counts {
    const results = [...this.#results.values()];
    const parents = new Set<string>();
    for (const { pkg, test } of results) {
      for (let slash = test.lastIndexOf('/'); slash > 0; slash = test.lastIndexOf('/', slash - 1)) {
        parents.add(`${pkg} ${test.slice(0, slash)}`);
      }
    }
    const leaves = results.filter(({ pkg, test }) => !parents.has(`${pkg} ${test}`));
    const count = (action: string): number => leaves.filter((leaf) => leaf.action === action).length;
    // A parent can fail by itself, with all its subtests passed.
    const failedAlone = results.filter(
      (one) =>
        one.action === 'fail' &&
        parents.has(`${one.pkg} ${one.test}`) &&
        !leaves.some((leaf) => leaf.action === 'fail' && leaf.pkg === one.pkg && leaf.test.startsWith(`${one.test}/`)),
    ).length;
    const silentPackages = [...this.#failedPackages].filter(
      (pkg) => !results.some((one) => one.pkg === pkg && one.action === 'fail'),
    ).length;
    return { passed: count('pass'), failed: count('fail') + failedAlone + silentPackages, skipped: count('skip') };
  }
}

/**
 * Counts of a Playwright run from its JSON report.
 * @throws Error if the report has no statistics.
 */
export function countsFromPlaywright(json: string): Counts {
  const report: unknown = JSON.parse(json);
  const stats: unknown = typeof report === 'object' && report !== null && 'stats' in report ? report.stats : undefined;
  const read = (name: string): number => {
    const value: unknown = typeof stats === 'object' && stats !== null ? Reflect.get(stats, name) : undefined;
    if (typeof value !== 'number')
      throw new Error(`expected a number "stats.${name}" in Playwright's report, found none`);
    return value;
  };
  return { passed: read('expected'), failed: read('unexpected') + read('flaky'), skipped: read('skipped') };
}
