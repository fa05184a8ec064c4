/** The text of the site, and where a word of it stands, by section. */
import type { Pagefind, PagefindAnchor, PagefindPage } from './pagefind.ts';
import { plain, stem } from './query.ts';

/** What stands below a heading, up to the next one. */
export interface Section {
  /** Below the site; a page's first section is the page. */
  readonly address: string;
  readonly heading: string;
  readonly page: string;
  /** All words of its page. */
  readonly words: readonly string[];
  /** The same for comparisons. */
  readonly plainWords: readonly string[];
  /** Its first word in them, the first one behind its heading, and the first one behind it. */
  readonly from: number;
  readonly headingTo: number;
  readonly to: number;
}

/** Where a word stands in a section, as places in its page. */
export interface Hits {
  readonly places: readonly number[];
}

/** What a search needs to know of the site. */
export interface SiteText {
  readonly sections: readonly Section[];
  /** @param word as `QueryWord.plain`; its endings do not matter */
  readonly find: (word: string) => Promise<ReadonlyMap<Section, Hits>>;
  /** The words of the site that begin so. */
  readonly startingWith: (beginning: string) => readonly string[];
}

const isHeading = ({ element }: PagefindAnchor): boolean => /^h[1-6]$/u.test(element);

function countWords(text: string): number {
  return text.trim().split(/\s+/u).length;
}

/** @param page as Pagefind keeps it */
export function sectionsOf(page: PagefindPage): readonly Section[] {
  const words = page.raw_content.split(/[\s\u200B]+/u);
  const plainWords = words.map(plain);
  const title = page.meta['title'] ?? '';
  const path = page.raw_url.replace(/^\//u, '');
  const anchors = page.anchors.filter(isHeading).sort((a, b) => a.location - b.location);
  return anchors.map(({ id, text, location }, i) => ({
    address: id === '_top' ? path : `${path}#${id}`,
    heading: text.trim(),
    page: title,
    words,
    plainWords,
    from: location,
    headingTo: location + countWords(text),
    to: anchors[i + 1]?.location ?? words.length,
  }));
}

/** Reads the text of all pages, and asks for the rest of the index, so that a search soon needs no network. */
export async function loadSiteText(pagefind: Pagefind): Promise<SiteText> {
  const everything = await pagefind.search(null);
  const byPage = new Map<string, readonly Section[]>();
  for (const { id, data } of everything.results) byPage.set(id, sectionsOf(await data()));
  const sections = [...byPage.values()].flat();
  const vocabulary = vocabularyOf(byPage);
  // A search loads what it needs, and says so where it cannot.
  void pagefind.preload(sample(vocabulary).join(' ')).catch(() => undefined);
  const known = new Map<string, Promise<ReadonlyMap<Section, Hits>>>();
  return {
    sections,
    startingWith: (beginning) => vocabulary.filter((word) => word.startsWith(beginning)),
    find: (word) => {
      const hits = known.get(word) ?? findWord(pagefind, byPage, word);
      known.set(word, hits);
      return hits;
    },
  };
}

function vocabularyOf(byPage: ReadonlyMap<string, readonly Section[]>): readonly string[] {
  const words = new Set<string>();
  for (const [first] of byPage.values()) {
    for (const part of first?.plainWords.join(' ').match(/[\p{L}\p{N}_]{2,}/gu) ?? []) words.add(part);
  }
  return [...words].sort();
}

/** Words out of each of Pagefind's files, which go by the alphabet. */
function sample(vocabulary: readonly string[]): readonly string[] {
  return vocabulary.filter((word, i) => word.slice(0, 3) !== vocabulary[i - 1]?.slice(0, 3));
}

async function findWord(
  pagefind: Pagefind,
  byPage: ReadonlyMap<string, readonly Section[]>,
  word: string,
): Promise<ReadonlyMap<Section, Hits>> {
  const places = new Map<Section, number[]>();
  const add = (sections: readonly Section[], place: number): void => {
    const section = sections.findLast(({ from }) => from <= place);
    if (section !== undefined) places.set(section, [...(places.get(section) ?? []), place]);
  };
  const unquoted = word.replaceAll('"', ' ');
  // Without quotes Pagefind cuts a word that it does not know until it knows the rest, and goes on to longer ones. In quotes it
  // tells of one place on a page.
  const having = await pagefind.search(`"${unquoted}"`);
  const { results } = having.results.length > 0 ? await pagefind.search(unquoted) : having;
  for (const { id, words } of results) {
    const sections = byPage.get(id) ?? [];
    for (const place of words) if (isSaid(word, sections[0]?.plainWords[place] ?? '')) add(sections, place);
  }
  // Code may be in pieces in Pagefind's index. In the text it is whole.
  if (places.size === 0 && /[^\p{L}]/u.test(word) && word.length > 2) {
    for (const sections of byPage.values()) {
      sections[0]?.plainWords.forEach((other, place) => {
        if (other.includes(word)) add(sections, place);
      });
    }
  }
  return new Map([...places].map(([section, found]) => [section, { places: found }]));
}

/** @returns whether a word of the text has this one, with another ending or as a part of a name */
function isSaid(word: string, other: string): boolean {
  if (/[^\p{L}\p{N}]/u.test(word)) return other.includes(word);
  const wanted = stem(word);
  // The stem of Pagefind is better than ours: it knows that "dependency" and "dependencies" are one, and that is in the index.
  const alike = (part: string): boolean =>
    part.startsWith(word.slice(0, Math.max(3, word.length - 3))) && Math.abs(part.length - word.length) < 4;
  return other.split(/[^\p{L}\p{N}']+/u).some((part) => part === word || stem(part) === wanted || alike(part));
}
