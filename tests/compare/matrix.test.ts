/** The matrix of streams is as recorded, in the page's build too; and its plugins are made of their sources. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import {
  buildMatrixForPage,
  buildMatrixPlugins,
  matrixDifferences,
  matrixPlugins,
  pluginCompilers,
  pluginHashes,
  readMatrix,
  readPluginsManifest,
  runMatrixInPage,
} from '../../scripts/matrix.ts';
import { hasProgram, underCi } from '../../scripts/step.ts';

describe('the matrix of streams', () => {
  it('is as recorded in wazero on the engine', async (test) => {
    if (!(await hasProgram('go', ['version']))) {
      const reason = 'expected Go on the PATH, found none';
      assert.ok(!underCi, reason);
      test.skip(reason);
      return;
    }
    const record = readMatrix();
    await buildMatrixForPage();
    assert.deepEqual(matrixDifferences(record.page, await runMatrixInPage(record)), []);
  });

  it('names the cell that differs', () => {
    const { page } = readMatrix();
    const [first, ...others] = page.stdin;
    assert.ok(first !== undefined);
    const other = { ...page, stdin: [{ ...first, cells: { ...first.cells, first: 'a surprise' } }, ...others] };
    assert.deepEqual(matrixDifferences(page, other), [
      `stdin, ${first.id}, column first: expected ${first.cells['first'] ?? ''}, found a surprise`,
    ]);
  });

  it('has plugins that are compiled from their sources', () =>
    assert.deepEqual(
      pluginHashes(matrixPlugins),
      readPluginsManifest().files,
      'run `npm run examples -- --matrix`, read what has changed, and commit it',
    ));

  it('has plugins that come out the same, bit by bit, from the same compilers', async (test) => {
    const { clang, rustc, files } = readPluginsManifest();
    const found = await pluginCompilers();
    if (found.clang !== clang || found.rustc !== rustc) {
      const reason = `expected ${clang} and ${rustc}, found ${found.clang || 'no clang'} and ${found.rustc || 'no rustc'}`;
      assert.ok(!underCi, reason);
      test.skip(reason);
      return;
    }
    const folder = mkdtempSync(join(tmpdir(), 'matrix-'));
    try {
      await buildMatrixPlugins(folder);
      assert.deepEqual(pluginHashes(folder), files);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
