/** What README's "Add an example" says, step by step, in a copy of the project, by somebody who has Go and no other compiler. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { it } from 'node:test';
import { pinnedNode, root } from '../scripts/install.mjs';
import { ProjectCopy, type Ended } from './fixtures/project-copy.ts';

const name = 'added';
/** An example with a plugin in Go, whose programs become the new one's. */
const model = 'buffer-once';
const page = 'src/content/docs/buffers-end.mdx';
const hasGo = spawnSync('go', ['version']).status === 0 && spawnSync('make', ['--version']).status === 0;
const noCompiler = { CLANG: 'no-such-clang', RUSTC: 'no-such-rustc', CI: '' };

function succeeds({ status, said }: Ended): void {
  assert.equal(status, 0, said);
}

it('an example is added as the README says', { skip: hasGo ? false : 'needs Go and make on the PATH' }, async () => {
  mkdirSync(join(root, '.build'), { recursive: true });
  const parent = mkdtempSync(join(root, '.build', 'add-example-'));
  try {
    const copy = new ProjectCopy(parent);
    const at = (...path: readonly string[]): string => join(copy.folder, ...path);
    const manifestFile = at('public', 'wasm', 'manifest.json');
    const readArtefacts = (): Record<string, { readonly sha256: string }> =>
      (JSON.parse(readFileSync(manifestFile, 'utf8')) as { artefacts: Record<string, { readonly sha256: string }> })
        .artefacts;
    const before = readArtefacts();

    // 1 to 3: a folder with a host, a plugin, a description, and marks in the sources.
    mkdirSync(at('examples', name, 'plugin'), { recursive: true });
    cpSync(at('examples', model, 'host'), at('examples', name, 'host'), { recursive: true });
    cpSync(at('examples', model, 'plugin', 'main.go'), at('examples', name, 'plugin', 'main.go'));
    cpSync(at('examples', model, 'example.json'), at('examples', name, 'example.json'));
    copy.edit(`examples/${name}/example.json`, (text) =>
      text.replace(/"plugins": \[[^\]]*\]/u, '"plugins": ["go"]').replace(/"title": "[^"]*"/u, '"title": "Added"'),
    );

    // 4: record it. 5: build the artefacts. Neither needs clang or rustc.
    succeeds(await copy.runCommand(pinnedNode(), ['scripts/examples.ts', name], noCompiler));
    assert.equal(
      readFileSync(at('examples', name, 'transcript.txt'), 'utf8'),
      readFileSync(at('examples', model, 'transcript.txt'), 'utf8').replace(`${model}.wasm`, `${name}.wasm`),
    );
    succeeds(await copy.runCommand('make', ['--no-print-directory', '-C', 'examples', 'wasm'], noCompiler));
    const after = readArtefacts();
    assert.notEqual(after['hosts']?.sha256, before['hosts']?.sha256);
    assert.deepEqual(
      Object.entries(after).filter(([key]) => /\.(?:c|rust)$/u.test(key)),
      Object.entries(before).filter(([key]) => /\.(?:c|rust)$/u.test(key)),
    );

    // 6: show it.
    copy.emptyPages();
    copy.edit(page, (text) => `${text}\n## Added\n\n<Sandbox example="${name}" level={3} />\n`);
    succeeds(await copy.build());
    assert.match(
      readFileSync(at('dist', 'buffers-end', 'index.html'), 'utf8'),
      new RegExp(`data-example="${name}"`, 'u'),
    );

    // 7: it is tested without another line.
    const run = `^(TestTranscripts|TestTraces)$/^${name}`;
    const tested = await copy.runCommand('go', ['-C', 'examples', 'test', '-count=1', '-v', '-run', run, '.'], {
      ...noCompiler,
      EXAMPLE: name,
    });
    succeeds(tested);
    assert.match(tested.said, new RegExp(`PASS: TestTranscripts/${name}/go/page`, 'u'));
    assert.match(tested.said, new RegExp(`PASS: TestTraces/${name}/go`, 'u'));
  } finally {
    if (process.env['KEEP_COPY'] === undefined) rmSync(parent, { recursive: true, force: true });
  }
});
