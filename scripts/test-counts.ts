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

/** So long may a line about a failed test be. */
const TOLD_LENGTH = 300;

/** Name and first words of the reason, on one line. */
function tell(name: string, reason: string): string {
  // eslint-disable-next-line no-control-regex -- test runners colour their errors
  const plain = reason.replaceAll(/\u001B\[[\d;]*m/gu, '');
  const line = [name, plain.replaceAll(/\s+/gu, ' ').trim()].filter((part) => part !== '').join(': ');
  return line.length > TOLD_LENGTH ? `${line.slice(0, TOLD_LENGTH)}…` : line;
}

/** The tests in TAP output that did not pass, innermost only. */
export function troubleFromTap(tap: string): string[] {
  const lines = tap.split('\n');
  return lines.flatMap((line, index) => {
    const skipped = /^\s*ok \d+ - (.*?) # (?:SKIP|TODO)(.*)$/u.exec(line);
    if (skipped !== null) return [tell(`skipped ${skipped[1] ?? ''}`, skipped[2] ?? '')];
    const failed = /^(\s*)not ok \d+ - (.*)$/u.exec(line);
    if (failed === null) return [];
    const details = lines.slice(index + 1, index + 30);
    const end = details.findIndex((one) => one.trim() === '...');
    const told = details.slice(0, end === -1 ? undefined : end);
    if (told.some((one) => /failureType: 'subtestsFailed'/u.test(one))) return [];
    const at = told.findIndex((one) => /^\s*error: /u.test(one));
    const reason =
      at === -1
        ? ''
        : told
            .slice(at, at + 3)
            .join(' ')
            .replace(/^\s*error: (?:\|-)?/u, '');
    return [tell(failed[2] ?? '', reason)];
  });
}

/** The tests in Playwright's JSON report that did not pass at once. */
export function troubleFromPlaywright(json: string): string[] {
  interface Suite {
    readonly file?: string;
    readonly specs?: readonly {
      readonly title: string;
      readonly line: number;
      readonly tests: readonly {
        readonly projectName: string;
        readonly status: string;
        readonly results: readonly { readonly error?: { readonly message?: string } }[];
      }[];
    }[];
    readonly suites?: readonly Suite[];
  }
  const walk = (suite: Suite): string[] => [
    ...(suite.specs ?? []).flatMap(({ title, line, tests }) =>
      tests
        .filter(({ status }) => status !== 'expected')
        .map(({ projectName, status, results }) =>
          tell(
            `${status === 'skipped' ? 'skipped ' : ''}[${projectName}] ${suite.file ?? ''}:${String(line)} ${title}`,
            results.find(({ error }) => error !== undefined)?.error?.message ?? '',
          ),
        ),
    ),
    ...(suite.suites ?? []).flatMap(walk),
  ];
  return (JSON.parse(json) as { readonly suites?: readonly Suite[] }).suites?.flatMap(walk) ?? [];
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

  /** @returns the tests that failed or were skipped so far, by name. */
  trouble(): string[] {
    return [...this.#results.values()]
      .filter(({ action }) => action !== 'pass')
      .map(({ pkg, test, action }) => tell(`${action === 'skip' ? 'skipped ' : ''}${pkg} ${test}`, ''));
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
