/**
 * What the course has to show, and where it does: each point of `src/data/coverage.json` names a page and the examples that
 * run on it. A point whose page or example is gone, or whose page does not show the example any more, is a problem.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** One point that the course has to make. */
export interface CoveragePoint {
  readonly id: string;
  /** The point, in a few words. */
  readonly says: string;
  /** Page below `src/content/docs`, without its ending. */
  readonly page: string;
  /** Examples that show it; the page runs or replays each. */
  readonly examples: readonly string[];
}

/** `src/data/coverage.json`. */
export interface Coverage {
  /** What readers see and are told elsewhere. */
  readonly symptoms: readonly CoveragePoint[];
  /** What the course teaches. */
  readonly lessons: readonly CoveragePoint[];
}

/** Points that have to be there, in this order. */
const expectedIds = {
  symptoms: Array.from({ length: 10 }, (_, index) => `S${String(index + 1)}`),
  lessons: Array.from({ length: 15 }, (_, index) => String(index + 1)),
} satisfies Record<keyof Coverage, string[]>;

/** Looks up files; a test may look elsewhere. */
export interface CoverageFiles {
  /** @returns the source of a page; undefined if there is none */
  page(name: string): string | undefined;
  hasExample(name: string): boolean;
}

/** The project's own files. @param root the project's folder */
export function coverageFiles(root: string): CoverageFiles {
  return {
    page: (name) => {
      const file = join(root, 'src', 'content', 'docs', `${name}.mdx`);
      return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
    },
    hasExample: (name) => existsSync(join(root, 'examples', name, 'transcript.txt')),
  };
}

/** Examples that a page runs, or whose session it replays. */
export function examplesOn(page: string): ReadonlySet<string> {
  const shown = new Set<string>();
  for (const [tag] of page.matchAll(/<(?:Sandbox|RecordedRun|SideBySide|Variants)\b[\s\S]*?\/>/gu)) {
    for (const [, name = ''] of tag.matchAll(/\bexample(?:=|: )["'](?<name>[a-z0-9-]+)["']/gu)) shown.add(name);
  }
  return shown;
}

/** One sentence for each point that is not covered. */
export function coverageProblems(coverage: Coverage, files: CoverageFiles): string[] {
  const problems: string[] = [];
  for (const kind of ['symptoms', 'lessons'] as const) {
    const found = coverage[kind].map(({ id }) => id).join(', ');
    const expected = expectedIds[kind].join(', ');
    if (found !== expected) problems.push(`${kind}: expected the points ${expected}, found ${found}`);
    for (const { id, page, examples } of coverage[kind]) {
      const source = files.page(page);
      if (source === undefined) {
        problems.push(`${id}: expected the page src/content/docs/${page}.mdx, found none`);
        continue;
      }
      if (examples.length === 0) problems.push(`${id}: expected an example that shows it, found none`);
      const shown = examplesOn(source);
      for (const example of examples) {
        if (!files.hasExample(example)) problems.push(`${id}: expected a recorded example ${example}, found none`);
        else if (!shown.has(example)) {
          problems.push(`${id}: expected the page ${page} to run or replay ${example}, found ${[...shown].join(', ')}`);
        }
      }
    }
  }
  return problems;
}

/** The table as Markdown. */
export function coverageMarkdown(coverage: Coverage, problems: readonly string[]): string {
  const rows = (points: readonly CoveragePoint[]): string[] =>
    points.map(({ id, says, page, examples }) => {
      const open = problems.some((problem) => problem.startsWith(`${id}: `));
      return `| ${id} | ${says} | /${page}/ | ${examples.join(', ')} | ${open ? '**missing**' : 'covered'} |`;
    });
  const head = ['| | | page | examples | |', '| --- | --- | --- | --- | --- |'];
  return [
    '# What the course covers',
    '',
    'An example on a page runs there in the browser tests, or is replayed natively, or both.',
    '',
    '## Symptoms and advice',
    '',
    ...head,
    ...rows(coverage.symptoms),
    '',
    '## Lessons',
    '',
    ...head,
    ...rows(coverage.lessons),
    '',
  ].join('\n');
}
