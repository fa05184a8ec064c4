import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { hostCases } from './host-cases.ts';
import { pluginCases } from './plugin-cases.ts';

const programs = join(import.meta.dirname, 'programs');

function load(name: string): Promise<Uint8Array<ArrayBuffer>> {
  return Promise.resolve(new Uint8Array(readFileSync(join(programs, `${name}.wasm`))));
}

describe('the plugin host', () => {
  for (const one of [...pluginCases, ...hostCases]) it(one.name, () => one.run(load));
});

describe('the programs', () => {
  it('were compiled from these sources', () => {
    const { programs: recorded } = JSON.parse(readFileSync(join(programs, 'programs.json'), 'utf8')) as {
      programs: Record<string, { source: string; bytes: number }>;
    };
    const found = readdirSync(programs)
      .filter((file) => file.endsWith('.c'))
      .map((file) => file.slice(0, -'.c'.length))
      .map((name) => [
        name,
        {
          source: createHash('sha256')
            .update(readFileSync(join(programs, `${name}.c`)))
            .digest('hex'),
          bytes: readFileSync(join(programs, `${name}.wasm`)).length,
        },
      ]);
    assert.deepEqual(Object.fromEntries(found), recorded, 'run `node tests/conformance/programs/build.ts`');
  });
});
