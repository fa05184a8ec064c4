import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { plainText } from '../../src/examples/plain-text.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const textOf = (body: string): string => plainText({ title: 'A page', description: 'About it.', body }, { root });

describe('a page as plain text', () => {
  test('has its title, what it is about, and its prose', () =>
    assert.equal(
      textOf("import A from '../A.astro';\n\nIt <em>waits</em>.\n"),
      '# A page\n\nAbout it.\n\nIt waits.\n',
    ));

  test('has the recorded session of an example', () => {
    const text = textOf('<Sandbox example="pipe-waits" level={3} />');
    assert.match(
      text,
      /^Example pipe-waits: A pipe that waits\. .*Recorded session:\n\n {4}\$ host pipe-waits\.wasm\n/mu,
    );
  });

  test('has the lines of a listing, and of all examples that are compared', () => {
    assert.match(textOf('<Listing example="two-pipes" file="host/main.go" region="key" />'), /stdin, requests := io/u);
    const both = textOf("<SideBySide\n  left={{ example: 'buffer-fed' }}\n  right={{ example: 'pipe-waits' }}\n/>");
    assert.match(both, /Example buffer-fed: [\s\S]*Example pipe-waits: /u);
  });

  test('has words for marks, places and challenges, also where a ">" stands in an attribute', () => {
    assert.equal(
      textOf('<StateMark state="waiting" /> <StateMark state="ended">EOF</StateMark>').split('\n')[4],
      'waiting EOF',
    );
    assert.match(textOf('<WazeroSource file="a/b.go" line={7} says="x => y" />'), /^wazero a\/b\.go:7$/mu);
    assert.equal(
      textOf('It <MatrixCell table="stdin" row="io-pipe" column="read" says="waits" />.').split('\n')[4],
      'It waits.',
    );
    assert.match(
      textOf('<Challenge\n  example="pipe-waits"\n  text="Do it."\n  hint="a > b"\n/>'),
      /^Challenge in “A pipe that waits”: Do it\.$/mu,
    );
  });

  test('keeps what looks like a tag in code and in sessions, and says where a table is left out', () => {
    assert.match(
      textOf('It is `<nil>`, <b>bold</b>.\n\n```sh\nhost <input\n```'),
      /`<nil>`, bold\.\n\n```sh\nhost <input\n```/u,
    );
    assert.match(textOf('<RecordedRun example="os-pipe-ends" because="x" />'), /SetReadDeadline: <nil>/u);
    assert.equal(
      textOf('<DirectPair>\n\n<WazeroSource file="a.go" line={7} says="x" />\n\n</DirectPair>').split('\n')[4],
      'wazero a.go:7',
    );
    assert.match(textOf('<ErrorTable labelledby="x" />'), /^\(Here the page has a table\.\)$/mu);
  });

  test('fails for an example that is not there', () =>
    assert.throws(() => textOf('<Sandbox example="none" />'), /unknown example "none"/u));
});
