import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { listExamples } from '../../src/examples/load-example.ts';
import {
  formatTranscript,
  parseTranscript,
  TranscriptError,
  variantsOfTranscript,
} from '../../src/protocol/transcript.ts';

describe('a transcript', () => {
  it('is read step by step', () =>
    assert.deepEqual(parseTranscript('$ host a.wasm\n> Name: \\\n…\n< Ada\n! tick\n^D\n^C\n= 3\n'), [
      { kind: 'command', text: 'host a.wasm' },
      { kind: 'stdout', text: 'Name: ' },
      { kind: 'waiting' },
      { kind: 'typed', text: 'Ada\n' },
      { kind: 'stderr', text: 'tick\n' },
      { kind: 'closed' },
      { kind: 'stopped' },
      { kind: 'exit', status: 3 },
    ]));

  it('keeps an empty line of output', () =>
    assert.deepEqual(parseTranscript('$ host\n> \n')[1], { kind: 'stdout', text: '\n' }));

  it('of every example is written as it was read', () => {
    for (const name of listExamples()) {
      const source = readFileSync(`examples/${name}/transcript.txt`, 'utf8');
      assert.equal(`${formatTranscript(parseTranscript(source), variantsOfTranscript(source))}\n`, source, name);
    }
  });

  it('names what differs with cgo, behind its steps', () => {
    const source = '$ host\n= 2\n? cgo hangs\n';
    assert.deepEqual(variantsOfTranscript(source), ['cgo hangs']);
    assert.deepEqual(parseTranscript(source).at(-1), { kind: 'exit', status: 2 });
    assert.deepEqual(variantsOfTranscript('$ host\n= 2\n'), []);
  });

  for (const [what, source, message] of [
    ['does not begin with the command', '> hi\n', /line 1: expected the command/],
    ['has an unknown mark', '$ host\n? hi\n', /line 2: expected one of .* found "\? hi"/],
    ['names a variant that there is not', '$ host\n= 2\n? cgo sings\n', /line 3: expected one of .* found "\? cgo si/],
    ['lacks the space behind a mark', '$ host\n>hi\n', /line 2: expected a mark and a space/],
    ['has no number as exit status', '$ host\n= zero\n', /line 2: expected a whole number/],
  ] as const) {
    it(`is refused when it ${what}`, () =>
      assert.throws(
        () => parseTranscript(source),
        (error) => error instanceof TranscriptError && message.test(error.message),
      ));
  }
});
