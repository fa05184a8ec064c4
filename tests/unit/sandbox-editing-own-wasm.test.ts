import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { describeOwnWasm, inspectOwnWasm, OwnWasmError } from '../../src/sandbox/editing/project/own-wasm.ts';

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
    assert.equal(found.isCommand, true);
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
    await refuses(text('  (module)'), /Choose “WAT”/u);
    await refuses(text('<!doctype html><p>'), /begins with “<!doctype html></u);
  });

  it('is refused where it imports what no host here offers', async () => {
    await refuses(
      importing('env', 'foo'),
      /^The module imports “foo” from “env”, and the hosts here offer WASI preview1 only/u,
    );
    await refuses(importing('gojs', 'runtime.wasmExit'), /GOOS=js; build it with GOOS=wasip1/u);
    await refuses(
      importing('wasi_snapshot_preview1', 'fd_dup'),
      /“fd_dup” from WASI preview1, which has no such function/u,
    );
  });
});
