/** From what was typed to the sections of the site that are about it, the best first. */
import { leadsOf, tellingWords, type Lead } from './concepts.ts';
import { messages } from './messages.ts';
import { parseQuery, type Query, type QueryWord } from './query.ts';
import type { Hits, Section, SiteText } from './site-text.ts';
import type { ConceptKey } from './symptoms.ts';

/** What a search has come to. */
export interface Found {
  readonly sections: readonly FoundSection[];
  /** The query has a message that the site explains. */
  readonly isMessage: boolean;
  /** Its words were taken as these. */
  readonly takenAs: readonly ConceptKey[];
  /** What was searched for, where that is not what was typed. */
  readonly searchedFor: readonly string[];
  /** What no page has. */
  readonly lacking: readonly string[];
  /** Words that pages have, and no section has together. */
  readonly apart: readonly string[];
  /** What could be searched for where there is nothing. */
  readonly rest: readonly string[];
}

/** A section, and the places in its page that have words of the query. */
export interface FoundSection {
  readonly section: Section;
  readonly places: readonly number[];
}

/** A word of the query, where it stands, and how much it says. */
interface Term {
  /** As it was typed; a name that no page has whole is searched for in parts. */
  readonly word: QueryWord;
  readonly part: string;
  readonly hits: ReadonlyMap<Section, Hits>;
  readonly weight: number;
}

/** A section must have so much of what a query says, where the site lacks words of it; and where it has them all. */
const ENOUGH = { lacking: 0.6, known: 0.5 };

/** A symptom must take up so much of a query. */
const LEADS = 0.5;

/** So many characters and words of a paste are looked at: a dump says what it is at its beginning. */
const LONGEST = { line: 8000, words: 32 };
const MOST = 20;

/** How much a word says that stands in so many sections. */
function weightOf(count: number, all: number): number {
  return Math.log(1 + (all - count + 0.5) / (count + 0.5));
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, n) => total + n, 0);
const weigh = (terms: readonly Term[]): number => sum(terms.map(({ weight }) => weight));

async function termsOf(site: SiteText, words: readonly QueryWord[], isTyping: boolean): Promise<readonly Term[]> {
  const terms: Term[] = [];
  for (const [i, word] of words.entries()) {
    let hits = await site.find(word.plain);
    const isLast = isTyping && i === words.length - 1;
    if (hits.size === 0 && isLast && word.plain.length > 1) hits = await findBeginning(site, word.plain);
    const parts = word.plain.split(/[^\p{L}\p{N}_]+/u).filter((part) => part.length > 1 && !/^\d+$/u.test(part));
    if (hits.size > 0 || parts.length < 2) {
      terms.push({ word, part: word.typed, hits, weight: weightOf(hits.size, site.sections.length) });
      continue;
    }
    for (const part of parts) {
      const found = await site.find(part);
      terms.push({ word, part, hits: found, weight: weightOf(found.size, site.sections.length) });
    }
  }
  return terms;
}

async function findBeginning(site: SiteText, beginning: string): Promise<ReadonlyMap<Section, Hits>> {
  const all = new Map<Section, Hits>();
  for (const word of site.startingWith(beginning).slice(0, 12)) {
    for (const [section, { places }] of await site.find(word)) {
      all.set(section, { places: [...new Set([...(all.get(section)?.places ?? []), ...places])] });
    }
  }
  return all;
}

interface Scored extends FoundSection {
  readonly score: number;
  /** How much of the query it has, from 0 to 1. */
  readonly share: number;
}

function scoreOf(section: Section, terms: readonly Term[], total: number, ofPage: (term: Term) => boolean): Scored {
  const length = section.to - section.from;
  const soft = 0.6 + length / 250;
  let score = 0;
  let share = 0;
  const places: number[] = [];
  let before: readonly number[] = [];
  for (const term of terms) {
    const here = term.hits.get(section)?.places ?? [];
    const inHeading = here.filter((place) => place < section.headingTo).length;
    const isInTitle = ofPage(term);
    const often = here.length + inHeading * 6 + (isInTitle ? 0.5 : 0);
    score += (term.weight * often) / (often + soft);
    if (here.length > 0 || isInTitle) share += term.weight;
    const together = here.filter((place) => before.includes(place - 1));
    if (together.length > 0) score += term.weight * (together.some((place) => place < section.headingTo) ? 1.5 : 0.5);
    before = here;
    places.push(...here);
  }
  // The heading is what was typed, no more and no less.
  const heading = section.headingTo - section.from;
  if (
    heading <= terms.length &&
    terms.every(({ hits }) => hits.get(section)?.places.some((p) => p < section.headingTo))
  )
    score *= 2;
  // Where much is alike, the page about it is before its parts.
  if (!section.address.includes('#')) score *= 1.4;
  share = total === 0 ? 0 : share / total;
  return { section, places, score: score * share, share };
}

function scoreAll(site: SiteText, terms: readonly Term[]): readonly Scored[] {
  const total = weigh(terms);
  const tops = new Map(site.sections.filter(({ address }) => !address.includes('#')).map((top) => [top.words, top]));
  const candidates = new Set(terms.flatMap(({ hits }) => [...hits.keys()]));
  return [...candidates]
    .map((section) =>
      scoreOf(section, terms, total, ({ hits }) => {
        const top = tops.get(section.words);
        return top !== undefined && (hits.get(top)?.places.some((place) => place < top.headingTo) ?? false);
      }),
    )
    .sort((a, b) => b.score - a.score);
}

/** Leads that take up enough of a query, the best first, without doubles. */
function bestLeads(query: Query, terms: readonly Term[]): readonly Lead[] {
  const total = weigh(terms);
  const shareOf = ({ said }: Lead): number =>
    sum(terms.filter(({ word }) => said.has(word)).map(({ weight }) => weight)) / (total === 0 ? 1 : total);
  const leads = leadsOf(query)
    .map((lead) => ({ lead, share: shareOf(lead) }))
    .filter(({ share }) => share >= LEADS)
    .sort((a, b) => b.share - a.share || b.lead.concepts.length - a.lead.concepts.length)
    .map(({ lead }) => lead);
  return leads.filter(({ address }, i) => leads.findIndex((other) => other.address === address) === i);
}

/**
 * @param text as it was typed or pasted
 * @param isTyping its last word may not be whole yet
 */
export async function find(site: SiteText, text: string, isTyping = true): Promise<Found> {
  const query = parseQuery(text.slice(0, LONGEST.line));
  const byAddress = new Map(site.sections.map((section) => [section.address, section]));
  const explained = messages.filter(({ pattern }) => pattern.test(query.line)).map(({ address }) => address);
  const words = tellingWords(query).slice(0, LONGEST.words);
  const terms = await termsOf(site, words, isTyping && !/\s$/u.test(text));
  const leads = bestLeads(query, terms);
  const understood = new Set(leads.flatMap(({ said }) => [...said]));
  const lacking = terms.filter(({ word, hits }) => hits.size === 0 && !understood.has(word));
  const { scored, apart } = bestScored(scoreAll(site, terms), terms, lacking.length > 0);
  const first = [...explained, ...leads.map(({ address }) => address)].flatMap(
    (address) => byAddress.get(address) ?? [],
  );
  const placesIn = new Map(scored.map(({ section, places }) => [section, places]));
  const sections = [...new Set([...first, ...(first.length > 0 && apart ? [] : scored.map(({ section }) => section))])]
    .slice(0, MOST)
    // An entry about a message is read from its beginning.
    .map((section, i) => ({ section, places: i < explained.length ? [] : (placesIn.get(section) ?? []) }));
  const used = terms.filter((term) => !lacking.includes(term)).map(({ part }) => part);
  const isMessage = explained.length > 0;
  const isPlain = !isMessage && leads.length === 0;
  return {
    sections,
    isMessage,
    takenAs: isMessage ? [] : (leads[0]?.concepts ?? []),
    searchedFor: !isMessage && sections.length > 0 && (lacking.length > 0 || query.isReduced) ? used : [],
    lacking: isMessage ? [] : lacking.map(({ part }) => part),
    apart: isPlain && apart ? used : [],
    rest: sections.length === 0 && lacking.length > 0 ? used : [],
  };
}

/** Sections with enough of a query; where all of its words are known and no section has enough, those that have most of it. */
function bestScored(
  scored: readonly Scored[],
  terms: readonly Term[],
  isLacking: boolean,
): { readonly scored: readonly Scored[]; readonly apart: boolean } {
  const enough = scored.filter(({ share }) => share >= (isLacking ? ENOUGH.lacking : ENOUGH.known));
  if (enough.length > 0 || isLacking || terms.length < 2) return { scored: enough, apart: false };
  const most = Math.max(0, ...scored.map(({ share }) => share));
  return { scored: scored.filter(({ share }) => share > most * 0.8), apart: scored.length > 0 };
}
