/** The committed wasm of `examples/compare` is made of the committed sources. */
import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import {
  clangVersion,
  compileToWasm,
  manifestFile,
  manifestOf,
  programs,
  programsFolder,
  type ProgramManifest,
} from '../../scripts/compare-programs.ts';
import { underCi } from '../../scripts/step.ts';

const manifest = JSON.parse(readFileSync(manifestFile, 'utf8')) as ProgramManifest;
const wayOut = 'run `npm run compare -- --build --record`, read what has changed, and commit it';

describe('the programs that are compared with Linux', () => {
  it('are compiled from their sources', async () => {
    // Which clang it was is the business of the last test.
    assert.deepEqual({ ...(await manifestOf(programsFolder)), clang: manifest.clang }, manifest, wayOut);
  });

  it('are all there, and all run', () => {
    const wasm = readdirSync(programsFolder).filter((file) => file.endsWith('.wasm'));
    const named = programs.filter(({ language }) => language === 'c').map(({ name }) => `${name}.wasm`);
    assert.deepEqual(wasm.sort(), named.sort());
  });

  it('come out the same, bit by bit, from the same clang', async (test) => {
    const clang = await clangVersion();
    if (clang !== manifest.clang) {
      const reason = `expected ${manifest.clang}, found ${clang ?? 'no clang'}; install it, or name it in CLANG`;
      assert.ok(!underCi, reason);
      test.skip(reason);
      return;
    }
    const folder = mkdtempSync(join(tmpdir(), 'compare-'));
    try {
      await compileToWasm(folder);
      assert.deepEqual(await manifestOf(folder), manifest, wayOut);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
