import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  countsFromPlaywright,
  countsFromTap,
  GoTestReader,
  troubleFromPlaywright,
  troubleFromTap,
} from '../../scripts/test-counts.ts';

describe('countsFromTap', () => {
  it('adds cancelled tests to the failed and todo tests to the skipped', () => {
    const tap = '# tests 9\n# suites 1\n# pass 4\n# fail 1\n# cancelled 1\n# skipped 2\n# todo 1\n# duration_ms 3\n';
    assert.deepEqual(countsFromTap(tap), { passed: 4, failed: 2, skipped: 3 });
  });

  it('refuses output that broke off', () =>
    assert.throws(() => countsFromTap('TAP version 13\nok 1 - a\n'), /expected "# pass N"/u));
});

describe('GoTestReader', () => {
  const read = (...events: readonly object[]): GoTestReader => {
    const reader = new GoTestReader();
    for (const event of events) reader.take(JSON.stringify(event));
    return reader;
  };

  it('counts the tests that have no subtests', () => {
    const reader = read(
      { Action: 'run', Package: 'p', Test: 'TestA' },
      { Action: 'pass', Package: 'p', Test: 'TestA/go' },
      { Action: 'skip', Package: 'p', Test: 'TestA/c' },
      { Action: 'pass', Package: 'p', Test: 'TestA' },
      { Action: 'pass', Package: 'p', Test: 'TestB' },
      { Action: 'pass', Package: 'p' },
    );
    assert.deepEqual(reader.counts(), { passed: 2, failed: 0, skipped: 1 });
  });

  it('counts a failed subtest once, not its parents', () => {
    const reader = read(
      { Action: 'fail', Package: 'p', Test: 'TestA/go/x' },
      { Action: 'fail', Package: 'p', Test: 'TestA/go' },
      { Action: 'fail', Package: 'p', Test: 'TestA' },
      { Action: 'fail', Package: 'p' },
    );
    assert.deepEqual(reader.counts(), { passed: 0, failed: 1, skipped: 0 });
  });

  it('counts a parent that fails after its subtests passed', () => {
    const reader = read(
      { Action: 'pass', Package: 'p', Test: 'TestA/go' },
      { Action: 'fail', Package: 'p', Test: 'TestA' },
      { Action: 'fail', Package: 'p' },
    );
    assert.deepEqual(reader.counts(), { passed: 1, failed: 1, skipped: 0 });
  });

  it('counts a package that does not compile, and shows what the compiler said', () => {
    const reader = new GoTestReader();
    const said = reader.take(JSON.stringify({ Action: 'build-output', ImportPath: 'p', Output: 'x.go:1: no\n' }));
    assert.equal(said, 'x.go:1: no');
    reader.take(JSON.stringify({ Action: 'fail', Package: 'p', Elapsed: 0 }));
    assert.deepEqual(reader.counts(), { passed: 0, failed: 1, skipped: 0 });
  });

  it('shows the output of a failed test, and lines that are no events', () => {
    const reader = read({ Action: 'output', Package: 'p', Test: 'TestA', Output: '    a_test.go:3: no\n' });
    const shown = reader.take(JSON.stringify({ Action: 'fail', Package: 'p', Test: 'TestA' }));
    assert.equal(shown, '--- FAIL p TestA\n    a_test.go:3: no\n');
    assert.equal(reader.take('make: building'), 'make: building');
  });
});

describe('countsFromPlaywright', () => {
  it('takes the statistics of the report', () => {
    const report = JSON.stringify({ stats: { expected: 5, unexpected: 1, flaky: 0, skipped: 2 } });
    assert.deepEqual(countsFromPlaywright(report), { passed: 5, failed: 1, skipped: 2 });
  });

  it('refuses a report without them', () => assert.throws(() => countsFromPlaywright('{}'), /stats\.expected/u));
});

describe('what is told of a test that did not pass', () => {
  it('is name and reason of the innermost one, in TAP', () => {
    const tap = [
      'TAP version 13',
      '    not ok 1 - waits',
      '      ---',
      "      failureType: 'testCodeFailure'",
      "      error: 'expected 1, found 2'",
      '      ...',
      '    ok 2 - ends # SKIP no Go',
      'not ok 1 - a read',
      '  ---',
      "  failureType: 'subtestsFailed'",
      "  error: '1 subtest failed'",
      '  ...',
      '',
    ].join('\n');
    assert.deepEqual(troubleFromTap(tap), ["waits: 'expected 1, found 2'", 'skipped ends: no Go']);
  });

  it('is project, place, title and reason, in Playwright’s report', () => {
    const test = (status: string, message?: string): object => ({
      projectName: 'jspi',
      status,
      results: [message === undefined ? {} : { error: { message } }],
    });
    const report = {
      suites: [
        {
          file: 'a.spec.ts',
          specs: [{ title: 'passes', line: 1, tests: [test('expected')] }],
          suites: [
            {
              file: 'a.spec.ts',
              specs: [
                { title: 'fails', line: 2, tests: [test('unexpected', '\u001B[31mError: no\u001B[39m\n  at all')] },
                { title: 'is left out', line: 3, tests: [test('skipped')] },
              ],
            },
          ],
        },
      ],
    };
    assert.deepEqual(troubleFromPlaywright(JSON.stringify(report)), [
      '[jspi] a.spec.ts:2 fails: Error: no at all',
      'skipped [jspi] a.spec.ts:3 is left out',
    ]);
  });

  it('is short', () => {
    const [line] = troubleFromTap(`not ok 1 - ${'x'.repeat(1000)}\n`);
    assert.equal(line?.length, 301);
  });
});
