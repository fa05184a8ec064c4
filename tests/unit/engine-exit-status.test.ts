import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import openWabt from 'wabt';
import { runProgram } from '../../src/engine/run/run-program.ts';
import { MessageStdinChannel } from '../../src/engine/stdin/message-channel.ts';

/** A command that exits with a status. */
async function exiting(status: number): Promise<WebAssembly.Module> {
  const wabt = await openWabt();
  const text = `(module
    (import "wasi_snapshot_preview1" "proc_exit" (func $exit (param i32)))
    (memory (export "memory") 1)
    (func (export "_start") (call $exit (i32.const ${String(status)}))))`;
  return WebAssembly.compile(new Uint8Array(wabt.parseWat('exits.wat', text).toBinary({}).buffer));
}

describe('the exit status of a program', () => {
  it('has no sign, as WASI’s exitcode and wazero have it', async () => {
    for (const [asked, status] of [
      [0, 0],
      [7, 7],
      [256, 256],
      [-1, 0xffff_ffff],
    ] as const) {
      const { port1, port2 } = new MessageChannel();
      const exited = await runProgram({
        module: await exiting(asked),
        argv: ['host'],
        env: [],
        files: [],
        channel: new MessageStdinChannel(port2),
        hold: false,
        tell: () => undefined,
      });
      assert.equal(exited, status);
      port1.close();
    }
  });
});
