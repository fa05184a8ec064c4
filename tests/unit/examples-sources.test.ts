import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { parseSourceLines } from '../../src/examples/source-regions.ts';
import { renderSource } from '../../src/examples/source-html.ts';
import { parseExampleManifest } from '../../src/examples/example-manifest.ts';
import type { ExampleSource } from '../../src/examples/load-example.ts';

const file = 'examples/greet/host/main.go';

function sourceOf(text: string): ExampleSource {
  return { role: 'host', file: 'host/main.go', language: 'go', lines: parseSourceLines(text, file) };
}

describe('regions of a source file', () => {
  it('strips the marks and keeps the numbers of the lines on disk', () => {
    const lines = parseSourceLines('a\n\t// #region key\nb\n\t// #endregion key\nc\n', file);
    assert.deepEqual(
      lines.map(({ text, number, regions }) => [text, number, [...regions]]),
      [
        ['a', 1, []],
        ['b', 3, ['key']],
        ['c', 5, []],
      ],
    );
  });

  it('knows the marks of Python', () => {
    const lines = parseSourceLines('a\n# #region key\nb\n# #endregion key\n', 'host.py');
    assert.deepEqual(
      lines.map(({ text, regions }) => [text, [...regions]]),
      [
        ['a', []],
        ['b', ['key']],
      ],
    );
  });

  it('lets two regions overlap', () => {
    const lines = parseSourceLines('// #region a\n1\n// #region b\n2\n// #endregion a\n3\n// #endregion b\n', file);
    assert.deepEqual(
      lines.map(({ regions }) => [...regions].join()),
      ['a', 'a,b', 'b'],
    );
  });

  const faults: readonly [what: string, text: string, message: RegExp][] = [
    ['is not closed', 'a\n// #region key\nb\n', /^examples\/greet\/host\/main\.go:2: region "key" is not closed/u],
    ['is closed but not open', '// #endregion key\n', /main\.go:1: "#endregion key" closes nothing/u],
    ['contains itself', '// #region key\n// #region key\n', /main\.go:2: region "key" is open since line 1/u],
    ['has no name', '// #region\n', /main\.go:1: expected a region name in kebab-case, found ""/u],
  ];
  for (const [what, text, message] of faults) {
    it(`names file and line of a region that ${what}`, () =>
      assert.throws(() => parseSourceLines(text, file), { name: 'ExampleError', message }));
  }
});

describe('a listing', () => {
  it('shows one region without its indentation, and a gap between its parts', async () => {
    const source = sourceOf(
      '// #region key\n\tx()\n// #endregion key\n\ty()\n// #region key\n\t\tz()\n// #endregion key\n',
    );
    const html = await renderSource(source, { region: 'key' }, '/page/');
    const text = html.replaceAll(/<[^>]+>/gu, '');
    assert.equal(text, 'x()\n⋯\n\tz()\n');
  });

  it('marks the lines of region key in a whole file, and escapes what HTML would take for its own', async () => {
    const html = await renderSource(
      sourceOf('a := 1\n// #region key\nb := a < 2 && &a != nil\n// #endregion key\n'),
      {},
      '/page/',
    );
    assert.match(html, /<span class="line">.*<mark class="line">/su);
    assert.match(html, /&lt;/u);
    assert.match(html, /&amp;&amp;/u);
  });

  it('names the regions there are when it is asked for another', async () => {
    const source = sourceOf('// #region key\nx\n// #endregion key\n');
    await assert.rejects(renderSource(source, { region: 'kye' }, '/page/'), {
      message: '/page/: expected lines in region "kye" of host/main.go; its regions are key',
    });
  });
});

describe('example.json', () => {
  const good = {
    title: 'Greet',
    summary: 'A plugin greets.',
    plugins: ['go'],
    acts: ['< Ada', '^D'],
    compare: 'in-order',
    runsIn: ['native', 'page'],
    readsStdin: true,
  };
  const parse = (value: unknown): unknown => parseExampleManifest(JSON.stringify(value), 'examples/greet/example.json');

  it('is taken as it is when it is right', () => assert.deepEqual(parse(good), good));

  it('names file and key when a value is wrong', () =>
    assert.throws(() => parse({ ...good, acts: ['Ada'] }), {
      message: 'examples/greet/example.json: key "acts.0": expected "< text", "^D" or "^C"',
    }));

  it('names the file when it is not JSON', () =>
    assert.throws(() => parseExampleManifest('{', 'examples/greet/example.json'), {
      message: /^examples\/greet\/example\.json: expected JSON/u,
    }));
});
