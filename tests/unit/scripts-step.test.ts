import assert from 'node:assert/strict';
import { it } from 'node:test';
import { pinnedNode } from '../../scripts/install.mjs';
import { commandStep, fail, pass, runStep, together, withoutSkips } from '../../scripts/step.ts';

it('a step that does not end is ended at its deadline, and fails by its name', async () => {
  const outcome = await runStep({
    name: 'stands still',
    needs: [],
    minutes: 1 / 600,
    run: () => commandStep(pinnedNode(), ['-e', 'setInterval(() => undefined, 1000)']),
  });
  assert.equal(outcome.failed, 1);
  assert.match(outcome.note ?? '', /the step "stands still" was not done after .* minutes/u);
});

it('a step that is done in time ends as it says, or fails with what it throws', async () => {
  const step = { name: 'a step', needs: [], minutes: 1 };
  assert.deepEqual(await runStep({ ...step, run: () => pass }), pass);
  const thrown = await runStep({ ...step, run: () => Promise.reject(new Error('no such tool')) });
  assert.equal(thrown.note, 'no such tool');
});

it('a test that was skipped has failed under CI', () => {
  const outcome = { passed: 3, failed: 0, skipped: 2, note: 'no rustc' };
  assert.deepEqual(withoutSkips(outcome, false), outcome);
  assert.deepEqual(withoutSkips(outcome, true), {
    passed: 3,
    failed: 2,
    skipped: 0,
    note: 'no rustc; 2 skipped, which is a failure under CI',
  });
});

it('a step of several parts names what failed in each', () => {
  const tests = { passed: 9, failed: 1, skipped: 0, told: ['words.spec.ts:327 a run of order'] };
  assert.deepEqual(together([pass, tests, fail('no build')]), {
    passed: 10,
    failed: 2,
    skipped: 0,
    told: ['words.spec.ts:327 a run of order'],
    note: 'no build',
  });
});
