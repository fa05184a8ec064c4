/**
 * What must break the build or the check, and say where: each fault is put into a copy of the project, alone in its file.
 */
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { root } from '../scripts/install.mjs';
import { loadExample } from '../src/examples/load-example.ts';
import { ProjectCopy } from './fixtures/project-copy.ts';

describe('a fault breaks the build or the check, and the message names the place', { concurrency: 2 }, () => {
  let parent: string;

  before(() => {
    mkdirSync(join(root, '.build'), { recursive: true });
    parent = mkdtempSync(join(root, '.build', 'boundaries-'));
  });

  after(() => rmSync(parent, { recursive: true, force: true }));

  const lesson = 'src/content/docs/pipes-wait.mdx';

  it('a broken link', async () => {
    const copy = new ProjectCopy(parent);
    copy.emptyPages();
    copy.edit(lesson, (text) => `${text}\nSee [more](/no-such-page/).\n`);
    const { status, said } = await copy.build();
    assert.notEqual(status, 0);
    assert.match(said, /pipes-wait/u);
    assert.match(said, /\/no-such-page\//u);
  });

  it('an unknown example', async () => {
    const copy = new ProjectCopy(parent);
    copy.emptyPages();
    copy.edit(lesson, (text) => `${text}\n<Sandbox example="pipe-wait" />\n`);
    const { status, said } = await copy.build();
    assert.notEqual(status, 0);
    assert.match(said, /unknown example "pipe-wait"/u);
    assert.match(said, /pipes-wait/u);
  });

  it('a misspelt key of an example’s manifest', () => {
    const copy = new ProjectCopy(parent);
    copy.edit('examples/pipe-waits/example.json', (text) => text.replace('"summary"', '"summery"'));
    assert.throws(
      () => loadExample('pipe-waits', { root: copy.folder }),
      /examples\/pipe-waits\/example\.json.*"summery"/su,
    );
  });

  it('an unclosed region', () => {
    const copy = new ProjectCopy(parent);
    copy.edit('examples/pipe-waits/host/main.go', (text) => text.replace(/.*#endregion key\n/u, ''));
    assert.throws(
      () => loadExample('pipe-waits', { root: copy.folder }),
      /examples\/pipe-waits\/host\/main\.go:\d+.*region "key" is not closed/su,
    );
  });

  it('forbidden imports between the page’s, the worker’s and the toolchain’s realm, and the document in a worker', async () => {
    const copy = new ProjectCopy(parent);
    copy.write('src/sandbox/forbidden-engine.ts', "export { runProgram } from '../engine/run/run-program.ts';\n");
    copy.write('src/sandbox/forbidden-toolchain.ts', "export { GoToolchain } from '../toolchain/go-toolchain.ts';\n");
    copy.write(
      'src/engine/forbidden-sandbox.ts',
      "export { defineSandbox } from '../sandbox/element/define-sandbox.ts';\n",
    );
    copy.write('src/engine/forbidden-document.ts', 'export const title = (): string => document.title;\n');
    const { status, said } = await copy.checkTypes('sandbox', 'engine');
    assert.notEqual(status, 0);
    for (const fault of [
      /src\/engine\/run\/run-program\.ts.*src\/sandbox/su,
      /src\/toolchain\/go-toolchain\.ts.*src\/sandbox/su,
      /src\/sandbox\/element\/define-sandbox\.ts.*src\/engine/su,
      /src\/engine\/forbidden-document\.ts.*Cannot find name 'document'/su,
    ]) {
      assert.match(said, fault);
    }
  });

  it('a forbidden import: the protocol from anything', async () => {
    const copy = new ProjectCopy(parent);
    copy.write('src/protocol/forbidden.ts', "export { defineSandbox } from '../sandbox/element/define-sandbox.ts';\n");
    const { status, said } = await copy.checkTypes('protocol');
    assert.notEqual(status, 0);
    assert.match(said, /src\/sandbox\/element\/define-sandbox\.ts.*src\/protocol/su);
  });

  it('a forbidden import: a component from the worker’s realm', async () => {
    const copy = new ProjectCopy(parent);
    copy.write(
      'src/components/Forbidden.astro',
      "---\nimport { runProgram } from '../engine/run/run-program.ts';\n---\n\n<p>{typeof runProgram}</p>\n",
    );
    const { status, said } = await copy.run(['eslint', 'bin', 'eslint.js'], ['src/components/Forbidden.astro']);
    assert.notEqual(status, 0);
    assert.match(said, /Forbidden\.astro.*no-restricted-imports/su);
  });
});
