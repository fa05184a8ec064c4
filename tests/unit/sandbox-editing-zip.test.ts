import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, it } from 'node:test';
import { unzipSync } from 'fflate';
import { zipProject, type ZipContents } from '../../src/sandbox/editing/project/project-zip.ts';

const examples = join(import.meta.dirname, '..', '..', 'examples');
const read = (path: string): string => readFileSync(join(examples, path), 'utf8');

const contents: ZipContents = {
  name: 'pipe-waits',
  files: [
    { path: 'host/main.go', text: read('pipe-waits/host/main.go') },
    { path: 'plugin/main.go', text: read('pipe-waits/plugin/main.go') },
  ],
  plugin: { kind: 'go' },
  goMod: read('go.mod'),
  goSum: read('go.sum'),
  transcript: '$ host pipe-waits.wasm\n= 0\n',
};

const namesIn = (zip: Uint8Array): string[] => Object.keys(unzipSync(zip)).sort();
const textIn = (zip: Uint8Array, path: string): string =>
  new TextDecoder().decode(unzipSync(zip)[`pipe-waits/${path}`]);

describe('a downloaded program', () => {
  it('is a module with sources, commands and the last run', () => {
    const zip = zipProject(contents);
    assert.deepEqual(
      namesIn(zip),
      ['README.md', 'go.mod', 'go.sum', 'host/main.go', 'plugin/main.go', 'transcript.txt'].map(
        (name) => `pipe-waits/${name}`,
      ),
    );
    assert.match(textIn(zip, 'go.mod'), /^module example\.com\/pipe-waits$/mu);
    assert.match(textIn(zip, 'go.mod'), /wazero v1\.12\.0/u);
    assert.match(textIn(zip, 'README.md'), /^go run \.\/host pipe-waits\.wasm$/mu);
    assert.deepEqual(zip, zipProject(contents));
  });

  it('brings a plugin that is not written in Go along', () => {
    const files = contents.files.slice(0, 1);
    const c = zipProject({ ...contents, files, plugin: { kind: 'c', source: 'int main(void) {}\n' } });
    assert.equal(textIn(c, 'plugin/main.c'), 'int main(void) {}\n');
    assert.match(textIn(c, 'README.md'), /^clang --target=wasm32-wasi/mu);
    const own = zipProject({
      ...contents,
      files,
      plugin: { kind: 'wasm', bytes: Uint8Array.of(0, 1) },
      transcript: undefined,
    });
    assert.ok(namesIn(own).includes('pipe-waits/pipe-waits.wasm'));
    assert.doesNotMatch(textIn(own, 'README.md'), /transcript/u);
  });

  it('says how to see a deadlock at home, where there was one', () => {
    const transcript = '$ host pipe-waits.wasm\n! fatal error: all goroutines are asleep - deadlock!\n= 2\n';
    assert.match(textIn(zipProject({ ...contents, transcript }), 'README.md'), /put `CGO_ENABLED=0`\nbefore `go run`/u);
    assert.doesNotMatch(textIn(zipProject(contents), 'README.md'), /CGO_ENABLED/u);
  });

  const go = spawnSync('go', ['version'], { encoding: 'utf8' });
  it('builds and runs at home', { skip: go.status !== 0 && 'Go is not installed' }, () => {
    const folder = mkdtempSync(join(tmpdir(), 'block-or-eof-'));
    try {
      for (const [path, bytes] of Object.entries(unzipSync(zipProject(contents)))) {
        mkdirSync(join(folder, dirname(path)), { recursive: true });
        writeFileSync(join(folder, path), bytes);
      }
      const commands = /```sh\n([^`]*)```/u.exec(textIn(zipProject(contents), 'README.md'))?.[1] ?? '';
      const ran = spawnSync('sh', ['-ec', `go vet ./host\n${commands}`], {
        cwd: join(folder, contents.name),
        input: 'Ada\n',
        encoding: 'utf8',
      });
      assert.equal(ran.status, 0, ran.stderr);
      assert.equal(ran.stdout, 'Name: Hello, Ada!\nName: \nEOF: no more names.\n');
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
