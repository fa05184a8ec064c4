import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { includesFile, type Included } from '../../src/toolchain/source/build-constraint.ts';

const included = (header: string, name = 'main.go'): Included =>
  includesFile(name, `${header}\npackage main\n`, 'go1.26');

/** As `GOOS=wasip1 GOARCH=wasm go list -f '{{.GoFiles}}'` has it, with go1.26. */
describe('includesFile', () => {
  for (const [header, expected] of [
    ['', true],
    ['//go:build wasip1\n', true],
    ['//go:build linux\n', false],
    ['//go:build ignore\n', false],
    ['//go:build !linux && (wasm || windows)\n', true],
    ['//go:build wasm && !gc\n', false],
    ['//go:build unix || cgo || js\n', false],
    ['//go:build go1.1 && go1.26 && !go1.27\n', true],
    ['//go:build go1.27\n', false],
    ['//go:build goexperiment.greenteagc && wasm.signext\n', true],
    // Where it counts: in front of the package clause, in no other comment.
    ['// A comment.\n\n//go:build linux', false],
    ['/*\n//go:build linux\n*/', true],
    ['/* a comment */ //go:build linux\n', true],
    ['\uFEFF//go:build linux\n', false],
    ['//go:buildlinux\n', true],
    ['// go:build linux\n', true],
    // The older form needs a blank line behind it, and is not asked beside the other.
    ['// +build linux\n', false],
    ['// +build linux', true],
    ['// +build linux wasip1,!js\n', true],
    ['//+build wasip1\n// +build linux\n', false],
    ['//go:build wasm\n// +build linux\n', true],
  ] as const) {
    it(`${expected ? 'takes' : 'leaves out'} ${JSON.stringify(header)}`, () =>
      assert.equal(included(header), expected));
  }

  it('reads no constraint behind the package clause', () =>
    assert.equal(includesFile('main.go', 'package main\n\n//go:build linux\n', 'go1.26'), true));

  for (const [expression, error] of [
    ['', 'unexpected end of expression'],
    [' linux &&', 'unexpected end of expression'],
    [' (wasm', 'missing close paren'],
    [' wasm)', 'unexpected token )'],
    [' wasm js', 'unexpected token js'],
    [' !!wasm', 'double negation not allowed'],
    [' wasm & js', 'invalid syntax at &'],
    [' wasm$', 'invalid syntax at $'],
  ] as const) {
    it(`says what the go command says of //go:build${expression}`, () =>
      assert.deepEqual(included(`//go:build${expression}\n`), { error: `parsing //go:build line: ${error}` }));
  }

  it('says what the go command says of two constraints', () =>
    assert.deepEqual(included('//go:build wasm\n//go:build gc\n'), { error: 'multiple //go:build comments' }));

  it('reads systems and processors in names, as endings only', () => {
    const names = ['windows.go', 'a_windows.go', 'a_wasip1.go', 'a_wasip1_wasm.go', 'a_linux_wasm.go', 'a_amd64.go'];
    const others = ['a_test.go', '_a.go', 'a_b.go', 'a_windows_b.go', 'a_unix.go'];
    assert.deepEqual(
      [...names, ...others].filter((name) => included('', name) === true),
      ['windows.go', 'a_wasip1.go', 'a_wasip1_wasm.go', 'a_b.go', 'a_windows_b.go', 'a_unix.go'],
    );
  });
});
