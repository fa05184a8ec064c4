import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';

const example = join(import.meta.dirname, 'readme-example.ts');

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
