/** What stands behind the site, counted from the files of the project while it is built. */
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { listExamples, loadExample, loadToolchains, type LoadOptions } from './load-example.ts';
import { loadTrace } from './load-trace.ts';

/** The commit that the site was built from. */
export interface Commit {
  /** 40 hexadecimal digits. */
  readonly hash: string;
  /** When it was committed: ISO 8601, with its time zone. */
  readonly date: string;
}

/** Counts over all examples and pages. */
export interface VerifiedFacts {
  readonly examples: number;
  /** Of them, those that a browser can run. */
  readonly inPage: number;
  /** Pairs of an example and a language of its plugin; each plays the recorded session. */
  readonly plugins: number;
  /** Lines that were written or typed in the recorded sessions. */
  readonly lines: number;
  /** Of them, those of the examples that a browser can run. */
  readonly linesInPage: number;
  /** Calls of plugins in the recorded traces. */
  readonly calls: number;
  /** Sandboxes, recordings and listings in the text of the pages. */
  readonly shown: number;
  /** Places in wazero's source that pages cite. */
  readonly citations: number;
  /** Versions by tool. */
  readonly versions: Readonly<Record<string, string>>;
}

/** Undefined where there is no git, or no history: in an unpacked archive, say. */
export function commitOf({ root = process.cwd() }: LoadOptions = {}): Commit | undefined {
  const { status, stdout } = spawnSync('git', ['log', '-1', '--format=%H %cI'], { cwd: root, encoding: 'utf8' });
  if (status !== 0) return undefined;
  const [hash, date] = stdout.trim().split(' ');
  return hash === undefined || date === undefined ? undefined : { hash, date };
}

/** @throws ExampleError if a file that is counted is missing or wrong */
export function verifiedFacts(options: LoadOptions = {}): VerifiedFacts {
  const names = listExamples(options);
  const examples = names.map((name) => loadExample(name, options));
  const inPage = examples.filter(({ manifest }) => manifest.runsIn.includes('page'));
  const traces = names.map((name) => loadTrace(name, options));
  const folder = join(options.root ?? process.cwd(), 'src', 'content', 'docs');
  const pages = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.mdx'))
    .map((file) => readFileSync(join(folder, file), 'utf8'))
    .join('\n');
  const { wazero, go, clang, rust } = loadToolchains(options);
  const sum = (counts: readonly number[]): number => counts.reduce((total, count) => total + count, 0);
  const linesOf = (some: typeof examples): number =>
    sum(some.map(({ transcript }) => transcript.filter(({ kind }) => /^(?:stdout|stderr|typed)$/u.test(kind)).length));
  return {
    examples: names.length,
    inPage: inPage.length,
    plugins: sum(examples.map(({ manifest }) => manifest.plugins.length)),
    lines: linesOf(examples),
    linesInPage: linesOf(inPage),
    calls: sum(traces.flatMap(({ plugins }) => Object.values(plugins).map((run) => run.calls.length))),
    shown: pages.match(/<(?:Sandbox|RecordedRun|RecordedCalls|Listing|ProjectListing)\s/gu)?.length ?? 0,
    citations: pages.match(/<WazeroSource\s/gu)?.length ?? 0,
    versions: { wazero, Go: go, clang, Rust: rust },
  };
}
