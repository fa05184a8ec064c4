import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { it } from 'node:test';
import { root } from '../../scripts/install.mjs';
import { verifiedFacts } from '../../src/examples/verified-facts.ts';

it('lines that no browser plays are not counted as played in browsers', () => {
  const counted = { all: 0, inPage: 0 };
  for (const file of globSync(join(root, 'examples', '*', 'transcript.txt'))) {
    const lines = readFileSync(file, 'utf8').match(/^[><!]/gmu)?.length ?? 0;
    const manifest = readFileSync(join(file, '..', 'example.json'), 'utf8');
    counted.all += lines;
    if (/"runsIn": \[[^\]]*"page"/u.test(manifest)) counted.inPage += lines;
  }
  assert.ok(counted.inPage < counted.all);
  const { lines, linesInPage } = verifiedFacts({ root });
  assert.deepEqual({ all: lines, inPage: linesInPage }, counted);
});
