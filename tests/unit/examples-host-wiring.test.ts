import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { callsExports, hostSourceOf, pipesStdout, stdinOwnerOf } from '../../src/examples/host-wiring.ts';
import { listExamples, loadExample, sandboxDataOf } from '../../src/examples/load-example.ts';

const source = (name: string): string => hostSourceOf(loadExample(name));

describe('what a host’s source tells of its wiring', () => {
  it('is whose stdin a reader types into: the plugin’s exactly where the host hands it os.Stdin', () => {
    const typed = listExamples()
      .map((name) => loadExample(name))
      .filter(({ manifest }) => manifest.readsStdin);
    assert.ok(typed.length > 10);
    for (const example of typed) {
      const isHandedOn = /WithStdin\(.*\bos\.Stdin\b/u.test(hostSourceOf(example));
      assert.equal(stdinOwnerOf(example.manifest.stdin), isHandedOn ? 'plugin' : 'host', example.name);
    }
  });

  it('is whether stdout is a pipe', () => {
    for (const name of ['two-pipes', 'one-pipe', 'closed-under', 'output-open'])
      assert.ok(pipesStdout(source(name)), name);
    for (const name of ['pipe-waits', 'eof-loop', 'buffer-once', 'reactor'])
      assert.ok(!pipesStdout(source(name)), name);
  });

  it('is whether the plugin lives on after its _start, since its functions are called', () => {
    for (const name of ['reactor', 'call-after-main']) assert.ok(callsExports(source(name)), name);
    assert.ok(!callsExports(source('pipe-waits')));
    const endsByItself = (name: string): boolean => sandboxDataOf(loadExample(name), '/').endsByItself;
    assert.deepEqual(['pipe-waits', 'reactor', 'timeout-spin'].map(endsByItself), [true, false, false]);
  });
});
