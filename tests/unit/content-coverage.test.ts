/** The course shows what it has to: each symptom and each lesson on a page of its own, with an example that runs there. */
import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import {
  coverageFiles,
  coverageMarkdown,
  coverageProblems,
  examplesOn,
  type Coverage,
  type CoverageFiles,
} from '../../scripts/coverage.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const coverage = JSON.parse(readFileSync(join(root, 'src', 'data', 'coverage.json'), 'utf8')) as Coverage;

describe('the coverage of the course', () => {
  test('has a page and a running example for each point, and is written to tests/report/coverage.md', () => {
    const problems = coverageProblems(coverage, coverageFiles(root));
    mkdirSync(join(root, 'tests', 'report'), { recursive: true });
    writeFileSync(join(root, 'tests', 'report', 'coverage.md'), coverageMarkdown(coverage, problems));
    assert.deepEqual(problems, []);
  });

  const files = coverageFiles(root);
  const without = (change: Partial<CoverageFiles>): string[] => coverageProblems(coverage, { ...files, ...change });

  test('misses a page that is gone', () => {
    const problems = without({ page: (name) => (name === 'two-pipes' ? undefined : files.page(name)) });
    assert.ok(problems.includes('S7: expected the page src/content/docs/two-pipes.mdx, found none'), problems.join());
  });

  test('misses an example that is gone', () => {
    const problems = without({ hasExample: (name) => name !== 'timeout-spin' && files.hasExample(name) });
    assert.deepEqual(problems, ['10: expected a recorded example timeout-spin, found none']);
  });

  test('misses an example that its page does not show any more', () => {
    const page = (name: string): string | undefined => files.page(name)?.replace('<Sandbox example="sticky-end"', '<');
    const problems = without({ page });
    assert.equal(problems.length, 1);
    assert.match(problems[0] ?? '', /^4: expected the page what-a-read-can-say to run or replay sticky-end, found /u);
  });

  test('misses a point that is gone', () => {
    const fewer: Coverage = { ...coverage, lessons: coverage.lessons.slice(1) };
    assert.match(coverageProblems(fewer, files)[0] ?? '', /^lessons: expected the points 1, 2, .*, found 2, 3,/u);
    assert.match(coverageMarkdown(coverage, ['S3: …']), /^\| S3 \|.*\*\*missing\*\* \|$/mu);
  });

  test('counts what runs or is replayed, and not a listing', () => {
    const page = '<Sandbox example="a" /> <Listing example="b" file="x" /> <Variants v={[{ example: \'c\' }]} />';
    assert.deepEqual([...examplesOn(page)], ['a', 'c']);
  });
});
