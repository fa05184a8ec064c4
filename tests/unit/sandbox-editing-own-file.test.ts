import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import openWabt from 'wabt';
import { lookAtWat, readOwnFile } from '../../src/sandbox/editing/own-wasm/own-file.ts';
import { ProjectBuildError } from '../../src/sandbox/editing/project/project-program.ts';
import { assembleWat } from '../../src/sandbox/editing/project/wat-assembler.ts';

/** A module with so many bytes of data. */
async function moduleOf(size: number): Promise<Uint8Array<ArrayBuffer>> {
  const wabt = await openWabt();
  const module = wabt.parseWat('own.wat', `(module (memory 100) (data (i32.const 0) "${'x'.repeat(size)}"))`);
  return new Uint8Array(module.toBinary({}).buffer);
}

describe('a reader’s own file', () => {
  it('is told of while it is read, where that takes a moment', async () => {
    const bytes = await moduleOf(5_000_000);
    const told: string[] = [];
    const read = await readOwnFile(new File([bytes], 'large.wasm'), (sentence) => told.push(sentence));
    assert.match(told[0] ?? '', /^Reading large\.wasm: 0 % of 5\.0 MB\.$/u);
    assert.equal(told.at(-1), 'Reading large.wasm: 100 % of 5.0 MB.');
    // Once for each tenth.
    assert.equal(new Set(told).size, told.length);
    assert.ok(told.length <= 11);
    assert.deepEqual(read.own?.bytes, bytes);
    await readOwnFile(new File([await moduleOf(10)], 'small.wasm'), () => assert.fail('a small file is there at once'));
  });

  it('is refused in a sentence, also where it can’t be read', async () => {
    const elf = await readOwnFile(new File([Uint8Array.from([0x7f, 0x45, 0x4c, 0x46, 2, 1])], 'elf'), () => undefined);
    assert.equal(elf.own, undefined);
    assert.match(elf.told.sentence, /^elf is no plugin\. .*Linux/u);
    const gone = new File(['x'], 'gone.wasm');
    gone.stream = () => {
      throw new DOMException('The file has changed.', 'NotReadableError');
    };
    const unread = await readOwnFile(gone, () => undefined);
    assert.match(unread.told.sentence, /^gone\.wasm could not be read: The file has changed\. .*choose it again/u);
  });
});

describe('WAT', () => {
  const told = async (text: string): Promise<string> => (await lookAtWat(await assembleWat(text))).sentence;

  it('is told where it has no _start, asks its own host for more, or is nothing that wazero runs', async () => {
    assert.match(await told('(module)'), /^plugin\/main\.wat assembles\. .*It exports no _start, so nothing runs/u);
    assert.match(await told('(module (import "env" "f" (func)) (func (export "_start")))'), /besides: env\.f\./u);
    assert.equal(await told('(module (memory (export "memory") 1) (func (export "_start")))'), '');
  });

  it('that is nested too deep for the assembler is told to be', async () => {
    const text = `(module (func ${'(block '.repeat(50_000)}${')'.repeat(50_000)}))`;
    await assert.rejects(assembleWat(text), (error) => {
      assert.ok(error instanceof ProjectBuildError, String(error));
      assert.match(error.message, /nested 50,002 deep.*Nest them less/u);
      return true;
    });
    // The next one meets an assembler that is whole.
    await assembleWat('(module)');
  });
});
