/** No page has code of its own: what looks like code comes out of a file that the tests compile and run. */
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { findProseCode } from '../../scripts/prose-code.ts';
import { findSource, loadExample } from '../../src/examples/load-example.ts';
import { renderSource } from '../../src/examples/source-html.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const pages = join(root, 'src', 'content', 'docs');
const names = readdirSync(pages, { recursive: true, encoding: 'utf8' }).filter((name) => /\.mdx?$/u.test(name));

describe('prose', () => {
  test('is there to be looked at', () =>
    assert.ok(names.length > 20, `expected more than 20 pages, found ${String(names.length)}`));

  for (const name of names) {
    test(`${name} has no code of its own`, () =>
      assert.deepEqual(findProseCode(readFileSync(join(pages, name), 'utf8')), []));

    test(`${name} names files and regions that are there`, async () => {
      const text = readFileSync(join(pages, name), 'utf8');
      for (const [tag] of text.matchAll(/<Listing\b[\s\S]*?\/>/gu)) {
        const attribute = (key: string): string | undefined => new RegExp(`\\b${key}="([^"]+)"`, 'u').exec(tag)?.[1];
        const example = attribute('example');
        const file = attribute('file');
        assert.ok(example !== undefined && file !== undefined, `${name}: expected example and file in ${tag}`);
        const source = findSource(loadExample(example, { root }), file, name);
        await renderSource(source, { region: attribute('region') }, name);
      }
      for (const [, file = ''] of text.matchAll(/<ProjectListing\s+file="(?<file>[^"]+)"/gu)) {
        assert.ok(existsSync(join(root, file)), `${name}: expected the file ${file}, found none`);
      }
    });
  }
});

describe('the search for code in prose', () => {
  test('finds fenced code, indented code, <pre>, and a whole line between backticks', () => {
    const source = [
      '---',
      'title: A page',
      '---',
      'Text with `WithStdin`.',
      '',
      '```go',
      'x := 1',
      '```',
      '',
      '    y := 2',
      '',
      '<pre>z</pre>',
      `\`${'a'.repeat(90)}\``,
    ].join('\n');
    assert.deepEqual(findProseCode(source), [
      { line: 6, what: 'fenced code' },
      { line: 10, what: 'indented code' },
      { line: 12, what: '<pre>' },
      { line: 13, what: 'a line of code in <code>' },
    ]);
  });

  test('leaves front matter, lists and the attributes of components alone', () => {
    const source = ['---', '    a: b', '---', '- one', '', '    more of it', '', '<Sandbox', '    a="b"', '/>'].join(
      '\n',
    );
    assert.deepEqual(findProseCode(source), []);
  });
});
