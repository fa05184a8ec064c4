import fc from 'fast-check';
import assert from 'node:assert/strict';
import { it } from 'node:test';
import { joinPieces, LineBuffer, type LogPiece } from '../../src/sandbox/line-buffer.ts';
import { check } from './fuzz.ts';

/** The log as one would write it without a thought for size: everything is kept, and cut when asked. */
class NaiveLog {
  readonly #limit: number;
  readonly #decoders = {
    stdout: new TextDecoder('utf-8', { ignoreBOM: true }),
    stderr: new TextDecoder('utf-8', { ignoreBOM: true }),
  };
  readonly #characters: { readonly stream: LogPiece['stream']; readonly text: string }[] = [];

  constructor(limit: number) {
    this.#limit = limit;
  }

  append({ stream, text }: LogPiece): void {
    for (const character of text) this.#characters.push({ stream, text: character });
  }

  appendBytes(stream: 'stdout' | 'stderr', bytes: Uint8Array): void {
    this.append({ stream, text: this.#decoders[stream].decode(bytes, { stream: true }) });
  }

  get elided(): number {
    return Math.max(0, this.#characters.filter(({ text }) => text === '\n').length - this.#limit);
  }

  get pieces(): LogPiece[] {
    let start = 0;
    for (let gone = this.elided; gone > 0; gone -= 1) {
      start = this.#characters.findIndex(({ text }, index) => index >= start && text === '\n') + 1;
    }
    return joinPieces(this.#characters.slice(start));
  }
}

/** Text with many newlines, characters of 1 to 4 bytes, byte order marks, and bytes that are no characters. */
const bytes = fc
  .array(
    fc.constantFrom(
      ...['a', '\n', '\n', '\n', 'é', '世', '🎈', '\u{feff}', '\r'].map((text) => new TextEncoder().encode(text)),
      Uint8Array.of(0xff),
      Uint8Array.of(0xe4, 0xb8),
      Uint8Array.of(0),
    ),
    { maxLength: 40 },
  )
  .map((characters) => Uint8Array.from(characters.flatMap((character) => [...character])));

const acts = fc.array(
  fc.oneof(
    {
      weight: 1,
      arbitrary: fc.record({ stream: fc.constant('typed' as const), text: fc.constantFrom('Ada\n', '^D\n', 'x') }),
    },
    {
      weight: 3,
      // Cut anywhere, so that a character arrives in two pieces.
      arbitrary: fc.record({
        stream: fc.constantFrom('stdout' as const, 'stderr' as const),
        bytes,
        cut: fc.nat(160),
      }),
    },
  ),
  { maxLength: 12 },
);

it('the log keeps the last lines and counts the others, as a naive one would', () => {
  check('line buffer', fc.record({ limit: fc.nat(6), script: acts }), ({ limit, script }) => {
    const log = new LineBuffer(limit);
    const naive = new NaiveLog(limit);
    for (const act of script) {
      if (act.stream === 'typed') {
        log.append(act);
        naive.append(act);
      } else {
        for (const part of [act.bytes.subarray(0, act.cut), act.bytes.subarray(act.cut)]) {
          log.appendBytes(act.stream, part);
          naive.appendBytes(act.stream, part);
        }
      }
      assert.equal(log.elided, naive.elided);
      assert.deepEqual(
        log.pieces.filter(({ text }) => text !== ''),
        naive.pieces,
      );
    }
  });
});
