import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { LineBuffer } from '../../src/sandbox/element/line-buffer.ts';

const roomy = { rows: 2000, columns: 1000, characters: 100_000 };
const encode = (text: string): Uint8Array => new TextEncoder().encode(text);
const textOf = (buffer: LineBuffer): string => buffer.pieces.map(({ text }) => text).join('');

describe('the log', () => {
  it('keeps everything while there is little', () => {
    const buffer = new LineBuffer({ ...roomy, rows: 3 });
    buffer.appendBytes('stdout', encode('one\ntwo\nthr'));
    buffer.appendBytes('stdout', encode('ee\n'));
    assert.equal(textOf(buffer), 'one\ntwo\nthree\n');
    assert.equal(buffer.elided, 0);
  });

  it('keeps the last lines and counts the others, however they arrive', () => {
    const lines = Array.from({ length: 1000 }, (_, i) => `line ${String(i)}\n`).join('');
    for (const size of [1, 7, 100, 5000, lines.length]) {
      const buffer = new LineBuffer({ ...roomy, rows: 10 });
      const bytes = encode(lines);
      for (let at = 0; at < bytes.length; at += size) buffer.appendBytes('stdout', bytes.subarray(at, at + size));
      assert.equal(textOf(buffer), lines.slice(lines.indexOf('line 990')), `in pieces of ${String(size)}`);
      assert.equal(buffer.elided, 990, `in pieces of ${String(size)}`);
    }
  });

  it('keeps an unfinished line behind a flood', () => {
    const buffer = new LineBuffer({ ...roomy, rows: 2 });
    buffer.appendBytes('stdout', encode(`${'x\n'.repeat(50)}rest`));
    assert.equal(textOf(buffer), 'x\nx\nrest');
    assert.equal(buffer.elided, 48);
  });

  it('keeps its size in a flood without newlines, and says that the line’s start is gone', () => {
    const buffer = new LineBuffer({ rows: 100, columns: 10, characters: 35 });
    for (let at = 0; at < 200; at += 1) buffer.appendBytes('stdout', encode('0123456789abcdef'));
    assert.equal(buffer.elided, 0);
    assert.equal(buffer.isCut, true);
    assert.ok(textOf(buffer).length <= 35 && textOf(buffer).endsWith('abcdef'));
    buffer.appendBytes('stdout', encode('\nnext\n'));
    assert.ok(textOf(buffer).endsWith('def\nnext\n'));
    buffer.appendBytes('stdout', encode('x\n'.repeat(101)));
    assert.equal(buffer.isCut, false);
    // 17 lines of two characters are kept.
    assert.equal(buffer.elided, 103 - 17);
  });

  it('shows a character whole that arrived in two pieces, per stream', () => {
    const buffer = new LineBuffer({ ...roomy, rows: 10 });
    const [first, second] = [encode('世').subarray(0, 1), encode('世').subarray(1)];
    buffer.appendBytes('stdout', first);
    buffer.appendBytes('stderr', encode('!'));
    buffer.appendBytes('stdout', second);
    assert.deepEqual(buffer.pieces, [
      { stream: 'stderr', text: '!' },
      { stream: 'stdout', text: '世' },
    ]);
  });

  it('shows half a character at the end as such, per stream, and begins anew after it', () => {
    const buffer = new LineBuffer({ ...roomy, rows: 10 });
    buffer.appendBytes('stdout', Uint8Array.from([...encode('end:'), 0xf0, 0x9f]));
    buffer.appendBytes('stderr', encode('whole'));
    assert.deepEqual(buffer.end(), [{ stream: 'stdout', text: '\ufffd' }]);
    assert.deepEqual(buffer.end(), []);
    assert.deepEqual(buffer.pieces, [
      { stream: 'stdout', text: 'end:' },
      { stream: 'stderr', text: 'whole' },
      { stream: 'stdout', text: '\ufffd' },
    ]);
  });

  it('joins neighbours of one stream and keeps the order of the others', () => {
    const buffer = new LineBuffer({ ...roomy, rows: 10 });
    buffer.appendBytes('stdout', encode('Name: '));
    buffer.append({ stream: 'typed', text: 'Ada\n' });
    buffer.appendBytes('stdout', encode('Hello, '));
    buffer.appendBytes('stdout', encode('Ada\n'));
    assert.deepEqual(buffer.pieces, [
      { stream: 'stdout', text: 'Name: ' },
      { stream: 'typed', text: 'Ada\n' },
      { stream: 'stdout', text: 'Hello, Ada\n' },
    ]);
  });
});
