/**
 * What must break the build or the check, and say where: each fault is put into a copy of the project, alone.
 */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { pinnedNode, projectEnv, root } from '../scripts/install.mjs';

/** Made anew by every build, or of no use to one. */
const leftOut = new Set(['.astro', '.build', '.git', 'dist', 'node_modules', 'playwright-report', 'test-results']);

/**
 * A copy of the project. It lies inside the project and has no packages of its own, so that Node finds the project's: Astro
 * takes a component that is neither below the copy nor near it for an address.
 */
class ProjectCopy {
  readonly folder: string;

  constructor(parent: string) {
    this.folder = mkdtempSync(join(parent, 'copy-'));
    for (const name of readdirSync(root)) {
      if (leftOut.has(name)) continue;
      cpSync(join(root, name), join(this.folder, name), {
        recursive: true,
        filter: (source) => !leftOut.has(basename(source)),
      });
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

  /** Checks one of the realms that `npm run types` checks. */
  async checkTypes(realm: string): Promise<{ status: number | null; said: string }> {
    return this.run(['typescript', 'bin', 'tsc'], ['-b', `src/${realm}`, '--pretty', 'false']);
  }
}

describe('a fault breaks the build or the check, and the message names the place', { concurrency: 2 }, () => {
  let parent: string;

  before(() => {
    mkdirSync(join(root, '.build'), { recursive: true });
    parent = mkdtempSync(join(root, '.build', 'boundaries-'));
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
    copy.edit('examples/pipe-waits/example.json', (text) => text.replace('"summary"', '"summery"'));
    const { status, said } = await copy.build();
    assert.notEqual(status, 0);
    assert.match(said, /examples\/pipe-waits\/example\.json.*"summery"/su);
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
    const { status, said } = await copy.checkTypes('sandbox');
    assert.notEqual(status, 0);
    assert.match(said, /src\/engine\/run-program\.ts.*src\/sandbox/su);
  });

  it('a forbidden import: the page’s realm from the toolchain’s', async () => {
    const copy = new ProjectCopy(parent);
    copy.write('src/sandbox/forbidden.ts', "export { GoToolchain } from '../toolchain/go-toolchain.ts';\n");
    const { status, said } = await copy.checkTypes('sandbox');
    assert.notEqual(status, 0);
    assert.match(said, /src\/toolchain\/go-toolchain\.ts.*src\/sandbox/su);
  });

  it('a forbidden import: the worker’s realm from the page’s', async () => {
    const copy = new ProjectCopy(parent);
    copy.write('src/engine/forbidden.ts', "export { defineSandbox } from '../sandbox/define-sandbox.ts';\n");
    const { status, said } = await copy.checkTypes('engine');
    assert.notEqual(status, 0);
    assert.match(said, /src\/sandbox\/define-sandbox\.ts.*src\/engine/su);
  });

  it('a forbidden import: the protocol from anything', async () => {
    const copy = new ProjectCopy(parent);
    copy.write('src/protocol/forbidden.ts', "export { defineSandbox } from '../sandbox/define-sandbox.ts';\n");
    const { status, said } = await copy.checkTypes('protocol');
    assert.notEqual(status, 0);
    assert.match(said, /src\/sandbox\/define-sandbox\.ts.*src\/protocol/su);
  });

  it('the document in the worker’s realm', async () => {
    const copy = new ProjectCopy(parent);
    copy.write('src/engine/forbidden.ts', 'export const title = (): string => document.title;\n');
    const { status, said } = await copy.checkTypes('engine');
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
