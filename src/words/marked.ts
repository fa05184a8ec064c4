/**
 * A second table in place of a second language: every letter has an accent. What is read on a page without one did not come
 * from a table. `WORDS=marked npm run build` makes such a site.
 */

/** Around what a sentence is given, which stays as it is: the name of a file, a number, another sentence. */
const GIVEN = ['\uE000', '\uE001'] as const;
const ACCENT = '\u0301';

/**
 * The same table with its letters marked. Sentences with gaps are functions; what is put into a gap is not marked.
 *
 * @param words strings, functions that return them, and tables and lists of both
 */
export function marked<Words>(words: Words): Words {
  return markedValue(words) as Words;
}

function markedValue(value: unknown): unknown {
  if (typeof value === 'string') return mark(value);
  if (typeof value === 'function') {
    return (...given: readonly unknown[]): unknown =>
      markedValue((value as (...given: readonly unknown[]) => unknown)(...given.map(guarded)));
  }
  if (Array.isArray(value)) return value.map(markedValue);
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, markedValue(part)]));
  }
  return value;
}

function guarded(given: unknown): unknown {
  if (typeof given === 'string') return `${GIVEN[0]}${given}${GIVEN[1]}`;
  if (Array.isArray(given)) return given.map(guarded);
  if (typeof given === 'object' && given !== null) {
    return Object.fromEntries(Object.entries(given).map(([key, part]) => [key, guarded(part)]));
  }
  return given;
}

function mark(text: string): string {
  const parts = text.split(/\uE000([^\uE000\uE001]*)\uE001/u);
  // What was given stands at the odd places.
  return parts.map((part, i) => (i % 2 === 1 ? part : part.replaceAll(/[a-z]/giu, `$&${ACCENT}`))).join('');
}
