import fc from 'fast-check';
import assert from 'node:assert/strict';
import { it } from 'node:test';
import { joinPieces, LineBuffer, type LogLimits, type LogPiece } from '../../src/sandbox/element/line-buffer.ts';
import { check } from './fuzz.ts';

/** The log as one would write it without a thought for size: everything is kept, and cut when asked. */
class NaiveLog {
  readonly #limits: LogLimits;
  readonly #decoders = {
    stdout: new TextDecoder('utf-8', { ignoreBOM: true }),
    stderr: new TextDecoder('utf-8', { ignoreBOM: true }),
  };
  readonly #units: LogPiece[] = [];

  constructor(limits: LogLimits) {
    this.#limits = limits;
  }

  append({ stream, text }: LogPiece): void {
    for (let at = 0; at < text.length; at += 1) this.#units.push({ stream, text: text.charAt(at) });
  }

  appendBytes(stream: 'stdout' | 'stderr', bytes: Uint8Array): void {
    this.append({ stream, text: this.#decoders[stream].decode(bytes, { stream: true }) });
  }

  /** What is kept, and what is known of the rest. */
  get state(): { pieces: LogPiece[]; elided: number; isCut: boolean } {
    const rows: LogPiece[][] = [[]];
    for (const unit of this.#units) {
      const columns = rows.at(-1)?.length ?? 0;
      if (unit.text !== '\n' && columns === this.#limits.columns) rows.push([]);
      rows.at(-1)?.push(unit);
      if (unit.text === '\n') rows.push([]);
    }
    const kept = [...rows];
    const isTooMuch = (): boolean =>
      kept.length - 1 > this.#limits.rows || (kept.flat().length > this.#limits.characters && kept.length > 1);
    while (isTooMuch()) kept.shift();
    const gone = rows.slice(0, rows.length - kept.length);
    const ends = (row: LogPiece[] | undefined): boolean => row?.at(-1)?.text === '\n';
    return {
      pieces: joinPieces(kept.flat()),
      elided: gone.filter(ends).length,
      isCut: gone.length > 0 && !ends(gone.at(-1)),
    };
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

const arbitrary = fc.record({
  limits: fc.record({
    rows: fc.nat(6),
    columns: fc.integer({ min: 1, max: 20 }),
    characters: fc.oneof(fc.nat(40), fc.constant(100_000)),
  }),
  script: acts,
});

it('the log keeps the last lines and counts the others, as a naive one would', () =>
  check('line buffer', arbitrary, ({ limits, script }) => {
    const log = new LineBuffer(limits);
    const naive = new NaiveLog(limits);
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
      const pieces = log.pieces.filter(({ text }) => text !== '');
      assert.deepEqual({ pieces, elided: log.elided, isCut: log.isCut }, naive.state);
    }
  }));
