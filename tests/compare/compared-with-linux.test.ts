/** Runs the programs of `examples/compare` again, in every world that this machine has, against what is recorded. */
import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { prepareWorlds, type Worlds } from '../../scripts/compare-run.ts';
import { differencesFrom, faultsOf, tablesOf, type Observed, type World } from '../../scripts/compare-table.ts';
import { groups, readExplanations, readRecord, recordedFor, startWorlds } from '../../scripts/compare.ts';
import { underCi } from '../../scripts/step.ts';

const names: Readonly<Record<World, string>> = {
  linux: 'natively on Linux',
  engine: 'directly on the engine',
  'wazero-file': 'in wazero, with the host’s own streams',
  'wazero-value': 'in wazero, with Go values as streams',
  'page-file': 'in wazero on the engine, with the host’s own streams',
  'page-value': 'in wazero on the engine, with Go values as streams',
};

describe('small programs, compared with Linux', () => {
  const record = readRecord();
  let worlds: Worlds;
  let runs: ReadonlyMap<World, Promise<Observed[]>>;

  before(async () => {
    worlds = await prepareWorlds();
    runs = startWorlds(worlds);
    // Each is awaited by its own test.
    for (const run of runs.values()) run.catch(() => undefined);
  });

  for (const world of groups.flat()) {
    it(`observe what is recorded, ${names[world]}`, async (test) => {
      const missing = worlds.missing.get(world);
      if (missing !== undefined) {
        assert.ok(!underCi, missing);
        test.skip(missing);
        return;
      }
      const found = tablesOf((await runs.get(world)) ?? []);
      assert.deepEqual(differencesFrom(recordedFor(record, worlds), found, world), []);
    });
  }

  it('have an explanation for each difference from Linux, and no explanation of none', () =>
    assert.deepEqual(faultsOf(record.tables, readExplanations()), []));
});
