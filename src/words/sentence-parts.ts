/**
 * What is set off in a sentence of a table: `code`, a {name} that is in no language, a *stressed* piece, and one [gap] that
 * leads somewhere or is a time.
 */

/** A piece of a sentence that looks one way. */
export interface SentencePart {
  readonly kind: 'text' | 'code' | 'name' | 'stressed' | 'gap';
  readonly text: string;
}

const setOff = /`(?<code>[^`]+)`|\{(?<name>[^{}]+)\}|\*(?<stressed>[^*]+)\*|\[(?<gap>[^[\]]+)\]/gu;
const kinds = ['code', 'name', 'stressed', 'gap'] as const;

/** The pieces in their order; together they are the whole sentence, without its signs. */
export function sentenceParts(sentence: string): SentencePart[] {
  const parts: SentencePart[] = [];
  let end = 0;
  const plain = (until: number): void => {
    if (until > end) parts.push({ kind: 'text', text: sentence.slice(end, until) });
  };
  for (const found of sentence.matchAll(setOff)) {
    plain(found.index);
    for (const kind of kinds) {
      const text = found.groups?.[kind];
      if (text !== undefined) parts.push({ kind, text });
    }
    end = found.index + found[0].length;
  }
  plain(sentence.length);
  return parts;
}
