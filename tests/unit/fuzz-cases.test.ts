import assert from 'node:assert/strict';
import { it } from 'node:test';
import { CASES } from '../../scripts/fuzz-cases.ts';

it('100,000 cases are fuzzed in all', () =>
  assert.ok(Object.values(CASES).reduce((sum, cases) => sum + cases, 0) >= 100_000));
