import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { parseDiagnostics } from '../../src/toolchain/diagnostics.ts';
import { embedConfig } from '../../src/toolchain/source/embed.ts';
import { readGo } from '../../src/toolchain/source/go-source.ts';

describe('readGo', () => {
  const importsOf = (source: string): string[] =>
    readGo(source).imports.map(({ text, line, column }) => `${String(line)}:${String(column)} ${text}`);

  it('finds imports of every form, and where they are', () => {
    const source =
      '// import "no"\n/* package x */ package main; import "a"\nimport (\n\t_ "b/c"\n\t. `d`; é "e"\n)\n' +
      'import ()\n\nimport f "f"\n\nvar import_ = "no"\n';
    assert.deepEqual(importsOf(source), ['2:38 a', '4:4 b/c', '5:4 d', '5:12 e', '9:10 f']);
  });

  it('reads paths as Go reads strings', () =>
    assert.deepEqual(
      importsOf(
        'package main\nimport "\\x66\\155\\u0074"\nimport `o\rs`\nimport "\\xc3\\xa9"\nimport "\\q"\nimport ""\n',
      ),
      ['2:8 fmt', '3:8 os', '4:8 é', '6:8 '],
    ));

  it('knows the package, and whether there is a func main outside of all brackets', () => {
    const found = (source: string): [string | undefined, boolean] => {
      const { packageName, hasMain } = readGo(source);
      return [packageName?.text, hasMain];
    };
    assert.deepEqual(found('// x\npackage main\n\nfunc // comment\nmain ( ) { }\n'), ['main', true]);
    assert.deepEqual(found('package foo\nimport "a"\nfunc f(main func()) { main() }\n'), ['foo', false]);
    assert.deepEqual(found('package main\n// func main() {}\nvar s = `func main()`\nfunc (t T) main() {}\n'), [
      'main',
      false,
    ]);
    assert.deepEqual(found("package main\nvar r = '{'\nfunc f() { }; func main() {}\n"), ['main', true]);
    assert.deepEqual(found('func main() {}'), [undefined, true]);
  });

  it('stops where the imports end', () =>
    assert.deepEqual(importsOf('package main\nimport "a"\nfunc f() { x("import") }\nimport "late"\n'), ['2:8 a']));

  it('leaves what is wrong to the compiler', () => {
    for (const source of [
      '',
      'package',
      'import "a"',
      'package main\nimport 3',
      'package main\nimport ("a',
      '/*',
      '"',
    ]) {
      assert.doesNotThrow(() => readGo(source));
    }
  });

  it('finds what is embedded, outside of strings', () => {
    const source =
      'package main\n\n//go:embed a.txt "b c.txt" `d`\nvar x string\n\nvar s = `\n//go:embed no.txt\n`\n// //go:embed no\n\t//go:embed all:e*\nvar y embed.FS\n';
    const found = readGo(source).embeds.map(({ text, line, column }) => `${String(line)}:${String(column)} ${text}`);
    assert.deepEqual(found, ['3:12 a.txt', '3:18 b c.txt', '3:28 d', '10:13 all:e*']);
  });
});

describe('embedConfig', () => {
  const files = ['a.txt', 'b.txt', 'main.go'].map((name) => ({ name, text: '' }));
  const configOf = (...patterns: readonly string[]): ReturnType<typeof embedConfig> =>
    embedConfig(
      patterns.map((text) => ({ file: 'main.go', pattern: { text, line: 3, column: 12 } })),
      files,
    );

  it('finds the files of a pattern', () =>
    assert.deepEqual(configOf('*.txt', 'main.g?', 'all:[ab].txt'), {
      config: {
        Patterns: { '*.txt': ['a.txt', 'b.txt'], 'main.g?': ['main.go'], 'all:[ab].txt': ['a.txt', 'b.txt'] },
        Files: { 'a.txt': 'a.txt', 'b.txt': 'b.txt', 'main.go': 'main.go' },
      },
    }));

  it('says what the go command says of one without files', () =>
    assert.deepEqual(configOf('a.txt', 'a+txt', '[a'), {
      missing: ['a+txt', '[a'].map((text) => ({
        file: 'main.go',
        line: 3,
        column: 12,
        message: `pattern ${text}: no matching files found`,
      })),
    }));
});

describe('parseDiagnostics', () => {
  it('takes places apart, and keeps further lines with their message', () => {
    const text = 'main.go:3:7: not enough: a:b\n\thave ()\n\twant (int)\n./x.go:2: no column\n\nno place\n';
    assert.deepEqual(parseDiagnostics(text), [
      { file: 'main.go', line: 3, column: 7, message: 'not enough: a:b\n\thave ()\n\twant (int)' },
      { file: 'x.go', line: 2, column: 0, message: 'no column' },
      { file: '', line: 0, column: 0, message: 'no place' },
    ]);
  });
});
