import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { sentenceParts } from '../../src/words/sentence-parts.ts';
import { words as components } from '../../src/words/en/pages/components.ts';
import { marked } from '../../src/words/marked.ts';
import { wordsTable } from '../../scripts/words-table.ts';

/** With an accent on each letter. */
const accented = (text: string): string => text.replaceAll(/[a-z]/giu, '$&\u0301');

describe('the marked table', () => {
  it('has an accent on every letter, in nested tables and lists too', () => {
    const table = marked({ run: 'Run', states: { waiting: 'waits, 2 ×' }, columns: ['At', 'Who'], most: 3 });
    assert.equal(table.run, accented('Run'));
    assert.equal(table.states.waiting, accented('waits, 2 ×'));
    assert.deepEqual(table.columns, [accented('At'), accented('Who')]);
    assert.equal(table.most, 3);
  });

  it('leaves what a sentence is given as it is: strings, lists of them, and what has names', () => {
    const { of, all, about, count } = marked({
      of: (title: string) => `Calls of ${title}, recorded`,
      all: (files: readonly string[]) => `Save ${files.join(' and ')}.`,
      about: (run: { readonly commit: string }) => `Built from ${run.commit}`,
      count: (bytes: number) => `${bytes.toLocaleString('en')} bytes`,
    });
    assert.equal(of('A pipe'), `${accented('Calls of ')}A pipe${accented(', recorded')}`);
    assert.equal(all(['a.go', 'b.go']), `${accented('Save ')}a.go${accented(' and ')}b.go.`);
    assert.equal(about({ commit: 'abc' }), `${accented('Built from ')}abc`);
    assert.equal(count(1204), `1,204 ${accented('bytes')}`);
  });

  it('marks a sentence within a sentence once', () => {
    const table = marked({ waits: (call: string) => `waits in ${call}`, row: (what: string) => `It ${what}.` });
    assert.equal(table.row(table.waits('fd_read')), `${accented('It waits in ')}fd_read.`);
  });

  it('marks what functions of tables come to', () => {
    const table = marked({ of: (title: string) => ({ name: `Run of ${title}` }) });
    assert.equal(table.of('x').name, `${accented('Run of ')}x`);
  });
});

describe('the table of a build', () => {
  it('is the English one, without a plugin, where WORDS names no other', () => assert.deepEqual(wordsTable('en'), []));

  it('is put in place of the English one by its name', () => {
    const [plugin] = wordsTable('marked');
    const id = plugin?.resolveId('#words/pages/components');
    assert.ok(plugin !== undefined && id !== undefined);
    const source = plugin.load(id) ?? '';
    assert.match(source, /import \{ words as english \} from ".*en[/\\]+pages[/\\]+components\.ts";/u);
    assert.match(source, /export const words = marked\(english\);/u);
  });

  it('leaves other modules alone, and names that no table has', () => {
    const [plugin] = wordsTable('marked');
    assert.equal(plugin?.resolveId('#words/none'), undefined);
    assert.equal(plugin?.resolveId('./components.ts'), undefined);
    assert.equal(plugin?.load('/src/components.ts'), undefined);
  });

  it('has to be known', () => assert.throws(() => wordsTable('fr'), /WORDS: expected "en" or "marked", found "fr"/u));
});

describe('a sentence of a table', () => {
  it('has code, names, what is stressed, and a gap', () =>
    assert.deepEqual(sentenceParts('*Save* `a.go` of {two-pipes}, [as here].'), [
      { kind: 'stressed', text: 'Save' },
      { kind: 'text', text: ' ' },
      { kind: 'code', text: 'a.go' },
      { kind: 'text', text: ' of ' },
      { kind: 'name', text: 'two-pipes' },
      { kind: 'text', text: ', ' },
      { kind: 'gap', text: 'as here' },
      { kind: 'text', text: '.' },
    ]));

  it('is one piece without them, and nothing is lost where a sign is alone', () => {
    for (const text of ['It waits.', 'Two * three', 'a ` alone', 'an open [ gap']) {
      assert.deepEqual(sentenceParts(text), [{ kind: 'text', text }]);
    }
  });

  it('keeps its signs where it is marked', () => {
    const said = marked(components).atHome.save('Go', ['host/main.go', 'plugin/main.go']);
    assert.deepEqual(
      sentenceParts(said).filter(({ kind }) => kind === 'code'),
      [
        { kind: 'code', text: 'host/main.go' },
        { kind: 'code', text: 'plugin/main.go' },
      ],
    );
  });
});
