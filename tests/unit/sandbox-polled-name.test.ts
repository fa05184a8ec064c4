import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { root as projectRoot } from '../../scripts/install.mjs';
import { listExamples } from '../../src/examples/load-example.ts';
import { loadTrace } from '../../src/examples/load-trace.ts';
import { argsOfRecording } from '../../src/protocol/trace.ts';
import { polledName } from '../../src/sandbox/timeline/polled-name.ts';

const named = (...polled: string[]): string[] | undefined =>
  argsOfRecording({ params: [], polled }).polled?.map(polledName);

describe('what a poll waits for', () => {
  it('is told as Go has written it down', () => {
    const written = ['0 ms', '0.1 ms', '1e+06 ms', 'until a time', 'read fd 0', 'write fd 12', 'unknown 3'];
    assert.deepEqual(named(...written), written.with(2, '1000000 ms'));
    assert.throws(() => named('later'), /expected what a poll waits for.*found "later"/u);
  });

  it('is known in every recording', () => {
    let polls = 0;
    for (const example of listExamples()) {
      if (!existsSync(join(projectRoot, 'examples', example, 'trace.json'))) continue;
      const runs = Object.values(loadTrace(example, { root: projectRoot }).plugins);
      for (const { polled } of runs.flatMap(({ calls }) => calls.map(({ args }) => args))) {
        if (polled === undefined) continue;
        polls += 1;
        assert.deepEqual(named(...polled), polled);
      }
    }
    assert.ok(polls > 0);
  });
});
