/** The table of what ran where: how it is made and when it counts as changed. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { compareTables, markdownOf, tableOf, type Play } from '../../scripts/what-ran-where.ts';

const play: Play = {
  example: 'pipe-waits',
  plugin: 'go',
  browser: 'Firefox',
  version: '153.7.0',
  transport: 'jspi',
  passed: true,
};
const plays: readonly Play[] = [
  play,
  { ...play, transport: 'service-worker' },
  { ...play, browser: 'Chromium', version: '156.0', example: 'terminal' },
];

describe('the table of what ran where', () => {
  it('is the same whatever the order of the plays, and names each browser’s version once', () => {
    const table = tableOf(plays);
    assert.deepEqual(tableOf(plays.toReversed()), table);
    assert.deepEqual(table.browsers, { Chromium: '156.0', Firefox: '153.7.0' });
    assert.throws(
      () => tableOf([play, { ...play, plugin: 'c', version: '140.0' }]),
      /Firefox, found 153.7.0 and 140.0/u,
    );
  });

  it('may change in versions, not in results', () => {
    const committed = tableOf(plays);
    assert.deepEqual(compareTables(tableOf(plays.map((one) => ({ ...one, version: '999' }))), committed), {
      wrong: [],
      notRun: [],
    });
    const failed = compareTables(tableOf([{ ...play, passed: false }]), committed);
    assert.deepEqual(failed.wrong, ['pipe-waits (go) in Firefox by jspi: expected passed, found failed']);
    assert.equal(failed.notRun.length, 2);
    const added = compareTables(tableOf([...plays, { ...play, plugin: 'c' }]), committed);
    assert.deepEqual(added.wrong, [
      'pipe-waits (c) in Firefox by jspi: expected nothing in the committed table, found passed',
    ]);
  });

  it('is readable as Markdown', () => {
    const lines = markdownOf(tableOf([...plays, { ...play, plugin: 'c', passed: false }])).split('\n');
    assert.ok(lines.includes('- Firefox 153.7.0'));
    assert.ok(lines.includes('| pipe-waits (c) | – | **failed** | – |'));
    assert.ok(lines.includes('| pipe-waits (go) | – | passed | passed |'));
  });
});
