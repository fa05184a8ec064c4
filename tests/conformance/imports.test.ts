import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { allCases } from './all-cases.ts';
import { knownFailures } from './known-failures.ts';
import { faultsOfLists, runCase } from './run-cases.ts';
import { World } from './world.ts';

describe('the imports of WASI preview1', () => {
  for (const one of allCases) {
    it(one.name, async () => {
      const { fault } = await runCase(one, knownFailures);
      assert.equal(fault, undefined);
    });
  }
});

describe('the lists', () => {
  it('name every case once, and every known failure is a case', () =>
    assert.deepEqual(faultsOfLists(allCases, knownFailures), []));

  it('ask something of every import', () => {
    const asked = new Set(allCases.map((one) => one.of));
    assert.deepEqual(
      new World().importNames.filter((name) => !asked.has(name)),
      [],
    );
  });

  it('make an unexpected pass a failure', async () => {
    const passes = { name: 'a case', of: 'fd_read', run: () => undefined };
    const { fault } = await runCase(passes, [{ name: 'a case', reason: 'none', upstream: 'https://example.org' }]);
    assert.match(fault ?? '', /remove it from known-failures\.ts/u);
  });
});
