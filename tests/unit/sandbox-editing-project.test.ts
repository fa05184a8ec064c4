import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Diagnostic } from '../../src/protocol/toolchain.ts';
import { describeFailure, placeOf } from '../../src/sandbox/editing/build-words.ts';
import { withoutFences } from '../../src/sandbox/run/verbatim.ts';
import { isProjectPath, Project } from '../../src/sandbox/editing/project/project.ts';

const original = [
  { path: 'host/main.go', text: 'package main // host\n' },
  { path: 'plugin/main.go', text: 'package main // plugin\n' },
];

describe('an edited program', () => {
  it('knows which of its targets was changed', () => {
    const project = new Project(original);
    assert.equal(project.isChanged(), false);
    project.setText('plugin/main.go', 'package main\n');
    assert.deepEqual(
      [project.isChanged('host'), project.isChanged('plugin'), project.isChanged()],
      [false, true, true],
    );
    project.setText('plugin/main.go', 'package main // plugin\n');
    assert.equal(project.isChanged(), false);
  });

  it('takes files besides main.go, and only those can be removed', () => {
    const project = new Project(original);
    const path = project.add('host', 'reader.go');
    assert.deepEqual(
      project.files.map((file) => file.path),
      ['host/main.go', 'host/reader.go', 'plugin/main.go'],
    );
    assert.deepEqual(project.changedPaths, ['host/reader.go']);
    assert.deepEqual(
      project.sourcesOf('host').map(({ name }) => name),
      ['main.go', 'reader.go'],
    );
    project.remove('host/main.go');
    project.remove(path);
    assert.equal(project.isChanged(), false);
  });

  it('says why a file can’t be added', () => {
    const project = new Project(original);
    for (const name of [
      '',
      'x',
      '1.go',
      '_x.go',
      '../x.go',
      'a b.go',
      'x_test.go',
      '\u212a.go',
      '<script>.go',
      'x.go.js',
    ]) {
      assert.match(project.whyNot('host', name) ?? '', /Expected a letter, then/u, name);
      assert.equal(isProjectPath(`host/${name}`), false);
    }
    assert.match(project.whyNot('host', 'main.go') ?? '', /is there already/u);
    assert.match(project.whyNot('host', 'Main.go') ?? '', /host\/main\.go is there already/u);
    for (const name of ['reader.go', 'Reader.go', 'line_reader.go', 'reader_windows.go', 'x_test_y.go']) {
      assert.equal(project.whyNot('host', name), undefined, name);
      assert.equal(isProjectPath(`host/${name}`), true);
    }
    for (let index = 0; index < 18; index += 1) project.add('plugin', `f${String(index)}.go`);
    assert.match(project.whyNot('host', 'reader.go') ?? '', /no room/u);
  });

  it('keeps the example’s main.go where the restored files have none, and no files of a prebuilt target', () => {
    const project = new Project(original.slice(0, 1));
    project.restore([
      { path: 'host/more.go', text: 'x' },
      { path: 'plugin/main.go', text: 'y' },
      { path: 'else/main.go', text: 'z' },
    ]);
    assert.deepEqual(project.files, [original[0], { path: 'host/more.go', text: 'x' }]);
    assert.equal(project.isEditable('plugin'), false);
    project.restore(project.original);
    assert.deepEqual(project.files, original.slice(0, 1));
  });
});

describe('a program that can’t be built', () => {
  it('is told in one sentence, with the compiler’s words beneath', () => {
    const failure = describeFailure('host', {
      kind: 'diagnostics',
      diagnostics: [
        { file: 'main.go', line: 12, column: 5, message: 'undefined: wazer' },
        { file: '', line: 0, column: 0, message: 'no place' },
      ],
    });
    assert.equal(failure.sentence, 'The host does not compile: 2 problems, the first in host/main.go, line 12.');
    assert.deepEqual(failure.problems.map(placeOf), ['host/main.go:12:5', '']);
    assert.equal(failure.problems[0]?.message, 'undefined: wazer');
    assert.ok(failure.problems.every(({ isVerbatim }) => isVerbatim));
  });

  it('names the packages that there are', () => {
    const failure = describeFailure('plugin', {
      kind: 'unknown-imports',
      unknown: [{ file: 'main.go', line: 5, column: 2, path: 'net/http' }],
      available: ['bufio', 'fmt'],
    });
    assert.match(withoutFences(failure.sentence), /^The plugin imports “net\/http”, which this page does not have\./u);
    assert.match(
      withoutFences(failure.problems[0]?.message ?? ''),
      /net\/http is not in this page; the packages that are: bufio, fmt/u,
    );
    assert.equal(failure.problems[0]?.isVerbatim, false);
  });

  it('does not count “too many errors” as one', () => {
    const undefinedAt = (line: number): Diagnostic => ({ file: 'main.go', line, column: 2, message: 'undefined: f' });
    const diagnostics = [4, 5, 6].map(undefinedAt);
    const failure = describeFailure('plugin', {
      kind: 'diagnostics',
      diagnostics: [...diagnostics, { file: 'main.go', line: 6, column: 2, message: 'too many errors' }],
    });
    assert.equal(
      failure.sentence,
      'The plugin does not compile: more than 3 problems, the first in plugin/main.go, line 4.',
    );
    assert.equal(failure.problems.length, 3);
  });

  it('may be none that can be started, need cgo, nest too deep, or be too large', () => {
    const other = describeFailure('host', { kind: 'not-main', file: 'a.go', line: 2, column: 9, packageName: 'foo' });
    assert.match(
      withoutFences(other.sentence),
      /^The host is package foo, and a program that can be started is package main\./u,
    );
    assert.deepEqual(other.problems.map(placeOf), ['host/a.go:2:9']);
    const cgo = describeFailure('host', {
      kind: 'unknown-imports',
      unknown: [{ file: 'main.go', line: 3, column: 8, path: 'C' }],
      available: ['fmt'],
    });
    assert.match(cgo.sentence, /^The host imports “C”: that is cgo, which Go does not have for WebAssembly/u);
    assert.equal(cgo.problems[0]?.message, 'import "C" is cgo; there is none for wasip1');
    assert.match(describeFailure('plugin', { kind: 'too-deep' }).sentence, /its stack overflowed/u);
    const large = describeFailure('host', { kind: 'too-large', needed: 1_902_116_864, limit: 2 ** 30 });
    assert.match(
      large.sentence,
      /^The host needs 1902\.1 MB of memory at its start, and this page gives it 1073\.7 MB/u,
    );
  });

  it('may have no main', () => {
    const message = 'function main is undeclared in the main package';
    const told = [
      describeFailure('host', { kind: 'link-error', message }),
      describeFailure('host', { kind: 'diagnostics', diagnostics: [{ file: '', line: 0, column: 0, message }] }),
    ];
    for (const failure of told) {
      assert.equal(
        failure.sentence,
        'The host has no func main, so there is nothing to start. Add one to package main.',
      );
      assert.equal(failure.problems[0]?.message, message);
    }
  });
});
