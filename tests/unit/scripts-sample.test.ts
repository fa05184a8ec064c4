import assert from 'node:assert/strict';
import { it } from 'node:test';
import fc from 'fast-check';
import { sample } from '../../scripts/sample.ts';

it('a sample is repeated by its seed, has no member twice, and keeps their order', () => {
  const numbers = Array.from({ length: 30 }, (_, index) => index);
  fc.assert(
    fc.property(fc.nat(2 ** 31 - 1), fc.nat(40), (seed, count) => {
      const found = sample(numbers, count, seed);
      assert.deepEqual(found, sample(numbers, count, seed));
      assert.equal(new Set(found).size, Math.min(count, numbers.length));
      assert.deepEqual(
        found,
        found.toSorted((one, other) => one - other),
      );
    }),
  );
});

it('each member is chosen by some seed', () => {
  const letters = Array.from({ length: 10 }, (_, index) => String(index));
  const chosen = new Set(Array.from({ length: 200 }, (_, seed) => sample(letters, 1, seed * 7919)).flat());
  assert.deepEqual([...chosen].sort(), letters);
});
