import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';

const example = join(import.meta.dirname, 'readme-example.ts');

/** Runs a script that has imported the engine. @returns its exit status */
function statusOf(script: string): number | null {
  const engine = join(import.meta.dirname, '..', '..', 'src', 'engine');
  const imports = `
    import { readFile } from 'node:fs/promises';
    import { runPlugin } from ${JSON.stringify(join(engine, 'plugin', 'plugin-host.ts'))};
    import { StdinPipe } from ${JSON.stringify(join(engine, 'stdin', 'stdin-pipe.ts'))};
    const load = (name) => readFile(${JSON.stringify(join(import.meta.dirname, 'programs'))} + '/' + name + '.wasm');`;
  return spawnSync(process.execPath, ['--input-type=module', '--eval', imports + script], { timeout: 20_000 }).status;
}

describe('a plugin that waits, in Node', () => {
  it('does not hold a process in which nothing is left that could write to it', () => {
    const UNSETTLED = 13;
    const wait = `await runPlugin({ plugin: await load('cat'), stdin: { kind: 'pipe', channel: new StdinPipe() } });`;
    assert.equal(statusOf(wait), UNSETTLED);
  });

  it('holds it while it waits for a clock', () => {
    const sleep = `const run = await runPlugin({ plugin: await load('process'), args: ['process', 'sleep', '30'] });
      process.exit(run.status + 5);`;
    assert.equal(statusOf(sleep), 5);
  });
});

describe('the example in src/engine/README.md', () => {
  it('is the file that runs here', () => {
    const readme = readFileSync(join(import.meta.dirname, '..', '..', 'src', 'engine', 'README.md'), 'utf8');
    const shown = /```ts\n(?<code>.*?)```/su.exec(readme)?.groups?.['code'];
    assert.equal(shown, readFileSync(example, 'utf8'));
  });

  it('greets, and ends by itself', () => {
    const said = execFileSync(process.execPath, [example], { encoding: 'utf8', timeout: 20_000 });
    assert.deepEqual(said.split('\n'), [
      'Name: ',
      'Hello, Ada!',
      'Name: ',
      '',
      'No more names.',
      '',
      'exit status 0',
      '',
    ]);
  });
});
