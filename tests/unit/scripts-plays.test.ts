import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { allPlays, playedExamples, playsOfRun } from '../../scripts/plays.ts';
import { incomplete } from '../../scripts/what-ran-where.ts';

const examples = playedExamples();
const all = allPlays(examples);

describe('the plays of a run', () => {
  it('are all of them without a seed, and in a deep run', () => {
    assert.deepEqual(playsOfRun(examples, {}), all);
    assert.deepEqual(playsOfRun(examples, { SEED: '7', DEEP: 'true' }), all);
  });

  it('are otherwise each example once, the pinned one everywhere, and a sample that the seed chooses', () => {
    const some = playsOfRun(examples, { SEED: '7' });
    assert.ok(some.length < all.length / 2);
    assert.deepEqual(some, playsOfRun(examples, { SEED: '7' }));
    assert.notDeepEqual(some, playsOfRun(examples, { SEED: '8' }));
    assert.deepEqual([...new Set(some.map(({ example }) => example))].sort(), examples.map(({ name }) => name).sort());
    const placesOf = (plays: typeof all): Set<string> =>
      new Set(plays.map(({ browser, transport }) => `${browser} ${transport}`));
    assert.deepEqual(placesOf(some.filter(({ example }) => example === 'pipe-waits')), placesOf(all));
  });
});

it('a table that lacks a play, or has one of an example that is gone, is incomplete', () => {
  const [first, second] = all;
  assert.ok(first !== undefined && second !== undefined);
  const table = {
    browsers: {},
    plays: [
      { ...first, passed: true },
      { ...second, example: 'gone', passed: true },
    ],
  };
  const found = incomplete(table, [first, second]);
  assert.equal(found.length, 2);
  assert.match(found[0] ?? '', /: not in the committed table$/u);
  assert.match(found[1] ?? '', /^gone .*: in the committed table, and played no more$/u);
});
