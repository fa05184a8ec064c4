import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { parseQuery, plain, stem } from '../../src/search/query.ts';
import { leadsOf } from '../../src/search/concepts.ts';

const root = join(import.meta.dirname, '..', '..');

interface Queries {
  readonly found: readonly { readonly query: string }[];
  readonly nothing: readonly { readonly query: string }[];
}

const queries = JSON.parse(readFileSync(join(root, 'tests/fixtures/search-queries.json'), 'utf8')) as Queries;

/** Without cases, and with one space for any white space and for what strings are put together with. */
const flat = (text: string): string => plain(text).replaceAll(/\s+/gu, ' ');

/** What the search is made of: its code, and its words. Pages, where messages are headings, are what is searched. */
const code = ['src/search', 'src/words/en/search', 'src/components/site'].flatMap((folder) =>
  readdirSync(join(root, folder)).map(
    (name) => [`${folder}/${name}`, flat(readFileSync(join(root, folder, name), 'utf8'))] as const,
  ),
);

const glossary = flat(readFileSync(join(root, 'src/content/docs/reference/glossary.mdx'), 'utf8'));

/** A name of a program's, or a term of the site: it stands in tables because it is the name. */
function isName(query: string): boolean {
  if (/\s/u.test(query)) return false;
  return /[._:=()]|[a-z][A-Z]|^[A-Z_\d]+$/u.test(query) || glossary.includes(flat(query));
}

describe('the search', () => {
  it('has no query of its test word for word in its code', () => {
    const asked = [...queries.found, ...queries.nothing]
      .map(({ query }) => query)
      .filter((query) => (/\s/u.test(query) || query.length >= 8) && !isName(query));
    assert.ok(asked.length > 100);
    const found = asked.flatMap((query) =>
      code.filter(([, text]) => text.includes(flat(query))).map(([file]) => `${file}: ${query}`),
    );
    assert.deepEqual(found, []);
  });
});

describe('a query', () => {
  const wordsIn = (text: string): readonly string[] => parseQuery(text).words.map(({ plain: word }) => word);

  it('is without what differs from run to run', () => {
    const dump =
      '2026/01/02 03:04:05 panic: it broke\n\ngoroutine 7 [select, 2 minutes]:\n' +
      'main.serve(0xc000123456, {0xc0000aaaaa, 0x4})\n\t/home/ada/src/host/main.go:12 +0x1f';
    assert.deepEqual(wordsIn(dump), ['panic', 'it', 'broke', 'main.serve', '0x4']);
  });

  it('keeps names as they are, and numbers where there is nothing else', () => {
    assert.deepEqual(wordsIn('read /dev/stdin: io.Pipe, "WithStdin"!'), ['read', '/dev/stdin', 'io.pipe', 'withstdin']);
    assert.deepEqual(wordsIn('errno 29'), ['errno']);
    assert.deepEqual(wordsIn('4294967295'), ['4294967295']);
    assert.deepEqual(wordsIn(' \n '), []);
  });

  it('is compared without endings', () => {
    const same = [
      ['hang', 'hangs', 'hanging'],
      ['stop', 'stops', 'stopped', 'stopping'],
      ['freeze', 'freezes'],
    ];
    for (const words of same) assert.equal(new Set(words.map(stem)).size, 1, words.join(' '));
    assert.notEqual(stem('press'), stem('pres'));
  });

  it('leads somewhere by any of the ways to say that it does not', () => {
    for (const said of ['never stops', 'doesn’t stop', 'does not stop', 'won’t stop']) {
      const leads = leadsOf(parseQuery(`a timeout ${said}`));
      assert.ok(
        leads.some(({ concepts }) => concepts.includes('timeout') && concepts.includes('ineffective')),
        said,
      );
    }
  });
});
