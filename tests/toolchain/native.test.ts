/**
 * What compiles in the page compiles at home: valid programs do the same, invalid ones are answered with the same words in the
 * same order. The native toolchain's results are recorded (`programs.ts`), and recorded again where Go is.
 */
import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { sampleOfRun } from '../../scripts/sample.ts';
import { runPlugin } from '../../src/engine/plugin/plugin-host.ts';
import type { Diagnostic, SourceFile } from '../../src/protocol/toolchain.ts';
import { parseDiagnostics } from '../../src/toolchain/diagnostics.ts';
import type { GoToolchain } from '../../src/toolchain/go-toolchain.ts';
import { openPack } from './pack.ts';
import {
  filesOf,
  hasGo,
  listPrograms,
  readRecorded,
  recordNatively,
  targetOf,
  withoutStacks,
  type Session,
} from './programs.ts';

const recorded = readRecorded();

/** Messages as text; the go command writes `./main.go` where the compiler, called in the folder, writes `main.go`. */
function told(diagnostics: readonly Diagnostic[]): string[] {
  return diagnostics.map(({ file, line, column, message }) =>
    `${file}:${String(line)}:${String(column)}: ${message}`.replaceAll('./', ''),
  );
}

/** Runs a program; the trace of wazero's calls goes nowhere. */
async function run(wasm: Uint8Array<ArrayBuffer>): Promise<Session> {
  const decoders = { stdout: new TextDecoder(), stderr: new TextDecoder() };
  const said = { stdout: '', stderr: '' };
  const keep =
    (stream: keyof typeof said) =>
    (bytes: Uint8Array): void => {
      said[stream] += decoders[stream].decode(bytes, { stream: true });
    };
  const nothing = (): void => undefined;
  const { status } = await runPlugin({
    plugin: wasm,
    args: ['main'],
    // As natively, a file that is missing is missing from somewhere.
    files: {},
    stdout: keep('stdout'),
    stderr: keep('stderr'),
    imports: { block_or_eof: { enter: nothing, leave: nothing, abort: nothing } },
  });
  return { status, stdout: said.stdout, stderr: withoutStacks(said.stderr) };
}

describe('the recorded results', () => {
  it('are of every program', () => {
    assert.deepEqual(Object.keys(recorded.valid), listPrograms('valid'));
    assert.deepEqual(Object.keys(recorded.invalid), listPrograms('invalid'));
    assert.ok(listPrograms('valid').length >= 20 && listPrograms('invalid').length >= 15);
  });

  it('are what the native toolchain gives now', { skip: hasGo() ? false : 'needs Go on the PATH' }, () =>
    assert.deepEqual(recordNatively(), recorded),
  );
});

describe('the page’s toolchain', () => {
  let go: GoToolchain;

  before(async () => {
    go = openPack();
    await go.prepare(['compile', 'exports', 'link', 'objects', 'format']);
  });

  for (const [name, expected] of sampleOfRun('valid programs', Object.entries(recorded.valid), 8)) {
    it(`builds ${name}, which does what it does natively`, async () => {
      const files = filesOf('valid', name);
      const built = await go.build(targetOf(files), files);
      assert.ok(built.kind === 'built', JSON.stringify(built));
      assert.deepEqual(await run(built.wasm), expected);
    });
  }

  for (const [name, expected] of sampleOfRun('invalid programs', Object.entries(recorded.invalid), 6)) {
    it(`says what the native compiler says of ${name}`, async () => {
      const files = filesOf('invalid', name);
      const checked = await go.check(targetOf(files), files);
      assert.ok(checked.kind === 'diagnostics', JSON.stringify(checked));
      assert.deepEqual(told(checked.diagnostics), told(parseDiagnostics(expected)));
      const built = await go.build(targetOf(files), files);
      assert.deepEqual(built, checked);
    });
  }

  it('takes its time once for what was checked and compiled ahead', async () => {
    const files = [{ name: 'main.go', text: 'package main\n\nfunc main() { println("ahead") }\n' }];
    assert.equal((await go.check('plugin', files)).kind, 'ok');
    assert.equal((await go.compile('plugin', files)).kind, 'compiled');
    const built = await go.build('plugin', files);
    assert.ok(built.kind === 'built');
    assert.equal(built.milliseconds.compile, 0);
    assert.equal((await run(built.wasm)).stderr, 'ahead\n');
  });

  it('names an import that is not in the pack, before the compiler runs', async () => {
    const text = 'package main\n\nimport (\n\t"fmt"\n\tg "net/http" // é\n)\n\nfunc main() { undefined }\n';
    const checked = await go.check('host', [{ name: 'main.go', text }]);
    assert.ok(checked.kind === 'unknown-imports', JSON.stringify(checked));
    assert.deepEqual(checked.unknown, [{ file: 'main.go', line: 5, column: 4, path: 'net/http' }]);
    assert.ok(checked.available.includes('fmt') && checked.available.includes('github.com/tetratelabs/wazero'));
  });

  it('gives wazero to hosts alone', async () => {
    const text = 'package main\n\nimport _ "github.com/tetratelabs/wazero"\n\nfunc main() {}\n';
    const files = [{ name: 'main.go', text }];
    assert.equal((await go.check('host', files)).kind, 'ok');
    assert.equal((await go.check('plugin', files)).kind, 'unknown-imports');
  });

  it('hands on what the linker says', async () => {
    const built = await go.build('plugin', [{ name: 'main.go', text: 'package main\n' }]);
    assert.ok(built.kind === 'link-error', JSON.stringify(built));
    assert.match(built.message, /function main is undeclared in the main package/u);
  });

  const mainFile = (text: string): SourceFile[] => [{ name: 'main.go', text }];

  it('takes the files that go build takes for wasip1', async () => {
    const constrained = [
      ...mainFile('package main\n\nfunc main() { println(where) }\n'),
      { name: 'a.go', text: '//go:build windows\n\npackage main\n\nconst where = "windows"\n' },
      { name: 'b.go', text: '//go:build wasip1\n\npackage main\n\nconst where = "wasip1"\n' },
      { name: 'c_linux.go', text: 'package main\n\nconst where = "linux"\n' },
      { name: 'extra.go', text: '//go:build ignore\n\npackage main\n\nfunc main() {}\n' },
      { name: 'with_c.go', text: 'package main\n\nimport "C"\n\nconst where = "C"\n' },
    ];
    const built = await go.build('plugin', constrained);
    assert.ok(built.kind === 'built', JSON.stringify(built));
    assert.equal((await run(built.wasm)).stderr, 'wasip1\n');
    const none = await go.check('plugin', mainFile('//go:build linux\n\npackage main\n\nfunc main() {}\n'));
    assert.ok(none.kind === 'diagnostics');
    assert.deepEqual(none.diagnostics, [
      { file: '', line: 0, column: 0, message: 'build constraints exclude all Go files' },
    ]);
  });

  it('reads import paths as the go command does, with its words', async () => {
    const importing = (path: string): SourceFile[] =>
      mainFile(`package main\n\nimport f ${path}\n\nfunc main() { f.Print() }\n`);
    assert.equal((await go.check('plugin', importing('"\\x66mt"'))).kind, 'ok');
    for (const [path, says] of [
      ['""', 'invalid import path: '],
      ['"a b"', 'invalid import path: a b'],
      ['"./foo"', '"./foo" is relative, but relative import paths are not supported in module mode'],
      ['"/foo"', `"/foo" is not a package path; see 'go help packages'`],
      ['"fmt/"', 'malformed import path "fmt/": trailing slash'],
    ] as const) {
      const checked = await go.check('plugin', importing(path));
      assert.ok(checked.kind === 'diagnostics', JSON.stringify(checked));
      assert.deepEqual(checked.diagnostics, [{ file: 'main.go', line: 3, column: 10, message: says }]);
    }
    const cgo = await go.check('plugin', importing('"C"'));
    assert.ok(cgo.kind === 'unknown-imports');
    assert.deepEqual(cgo.unknown, [{ file: 'main.go', line: 3, column: 10, path: 'C' }]);
  });

  it('refuses what cannot be started when it checks it', async () => {
    const foo = mainFile('// Not a program.\npackage foo\n\nfunc main() {}\n');
    const notMain = { kind: 'not-main', file: 'main.go', line: 2, column: 9, packageName: 'foo' };
    assert.deepEqual(await go.check('host', foo), notMain);
    assert.deepEqual(await go.build('host', foo), notMain);
    const checked = await go.check('host', mainFile('package main\n\nfunc name() {}\n'));
    assert.ok(checked.kind === 'link-error');
    assert.match(checked.message, /function main is undeclared in the main package/u);
  });

  it('names files without their folder, in what its later stages find and in panics', async () => {
    const late = mainFile('package main\n\n//go:wasmimport env foo\nfunc foo(x []int)\n\nfunc main() { foo(nil) }\n');
    assert.equal((await go.check('plugin', late)).kind, 'ok');
    const built = await go.build('plugin', late);
    assert.ok(built.kind === 'diagnostics', JSON.stringify(built));
    assert.deepEqual(told(built.diagnostics), ['main.go:4:6: go:wasmimport: unsupported parameter type []int']);
    const placed = await go.build('plugin', [
      ...mainFile('package main\n\nfunc main() { where() }\n'),
      {
        name: 'x.go',
        text: 'package main\n\nimport "runtime"\n\nfunc where() {\n\t_, file, line, _ := runtime.Caller(0)\n\tprintln(file, line)\n}\n',
      },
    ]);
    assert.ok(placed.kind === 'built', JSON.stringify(placed));
    assert.equal((await run(placed.wasm)).stderr, 'x.go 6\n');
  });

  it('tells a program that nests too deep for its stack from one that takes memory', async () => {
    const depth = 20_000;
    const nested = mainFile(`package main\n\nvar x = ${'('.repeat(depth)}1${')'.repeat(depth)}\n\nfunc main() {}\n`);
    assert.deepEqual(await go.build('plugin', nested), { kind: 'too-deep' });
    const large = await go.build(
      'host',
      mainFile('package main\n\nvar a [1900000000]byte\n\nfunc main() { a[1] = 2 }\n'),
    );
    assert.ok(large.kind === 'too-large', JSON.stringify(large));
    assert.equal(large.limit, 2 ** 30);
    assert.ok(large.needed >= 1_900_000_000);
  });

  it('limits a host’s memory to 1 GiB, and not a plugin’s', async () => {
    const files = [{ name: 'main.go', text: 'package main\n\nfunc main() {}\n' }];
    for (const target of ['host', 'plugin'] as const) {
      const built = await go.build(target, files);
      assert.ok(built.kind === 'built');
      const { exports } = await instantiate(built.wasm);
      const memory = exports['memory'] as WebAssembly.Memory;
      const grow = (): number => memory.grow(16_385 - memory.buffer.byteLength / 65_536);
      if (target === 'host') assert.throws(grow, RangeError);
      else assert.ok(grow() > 0);
    }
  });

  it('formats as gofmt does, and says where it cannot', async () => {
    const formatted = await go.format({
      name: 'main.go',
      text: 'package main\nimport ("os";"fmt")\nfunc main(){fmt.Println( os.Args )\n}\n// é\n',
    });
    assert.deepEqual(formatted, {
      kind: 'formatted',
      text: 'package main\n\nimport (\n\t"fmt"\n\t"os"\n)\n\nfunc main() {\n\tfmt.Println(os.Args)\n}\n\n// é\n',
    });
    const wrong = await go.format({ name: 'x.go', text: 'package main\nfunc main() {\n\tx := (1\n}\n' });
    assert.ok(wrong.kind === 'diagnostics');
    assert.deepEqual(told(wrong.diagnostics), ["x.go:3:9: expected ')', found newline"]);
  });
});

/** An instance that is not started. */
async function instantiate(wasm: Uint8Array<ArrayBuffer>): Promise<WebAssembly.Instance> {
  const module = await WebAssembly.compile(wasm);
  const imports: Record<string, Record<string, () => number>> = {};
  for (const { module: from, name } of WebAssembly.Module.imports(module)) (imports[from] ??= {})[name] = () => 0;
  return WebAssembly.instantiate(module, imports);
}
