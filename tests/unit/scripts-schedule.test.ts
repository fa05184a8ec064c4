import assert from 'node:assert/strict';
import { it } from 'node:test';
import { pinnedNode } from '../../scripts/install.mjs';
import { runSteps } from '../../scripts/schedule.ts';
import { commandStep, fail, pass, say, skip, underCi, type Step } from '../../scripts/step.ts';

/** A step that says when it begins and ends, and ends once it is told to. */
function heldStep(
  name: string,
  log: string[],
  more: Partial<Step> = {},
): { readonly step: Step; readonly end: () => void } {
  const { promise, resolve } = Promise.withResolvers<undefined>();
  const run = async (): Promise<typeof pass> => {
    log.push(`${name} begins`);
    await promise;
    log.push(`${name} ends`);
    return pass;
  };
  return {
    step: { name, needs: [], minutes: 1, run, ...more },
    end: () => resolve(undefined),
  };
}

it('two steps run side by side, and one that is alone has nothing beside it', async () => {
  const log: string[] = [];
  const one = heldStep('one', log);
  const two = heldStep('two', log);
  const alone = heldStep('alone', log, { alone: true });
  const last = heldStep('last', log);
  const done = runSteps([one.step, two.step, alone.step, last.step], () => undefined);
  for (const { end } of [two, one, alone, last]) {
    end();
    await new Promise(setImmediate);
  }
  assert.deepEqual(
    (await done).map(({ name }) => name),
    ['one', 'two', 'alone', 'last'],
  );
  assert.deepEqual(log, [
    'one begins',
    'two begins',
    'two ends',
    'one ends',
    'alone begins',
    'alone ends',
    'last begins',
    'last ends',
  ]);
});

it('a step begins after those that it needs, and not at all after one of them failed', async () => {
  const log: string[] = [];
  const steps: Step[] = [
    { name: 'needs', needs: ['breaks'], minutes: 1, run: () => (log.push('needs'), pass) },
    { name: 'breaks', needs: [], minutes: 1, run: () => (log.push('breaks'), fail('broken')) },
    { name: 'other', needs: ['not chosen'], minutes: 1, run: () => (log.push('other'), pass) },
  ];
  const ended = await runSteps(steps, () => undefined);
  assert.deepEqual(log, ['breaks', 'other']);
  assert.equal(ended[0]?.outcome.note, 'not run, since breaks failed');
});

it('a step is skipped with the one that it needs', async () => {
  const steps: Step[] = [
    { name: 'browser', needs: [], minutes: 1, run: () => skip('no browser here') },
    { name: 'pages', needs: ['browser'], minutes: 1, run: () => pass },
  ];
  const [, pages] = await runSteps(steps, () => undefined);
  // Under CI the first one has failed: nothing is skipped there.
  assert.deepEqual(pages?.outcome, skip(`not run, since browser ${underCi ? 'failed' : 'was skipped'}`));
});

it('what steps say side by side is not mixed', async () => {
  const speaker = (name: string): Step => ({
    name,
    needs: [],
    minutes: 1,
    run: async () => {
      say(`${name}: first`);
      const said = await commandStep(pinnedNode(), ['-e', `console.error('${name}: second')`]);
      say(`${name}: third`);
      return said;
    },
  });
  let written = '';
  await runSteps([speaker('a'), speaker('b')], (text) => void (written += text));
  for (const name of ['a', 'b']) {
    assert.ok(written.includes(`── ${name} ──\n${name}: first\n${name}: second\n${name}: third\n`), written);
  }
});
