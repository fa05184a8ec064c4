import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { explainExit, StreamTail } from '../../src/sandbox/run/exit-cause.ts';

const ofHost = (status: number, stderr: string): string | undefined =>
  explainExit(status & 0xff, { stderr, asked: status, pluginStatus: undefined });
const ofPlugin = (status: number, stderr: string): string | undefined =>
  explainExit(status & 0xff, { stderr, asked: status, pluginStatus: status });

describe('why a program exited', () => {
  it('is not asked when all went well', () => {
    assert.equal(ofHost(0, 'panic: recovered\n'), undefined);
    assert.equal(ofPlugin(0, ''), undefined);
  });

  it('is a deadlock where Go says so, of the host or of the plugin', () => {
    const stderr = 'fatal error: all goroutines are asleep - deadlock!\n\ngoroutine 1 [select]:\nio.(*pipe).write\n';
    assert.equal(ofHost(2, stderr), 'deadlock: all goroutines of the host wait');
    assert.equal(ofPlugin(2, stderr), 'deadlock: all goroutines of the plugin wait');
    assert.equal(
      ofHost(2, 'fatal error: no goroutines (main called runtime.Goexit) - deadlock!\n'),
      'deadlock: all goroutines of the host wait',
    );
  });

  it('is a status that a shell cuts to 8 bits', () => {
    assert.equal(ofHost(0xffffffff, ''), 'the host exits with 4294967295 (−1), of which a shell shows the last 8 bits');
    assert.equal(ofHost(256, ''), 'the host exits with 256, of which a shell shows the last 8 bits');
    assert.equal(
      ofPlugin(0xffffffff, ''),
      'the plugin’s own status is 4294967295 (−1), of which a shell shows the last 8 bits',
    );
    assert.equal(ofPlugin(255, ''), 'the plugin’s own status');
  });

  it('is a module that wazero refuses, with the feature where it names one', () => {
    const said: readonly (readonly [string, string])[] = [
      ['invalid function[0] export["_start"]: return_call invalid as feature "tail-call" is disabled', 'tail-call'],
      ['section memory: shared memory requested but threads feature not enabled', 'threads'],
    ];
    for (const [line, feature] of said) {
      assert.equal(ofHost(1, `${line}\n`), `the plugin needs ${feature}, which the host does not switch on`);
    }
    for (const line of [
      'section type: read 0-th type: invalid byte: 0x5f != 0x60',
      'import func[wasi_snapshot_preview1.fd_read]: signature mismatch: i32_v != v_v',
      'data[0]: out of bounds memory access',
    ]) {
      assert.equal(ofHost(1, `instantiate: ${line}\n`), `wazero refused the plugin: ${line}`);
    }
    assert.equal(ofHost(1, 'the plugin reads a section of the file\n'), 'the plugin reads a section of the file');
  });

  it('is a lack of memory', () => {
    const stderr =
      'runtime: out of memory: cannot allocate 4194304-byte block (1 in use)\nfatal error: out of memory\n';
    assert.equal(ofHost(2, stderr), 'the host ran out of memory');
  });

  it('is a panic, with the first line of what it says', () => {
    assert.equal(
      ofHost(2, 'panic: no such thing\nmore\n\ngoroutine 1 [running]:\n'),
      'the host panicked: no such thing',
    );
    assert.equal(ofPlugin(2, 'x\npanic: no such thing\n'), 'the plugin panicked: no such thing');
    assert.equal(ofHost(2, `panic: ${'x'.repeat(500)}\n`)?.length, 'the host panicked: '.length + 120);
    assert.equal(ofHost(2, 'fatal error: concurrent map writes\n'), 'the host gave up: concurrent map writes');
  });

  it('is a trap or a missing import of the plugin, as wazero tells it', () => {
    const trap = 'module[] function[_start] failed: wasm error: integer divide by zero\nwasm stack trace:\n\t.$3()\n';
    assert.equal(ofHost(1, trap), 'the plugin trapped: integer divide by zero');
    assert.equal(
      ofHost(1, 'module[env] not instantiated\n'),
      'the plugin imports from “env”, which the host does not offer',
    );
  });

  it('is the plugin’s own word, or unknown', () => {
    assert.equal(ofPlugin(3, 'whatever\n'), 'the plugin’s own status');
  });

  it('is the error that the host returned, of which the innermost is told, and 1 is nobody’s own', () => {
    assert.equal(ofHost(1, 'run: open x: no such file\n'), 'no such file');
    const stopped = 'the plugin was stopped: context deadline exceeded\n';
    assert.equal(ofHost(1, stopped), 'context deadline exceeded');
    // The plugin has exited with 1, too: the number does not tell whose it is.
    assert.equal(ofPlugin(1, stopped), 'context deadline exceeded');
    assert.equal(ofPlugin(1, ''), undefined);
    assert.equal(explainExit(1, { stderr: '', asked: 1, pluginStatus: 1, hasHost: false }), 'the plugin’s own status');
    assert.equal(ofHost(1, ''), undefined);
  });
});

describe('the tail of a stream', () => {
  it('keeps its end and lets go of the rest', () => {
    const tail = new StreamTail();
    const encoder = new TextEncoder();
    for (let i = 0; i < 1000; i += 1) tail.append(encoder.encode(`line ${String(i)} ${'x'.repeat(1000)}\n`));
    tail.append(encoder.encode('世').subarray(0, 2));
    tail.append(encoder.encode('世').subarray(2));
    assert.ok(tail.text.endsWith('x\n世'));
    assert.ok(tail.text.length < 300_000);
  });
});
