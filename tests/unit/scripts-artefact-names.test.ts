import assert from 'node:assert/strict';
import { it } from 'node:test';
import { withoutHash } from '../../scripts/artefact-names.ts';
import { publishedName } from '../../src/examples/example-manifest.ts';

it('an artefact is published with its hash, and found without it', () => {
  const artefact = { file: 'pipe-waits.c.wasm', bytes: 1, sha256: 'fa308895'.repeat(8), sources: '0'.repeat(64) };
  assert.equal(publishedName(artefact), 'pipe-waits.c.fa308895.wasm');
  assert.equal(withoutHash('/docs/wasm/pipe-waits.c.fa308895.wasm?x'), '/docs/wasm/pipe-waits.c.wasm?x');
  assert.equal(withoutHash('/toolchain/link.fa308895.pack'), '/toolchain/link.fa308895.pack');
});
