/**
 * What must break the build or the check, and say where: each fault is put into a copy of the project, alone.
 */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { pinnedNode, projectEnv, root } from '../scripts/install.mjs';

/** Made anew by every build, or of no use to one. */
const leftOut = /(?:^|[\\/])(?:\.build|\.git|\.astro|dist|node_modules|test-results|playwright-report|report)$/u;

/** A copy of the project with the packages of this one. */
class ProjectCopy {
  readonly folder: string;

  constructor(parent: string) {
    this.folder = mkdtempSync(join(parent, 'copy-'));
    cpSync(root, this.folder, { recursive: true, filter: (source) => source === root || !leftOut.test(source) });
    const packages = join(this.folder, 'node_modules');
    mkdirSync(packages);
    // One link per package: Astro keeps its caches in node_modules, and a faulty copy must not fill those of the project.
    for (const name of readdirSync(join(root, 'node_modules'))) {
      if (['.astro', '.cache', '.vite'].includes(name)) continue;
      symlinkSync(join(root, 'node_modules', name), join(packages, name), 'junction');
    }
  }

  /** Changes a file; a change that changes nothing is a fault of the test. */
  edit(file: string, change: (text: string) => string): void {
    const path = join(this.folder, file);
    const before = readFileSync(path, 'utf8');
    const changed = change(before);
    assert.notEqual(changed, before, `expected the test's edit to change ${file}`);
    writeFileSync(path, changed);
  }

  write(file: string, text: string): void {
    writeFileSync(join(this.folder, file), text);
  }

  /** Runs a package's program in the copy. */
  async run(program: readonly string[], args: readonly string[]): Promise<{ status: number | null; said: string }> {
    const child = spawn(pinnedNode(), [join(root, 'node_modules', ...program), ...args], {
      cwd: this.folder,
      env: { ...projectEnv(), NO_COLOR: '1', FORCE_COLOR: '0' },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let said = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8');
      stream.on('data', (text: string) => (said += text));
    }
    return new Promise((resolve, reject) => {
      child.on('error', reject);
      child.on('close', (status) => {
        resolve({ status, said });
      });
    });
  }

  async build(): Promise<{ status: number | null; said: string }> {
    return this.run(['astro', 'bin', 'astro.mjs'], ['build']);
  }

  async checkTypes(): Promise<{ status: number | null; said: string }> {
    return this.run(['typescript', 'bin', 'tsc'], ['-b', 'tsconfig.build.json', '--pretty', 'false']);
  }
}

describe('a fault breaks the build or the check, and the message names the place', { concurrency: 2 }, () => {
  let parent: string;

  before(() => {
    parent = mkdtempSync(join(tmpdir(), 'block-or-eof-'));
  });

  after(() => {
    rmSync(parent, { recursive: true, force: true });
  });

  const lesson = 'src/content/docs/pipes-wait.mdx';

  it('a broken link', async () => {
    const copy = new ProjectCopy(parent);
    copy.edit(lesson, (text) => `${text}\nSee [more](/no-such-page/).\n`);
    const { status, said } = await copy.build();
    assert.notEqual(status, 0);
    assert.match(said, /pipes-wait/u);
    assert.match(said, /\/no-such-page\//u);
  });

  it('an unknown example', async () => {
    const copy = new ProjectCopy(parent);
    copy.edit(lesson, (text) => `${text}\n<Sandbox example="pipe-wait" />\n`);
    const { status, said } = await copy.build();
    assert.notEqual(status, 0);
    assert.match(said, /unknown example "pipe-wait"/u);
    assert.match(said, /pipes-wait/u);
  });

  it('a misspelt key of an example’s manifest', async () => {
    const copy = new ProjectCopy(parent);
    copy.edit('examples/pipe-waits/example.json', (text) => text.replace('"summary"', '"sumary"'));
    const { status, said } = await copy.build();
    assert.notEqual(status, 0);
    assert.match(said, /examples\/pipe-waits\/example\.json.*"sumary"/su);
  });

  it('an unclosed region', async () => {
    const copy = new ProjectCopy(parent);
    copy.edit('examples/pipe-waits/host/main.go', (text) => text.replace(/.*#endregion key\n/u, ''));
    const { status, said } = await copy.build();
    assert.notEqual(status, 0);
    assert.match(said, /examples\/pipe-waits\/host\/main\.go:\d+.*region "key" is not closed/su);
  });

  it('a forbidden import: the page’s realm from the worker’s', async () => {
    const copy = new ProjectCopy(parent);
    copy.write('src/sandbox/forbidden.ts', "export { runProgram } from '../engine/run-program.ts';\n");
    const { status, said } = await copy.checkTypes();
    assert.notEqual(status, 0);
    assert.match(said, /src\/engine\/run-program\.ts.*src\/sandbox/su);
  });

  it('a forbidden import: the worker’s realm from the page’s', async () => {
    const copy = new ProjectCopy(parent);
    copy.write('src/engine/forbidden.ts', "export { defineSandbox } from '../sandbox/define-sandbox.ts';\n");
    const { status, said } = await copy.checkTypes();
    assert.notEqual(status, 0);
    assert.match(said, /src\/sandbox\/define-sandbox\.ts.*src\/engine/su);
  });

  it('a forbidden import: the protocol from anything', async () => {
    const copy = new ProjectCopy(parent);
    copy.write('src/protocol/forbidden.ts', "export { defineSandbox } from '../sandbox/define-sandbox.ts';\n");
    const { status, said } = await copy.checkTypes();
    assert.notEqual(status, 0);
    assert.match(said, /src\/sandbox\/define-sandbox\.ts.*src\/protocol/su);
  });

  it('the document in the worker’s realm', async () => {
    const copy = new ProjectCopy(parent);
    copy.write('src/engine/forbidden.ts', 'export const title = (): string => document.title;\n');
    const { status, said } = await copy.checkTypes();
    assert.notEqual(status, 0);
    assert.match(said, /src\/engine\/forbidden\.ts.*Cannot find name 'document'/su);
  });

  it('a forbidden import: a component from the worker’s realm', async () => {
    const copy = new ProjectCopy(parent);
    copy.write(
      'src/components/Forbidden.astro',
      "---\nimport { runProgram } from '../engine/run-program.ts';\n---\n\n<p>{typeof runProgram}</p>\n",
    );
    const { status, said } = await copy.run(['eslint', 'bin', 'eslint.js'], ['src/components/Forbidden.astro']);
    assert.notEqual(status, 0);
    assert.match(said, /Forbidden\.astro.*no-restricted-imports/su);
  });
});
