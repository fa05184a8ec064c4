import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { it } from 'node:test';
import { compilers, lacking, others } from '../../scripts/debian-packages.ts';
import { root } from '../../scripts/install.mjs';

it('.ci/run installs every package, and looks for it in the same place', () => {
  const script = readFileSync(join(root, '.ci', 'run'), 'utf8');
  const named = [...script.matchAll(/^ {2}need (\S+) '?([^'\n]+)'?$/gmu)].map(([, name, file]) => ({ name, file }));
  const browser = named.filter(({ name }) => name === 'chromium-headless-shell');
  assert.equal(browser.length, 1);
  const wanted = [...compilers, ...others].toSorted((one, other) => one.name.localeCompare(other.name));
  assert.deepEqual(
    named
      .filter((one) => !browser.includes(one))
      .toSorted((one, other) => String(one.name).localeCompare(String(other.name))),
    wanted,
  );
});

it('a package lacks where no file matches', () => {
  const here = { name: 'this', file: join(root, 'package*.json') };
  assert.deepEqual(lacking([here, { name: 'nothing', file: join(root, 'no-such-*.file') }]), ['nothing']);
});
