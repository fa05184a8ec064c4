import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import openWabt from 'wabt';
import { changeHost } from '../../src/sandbox/editing/own-wasm/host-changes.ts';
import { describeOwnWasm, inspectOwnWasm, OwnWasmError } from '../../src/sandbox/editing/own-wasm/own-wasm.ts';

const folder = join(import.meta.dirname, '..', '..', 'public', 'wasm');

/** An artefact of the site by the beginning of its name. */
function artefact(start: string): Uint8Array<ArrayBuffer> {
  const name = readdirSync(folder).find((file) => file.startsWith(start));
  assert.ok(name, `expected an artefact ${start}`);
  return new Uint8Array(readFileSync(join(folder, name)));
}

const bytes = (...values: number[]): Uint8Array<ArrayBuffer> => Uint8Array.from(values);
const text = (value: string): Uint8Array<ArrayBuffer> => new Uint8Array(new TextEncoder().encode(value));

/** A module with one import of a function without parameters, and nothing else. */
function importing(module: string, name: string): Uint8Array<ArrayBuffer> {
  const entry = [1, module.length, ...text(module), name.length, ...text(name), 0, 0];
  return bytes(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0, 1, 4, 1, 0x60, 0, 0, 2, entry.length, ...entry);
}

/** A module in its text form, with all features that wabt has. */
async function wat(body: string): Promise<Uint8Array<ArrayBuffer>> {
  const features = {
    exceptions: true,
    tail_call: true,
    extended_const: true,
    threads: true,
    memory64: true,
    reference_types: true,
    simd: true,
    bulk_memory: true,
    multi_value: true,
  };
  const module = (await openWabt()).parseWat('own.wat', `(module ${body})`, features);
  return new Uint8Array(module.toBinary({}).buffer);
}

async function refuses(file: Uint8Array<ArrayBuffer>, words: RegExp): Promise<void> {
  await assert.rejects(inspectOwnWasm(file), (error) => {
    assert.ok(error instanceof OwnWasmError, String(error));
    assert.match(error.message, words);
    return true;
  });
}

describe('a reader’s own .wasm', () => {
  it('is taken, and told what it imports', async () => {
    const found = await inspectOwnWasm(artefact('pipe-waits.c.'));
    assert.ok(found.wasi.includes('fd_read') && found.wasi.includes('fd_write'));
    assert.equal(found.start, 'command');
    assert.match(describeOwnWasm(found), /^It imports \d+ of WASI’s functions: .*fd_read/u);
    const opens = await inspectOwnWasm(importing('wasi_snapshot_preview1', 'path_open'));
    assert.match(describeOwnWasm(opens), /no files or sockets, so path_open will fail/u);
  });

  it('is told what wazero does not support', async () => {
    const found = await inspectOwnWasm(importing('wasi_snapshot_preview1', 'proc_raise'));
    assert.deepEqual(found.unsupported, ['proc_raise']);
    assert.match(describeOwnWasm(found), /answers proc_raise with ENOSYS/u);
    assert.match(describeOwnWasm(found), /exports no _start/u);
  });

  it('is refused where it is cut off, wherever that is', async () => {
    const whole = artefact('pipe-waits.c.');
    for (const length of [4, 7, 9, 10, 100, whole.length - 1]) {
      await refuses(whole.slice(0, length), /^The file is cut off: expected at least [\d,]+ bytes, found/u);
    }
    await refuses(bytes(), /found a file of 0 bytes/u);
  });

  it('is refused where it is something else', async () => {
    await refuses(
      bytes(0x7f, 0x45, 0x4c, 0x46, 2, 1, 1, 0, 0, 0),
      /found a program for Linux \(ELF\)\. Build it for WASI/u,
    );
    await refuses(bytes(0, 0x61, 0x73, 0x6d, 0x0d, 0, 1, 0), /found a component/u);
    for (const wat of ['  (module)', ';; c\n(module)', '(; c ;) (module)', '( module)']) {
      await refuses(text(wat), /Choose “WAT”/u);
    }
    await refuses(text('<!doctype html><p>'), /begins with “<!doctype html></u);
  });

  it('is refused where it was built for something else, with the way out', async () => {
    const others: readonly (readonly [string, string, RegExp])[] = [
      ['gojs', 'runtime.wasmExit', /GOOS=js; build it with GOOS=wasip1/u],
      ['wasi_unstable', 'fd_read', /older WASI; build it for wasm32-wasip1/u],
      ['wasi:cli/stdin@0.2.0', 'get-stdin', /built for WASI 0\.2, which wazero does not run; build it for/u],
      ['wasi', 'thread-spawn', /threads of WASI.*without -pthread/u],
      ['__wbindgen_placeholder__', '__wbindgen_throw', /wasm-bindgen, and wants its own JavaScript host/u],
      ['./tool_bg.js', '__wbindgen_throw', /wasm-bindgen/u],
      ['env', 'emscripten_resize_heap', /Emscripten.*\.js file beside it/u],
      ['a', 'b', /Emscripten/u],
      ['wasi_snapshot_preview1', 'fd_dup', /“fd_dup” from WASI preview1, which has no such function/u],
    ];
    for (const [module, name, words] of others) await refuses(importing(module, name), words);
    await refuses(await wat('(import "env" "memory" (memory 1))'), /imports the memory “memory” from “env”/u);
    await refuses(await wat('(import "env" "memory" (memory 1 2 shared))'), /threads of WASI.*without -pthread/u);
    await refuses(await wat('(import "env" "g" (global i32))'), /imports the global “g” from “env”/u);
  });

  it('is taken where it asks its own host for functions, which are told with their types', async () => {
    const found = await inspectOwnWasm(
      await wat('(import "env" "log" (func (param i32 i64))) (import "ext" "now" (func (result f64)))'),
    );
    assert.deepEqual(found.foreign, [
      { module: 'env', name: 'log', params: [0x7f, 0x7e], results: [] },
      { module: 'ext', name: 'now', params: [], results: [0x7c] },
    ]);
    assert.match(describeOwnWasm(found), /asks its own host for 2 functions besides: env\.log, ext\.now\. .*return 0/u);
  });

  it('is told to be a reactor, large, or in need of much memory', async () => {
    const described = async (body: string): Promise<string> => describeOwnWasm(await inspectOwnWasm(await wat(body)));
    assert.match(await described('(func (export "_initialize"))'), /It is a reactor: it exports _initialize/u);
    assert.match(
      await described('(memory 16000)'),
      /asks for 1048\.6 MB of memory at its start, .* 1073\.7 MB in all/u,
    );
    const small = await inspectOwnWasm(await wat('(memory 17) (func (export "_start"))'));
    assert.doesNotMatch(describeOwnWasm(small), /MB/u);
    assert.match(describeOwnWasm({ ...small, size: 40_600_000 }), /It is large: 40\.6 MB\. From about 30 MB on/u);
  });

  it('is read in pieces, with pauses, and its code is not taken for damaged', async () => {
    const at: number[] = [];
    const whole = artefact('plugins-go.');
    const found = await inspectOwnWasm(whole, (position) => at.push(position));
    assert.deepEqual(found.features, []);
    assert.ok(at.length >= 1 && at.every((position) => position > 0 && position <= whole.length));
    for (const other of ['hosts.', 'pipe-waits.rust.']) {
      const { imports } = { imports: WebAssembly.Module.imports(await WebAssembly.compile(artefact(other))) };
      const foreign = new Set(imports.filter(({ module }) => !module.startsWith('wasi_')).map(({ name }) => name));
      const { foreign: told } = await inspectOwnWasm(artefact(other));
      assert.deepEqual(new Set(told.map(({ name }) => name)), foreign);
    }
  });

  it('is refused where its outline ends amid something', async () => {
    // A type section of one type, which is not there.
    await refuses(bytes(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0, 1, 1, 1), /something in it goes on behind byte 11/u);
  });
});

/** Modules with one feature each: in the text form where wabt knows it, otherwise its bytes behind the header. */
const withFeature: readonly (readonly [string, string | readonly number[]])[] = [
  ['exceptions', '(tag (param i32)) (func (throw 0 (i32.const 1)))'],
  ['exceptions', '(import "env" "e" (tag (param i32)))'],
  // try_table with no result and no catch.
  ['exceptions', [...types(), 3, 2, 1, 0, 10, 8, 1, 6, 0, 0x1f, 0x40, 0, 0x0b, 0x0b]],
  ['tail-call', '(func $f (return_call $f))'],
  ['tail-call', '(table 1 funcref) (func (i32.const 0) (return_call_indirect))'],
  ['extended-const', '(global i32 (i32.add (i32.const 1) (i32.const 2)))'],
  ['extended-const', '(memory 1) (data (i32.mul (i32.const 1) (i32.const 2)) "x")'],
  ['threads', '(memory 1 2 shared)'],
  ['threads', '(memory 1) (func (drop (i32.atomic.load (i32.const 0))) (atomic.fence))'],
  // A function that takes (ref null 0), and one that calls it.
  [
    'function-references',
    [1, 9, 2, 0x60, 0, 0, 0x60, 1, 0x63, 0, 0, 3, 2, 1, 1, 10, 8, 1, 6, 0, 0x20, 0, 0x14, 0, 0x0b],
  ],
  // A structure; a group of types; (ref null any).
  ['gc', [1, 3, 1, 0x5f, 0]],
  ['gc', [1, 6, 1, 0x4e, 1, 0x60, 0, 0]],
  ['gc', [1, 5, 1, 0x60, 1, 0x6e, 0]],
  // ref.i31 in a body.
  ['gc', [...types(), 3, 2, 1, 0, 10, 9, 1, 7, 0, 0x41, 0, 0xfb, 0x1c, 0x1a, 0x0b]],
  ['memory64', '(memory i64 1)'],
  ['multi-memory', [5, 5, 2, 0, 1, 0, 1]],
  ['relaxed-simd', [...types(), 3, 2, 1, 0, 10, 9, 1, 7, 0, 0x00, 0xfd, 0x80, 0x02, 0x1a, 0x0b]],
  // try with no result.
  ['legacy-exceptions', [...types(), 3, 2, 1, 0, 10, 8, 1, 6, 0, 0x06, 0x40, 0x19, 0x0b, 0x0b]],
];

/** A type section with a function without parameters. */
function types(): readonly number[] {
  return [1, 4, 1, 0x60, 0, 0];
}

/** What a refusal says of a feature that no host of wazero has. */
const missing: Readonly<Record<string, RegExp>> = {
  gc: /garbage collection \(WasmGC\), which wazero does not run/u,
  memory64: /memory64.*Build it for wasm32/u,
  'multi-memory': /more than one memory.*--multi-memory-lowering/u,
  'relaxed-simd': /relaxed SIMD.*-mrelaxed-simd/u,
  'legacy-exceptions': /exceptions in their old form.*--translate-to-exnref/u,
};

describe('the features of a reader’s own .wasm', () => {
  for (const [index, [feature, module]] of withFeature.entries()) {
    it(`is told: ${feature} (${String(index)})`, async () => {
      const file = typeof module === 'string' ? await wat(module) : bytes(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0, ...module);
      const refusal = missing[feature];
      if (refusal !== undefined) {
        await refuses(file, refusal);
        return;
      }
      // A module that imports a tag is refused for that; the others run where the host switches the feature on.
      if (typeof module === 'string' && module.includes('import')) {
        await refuses(file, /imports the tag “e” from “env”/u);
        return;
      }
      const found = await inspectOwnWasm(file);
      assert.deepEqual(found.features, [feature]);
      assert.match(describeOwnWasm(found), /runs only for a host that switches it on: .*WithCoreFeatures\(api\./u);
    });
  }

  it('is none where a module has all of version 2.0', async () => {
    const found = await inspectOwnWasm(
      await wat(`
      (memory 1) (table 2 funcref) (table 1 externref) (global (mut i64) (i64.const -1))
      (elem (i32.const 0) $f) (elem funcref (ref.func $f) (ref.null func)) (elem declare func $f)
      (data (i32.const 0) "abc") (data "passive")
      (func $f (param i32 f32 f64 v128 externref) (result i32 i64)
        (local i32 i64 v128)
        (block (loop (br_if 1 (i32.const 0)) (br_table 0 1 0 (i32.const 2))))
        (if (i32.const 1) (then (nop)) (else (unreachable)))
        (drop (call_indirect (result i32) (i32.const 0)))
        (memory.init 1 (i32.const 0) (i32.const 0) (i32.const 0)) (data.drop 1)
        (memory.copy (i32.const 0) (i32.const 0) (i32.const 0)) (memory.fill (i32.const 0) (i32.const 0) (i32.const 0))
        (table.init 0 1 (i32.const 0) (i32.const 0) (i32.const 0)) (elem.drop 1)
        (table.copy 0 0 (i32.const 0) (i32.const 0) (i32.const 0))
        (drop (table.grow 0 (ref.null func) (i32.const 1))) (drop (table.size 0))
        (drop (i32.trunc_sat_f64_s (f64.const 1.5))) (drop (i64.extend32_s (i64.const 1))) (drop (f32.const 2))
        (drop (select (result externref) (ref.null extern) (ref.null extern) (i32.const 1)))
        (v128.store (i32.const 0) (i8x16.shuffle 0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15
          (v128.const i32x4 1 2 3 4) (v128.load8_splat (i32.const 0))))
        (drop (v128.load16_lane 3 (i32.const 0) (local.get 3))) (drop (i32x4.extract_lane 2 (local.get 3)))
        (drop (v128.load64_zero (i32.const 0))) (drop (memory.grow (i32.const 1))) (drop (ref.is_null (local.get 4)))
        (i32.const 1) (i64.const 99999999999))`),
    );
    assert.deepEqual(found.features, []);
    assert.deepEqual(found.foreign, []);
  });
});

describe('a host that is given what a plugin needs', () => {
  const host = readFileSync(
    join(import.meta.dirname, '..', '..', 'src', 'sandbox', 'editing', 'start', 'host', 'main.go'),
    'utf8',
  );
  const needs = {
    foreign: [
      { module: 'env', name: 'log', params: [0x7f, 0x7e], results: [] },
      { module: 'env', name: 'a "b"', params: [], results: [0x7f, 0x7c] },
    ],
    features: ['exceptions'],
  } as const;

  it('has it in its source, and once', () => {
    const once = changeHost(host, needs);
    assert.equal(once.kind, 'changed');
    assert.match(once.source, /\n\twasi\.MustInstantiate\(ctx, r\)\n\tofferFunctions\(ctx, r\)\n/u);
    assert.match(once.source, /WithFunc\(func\(context\.Context, uint32, uint64\) \{\}\)\.Export\("log"\)\.\n/u);
    assert.match(
      once.source,
      /WithFunc\(func\(context\.Context\) \(uint32, float64\) \{ return 0, 0 \}\)\.Export\("a \\"b\\""\)\.\n/u,
    );
    assert.match(
      once.source,
      /NewRuntimeWithConfig\(ctx, wazero\.NewRuntimeConfig\(\)\.\n\t\tWithCoreFeatures\(api\.CoreFeaturesV2\|experimental\.CoreFeaturesExceptionHandling\)\)/u,
    );
    assert.deepEqual(changeHost(once.source, needs), once);
    assert.deepEqual(changeHost(host, { foreign: [], features: [] }), { kind: 'changed', source: host });
  });

  it('is every host of the site; what has no place for it stays as it is', () => {
    const examples = join(import.meta.dirname, '..', '..', 'examples');
    const hosts = readdirSync(examples, { withFileTypes: true }).filter(
      (entry) => entry.isDirectory() && existsSync(join(examples, entry.name, 'host', 'main.go')),
    );
    const without = hosts.filter(({ name }) => {
      const source = readFileSync(join(examples, name, 'host', 'main.go'), 'utf8');
      return changeHost(source, needs).kind !== 'changed';
    });
    assert.deepEqual(
      without.map(({ name }) => name),
      [],
    );
    assert.equal(changeHost('package main\n', needs).kind, 'no-place');
    const odd = { foreign: [{ module: 'env', name: 'v', params: [0x7b], results: [] }], features: [] };
    assert.deepEqual(changeHost(host, odd), { kind: 'no-type', name: 'v' });
  });
});
