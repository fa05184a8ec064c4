import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { FAULTS } from '../../src/examples/example-manifest.ts';
import { listExamples, loadExample } from '../../src/examples/load-example.ts';

describe('what is wrong in a host', () => {
  const examples = listExamples().map((name) => loadExample(name));

  it('is named and marked where Go reports a deadlock, or nothing ends the run', () => {
    for (const { name, manifest, transcript } of examples) {
      const waitsForEver = transcript.some(
        (step) => (step.kind === 'stderr' && step.text.includes('asleep - deadlock')) || step.kind === 'stopped',
      );
      if (waitsForEver) assert.ok(manifest.fault !== undefined, `${name}: expected a fault and its cause`);
    }
  });

  it('is never in a host that ends well while nobody waits in vain', () => {
    for (const right of [
      'pipe-waits',
      'two-pipes',
      'terminal',
      'host-ticks',
      'stop-in-time',
      'output-live',
      'reactor',
    ]) {
      const found = examples.find(({ name }) => name === right);
      assert.equal(found?.manifest.fault, undefined, right);
      assert.ok(found);
    }
  });

  it('has an example of each kind', () => {
    const shown = new Set(examples.map(({ manifest }) => manifest.fault).filter((fault) => fault !== undefined));
    assert.deepEqual([...shown].sort(), Object.keys(FAULTS).sort());
  });
});
