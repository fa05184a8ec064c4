/** What was typed or pasted, as words to search for. */

/** A word of a query. */
export interface QueryWord {
  /** As it was typed, without the signs around it. */
  readonly typed: string;
  /** For comparisons: lower case, without accents. */
  readonly plain: string;
}

/** A query in one line, and its words. */
export interface Query {
  readonly line: string;
  readonly words: readonly QueryWord[];
  /** It has fewer words than what was typed. */
  readonly isReduced: boolean;
}

/** What differs from run to run, or from machine to machine, in what programs print. Each is replaced by a space. */
const noise: readonly RegExp[] = [
  // A date and a time.
  /\b\d{4}[-/]\d{2}[-/]\d{2}(?:[T ]\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:Z|[+-]\d{2}:?\d{2})?)?/gu,
  /\b\d{2}:\d{2}:\d{2}(?:\.\d+)?\b/gu,
  // goroutine 34 [select, 3 minutes]:
  /\bgoroutine \d+ \[[^\]]*\]:?/gu,
  // Addresses, in a stack or behind a colon: 0xc0001b4060, +0x1ef, {0x8a1b20, …}.
  /\+?\b0x[0-9a-f]{5,}\b\??|\+0x[0-9a-f]+\b/giu,
  // Files with a line, and files below two folders; not /dev/stdin.
  /(?:[\w@.~-]*\/)*[\w.-]+\.(?:c|go|js|py|rs|s|ts|wat)(?::\d+)+\)?/gu,
  /(?<![\w/])(?:[a-z]:)?[\\/~](?!dev\b)[\w@.-]+(?:[\\/][\w@.+-]+)+/giu,
  // A commit, or another number in hexadecimal.
  /\b(?=[a-z]*\d)(?=\d*[a-f])[0-9a-f]{8,}\b/giu,
];

/** In words that start or end with it, it is punctuation. */
const around = /^[\s"'“”‘’`´(){}[\]<>«»,;:.!?*=|&#-]+|[\s"'“”‘’`´({}[\]<>«»,;:.!?*=|&#-]+$/gu;

/** For comparisons: lower case, without accents, with one kind of apostrophe. */
export function plain(text: string): string {
  return text
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .replaceAll(/[‘’´`]/gu, "'")
    .toLowerCase();
}

/** Without an ending, so that "hangs" and "hanging" are one word. It need not be a word itself. */
export function stem(word: string): string {
  const bare = word.replace(/'s$/u, '');
  if (!/^[a-z]{4,}$/u.test(bare)) return bare;
  const cut = bare.replace(/(?<=...)(?:e?s|ings?|ed|e|ly)$/u, '');
  // "stopped" is "stop", and "press" is no "pres".
  return cut.length < 3 || cut === bare ? bare : cut.replace(/([bdgmnprt])\1$/u, '$1');
}

function balanced(word: string): string {
  // "exit_code(0)" and "flush()" keep their brackets; "(recovered" and "wazero)" do not.
  const open = word.split('(').length;
  const closed = word.split(')').length;
  return open === closed ? word : word.replaceAll(/^\(+|\)+$/gu, '');
}

/** Text as words, without what stands around each. */
export function wordsOf(text: string): readonly QueryWord[] {
  return text
    .split(/[\s…]+|,(?=\S)|(?<=[a-z])\/(?=[a-z]+$)/u)
    .map((word) => balanced(balanced(word).replaceAll(around, '')))
    .filter((word) => /[\p{L}\p{N}]/u.test(word))
    .map((word) => ({ typed: word, plain: plain(word) }));
}

/** @param text as it stands in the field, or in the clipboard */
export function parseQuery(text: string): Query {
  const line = text.replaceAll(/\s+/gu, ' ').trim();
  const quiet = noise.reduce((rest, pattern) => rest.replaceAll(pattern, ' '), line);
  const all = wordsOf(quiet);
  const named = all.filter(({ plain: word }) => !/^[\d.,:%]+$/u.test(word));
  // Numbers differ from run to run. Where there is nothing else, they are what is looked for.
  const words = named.length > 0 ? named : all.length > 0 ? all : wordsOf(line);
  const seen = new Set<string>();
  return {
    line,
    words: words.filter(({ plain: word }) => !seen.has(word) && seen.add(word)),
    isReduced: words.length < wordsOf(line).length,
  };
}
