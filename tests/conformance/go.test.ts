/** A Go plugin directly on the plugin host: its goroutines run on while it reads. Built here, since it is too big to commit. */
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, describe, it } from 'node:test';
import { runPlugin, type PluginStdin } from '../../src/engine/plugin/plugin-host.ts';
import { StdinPipe } from '../../src/engine/stdin/stdin-pipe.ts';

const source = join(import.meta.dirname, 'programs', 'ticker');
const target = join(import.meta.dirname, '..', '..', '.build', 'conformance');
/** The version that builds the examples. */
const GO_VERSION = 'go1.26.10';

const hasGo = spawnSync('go', ['version'], { stdio: 'ignore' }).status === 0;

describe('a Go plugin on the plugin host', { skip: hasGo ? false : 'needs Go on the PATH' }, () => {
  let plugin: WebAssembly.Module;

  before(async () => {
    mkdirSync(target, { recursive: true });
    const wasm = join(target, 'ticker.wasm');
    execFileSync('go', ['build', '-trimpath', '-o', wasm, '.'], {
      cwd: source,
      env: { ...process.env, GOOS: 'wasip1', GOARCH: 'wasm', GOTOOLCHAIN: GO_VERSION },
      stdio: 'inherit',
    });
    plugin = await WebAssembly.compile(readFileSync(wasm));
  });

  for (const kind of ['pipe', 'terminal'] as const) {
    it(`runs its other goroutines while one reads from a ${kind}`, async () => {
      const pipe = new StdinPipe();
      let stdout = '';
      const { status } = await runPlugin({
        plugin,
        args: ['ticker'],
        stdin: { kind, channel: pipe },
        stdout: (bytes) => {
          stdout += new TextDecoder().decode(bytes);
          // The ticks come first: nothing is there to read until then.
          if (stdout === '3 ticks\n') void pipe.write('hello\n');
          if (stdout.endsWith('line: hello\n')) pipe.close();
        },
      });
      assert.equal(status, 0);
      assert.equal(stdout, '3 ticks\nline: hello\nno more lines\n');
    });
  }

  for (const stdin of [
    { kind: 'nothing' },
    { kind: 'bytes', bytes: new TextEncoder().encode('one\ntwo') },
  ] satisfies PluginStdin[]) {
    it(`reads to the end of ${stdin.kind}`, async () => {
      let stdout = '';
      await runPlugin({
        plugin,
        args: ['ticker'],
        stdin,
        stdout: (bytes) => {
          stdout += new TextDecoder().decode(bytes);
        },
      });
      const lines = stdin.kind === 'bytes' ? 'line: one\nline: two\n' : '';
      assert.equal(stdout.replace('3 ticks\n', ''), `${lines}no more lines\n`);
    });
  }

  it('does with files what Go’s os package, compiler and linker do', async () => {
    let stdout = '';
    const { status, files } = await runPlugin({
      plugin,
      args: ['ticker', 'files'],
      files: {},
      stdout: (bytes) => {
        stdout += new TextDecoder().decode(bytes);
      },
      stderr: (bytes) => {
        stdout += new TextDecoder().decode(bytes);
      },
    });
    assert.deepEqual(stdout.trimEnd().split('\n'), [
      'size 1048579 true',
      'link to moved',
      'd--------- c',
      '---------- file',
      'L--------- link',
      '---------- moved',
      'hello, wo',
      'true open missing: No such file or directory',
      'true open a/b/file: File exists',
      'remove a: Directory not empty',
      'hello, wo <nil>',
      'true',
      'true',
      'true',
    ]);
    assert.deepEqual([status, files.size], [0, 0]);
  });
});
