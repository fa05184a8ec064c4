/** What a query is about, where it says it in other words than the site. */
import { words as concepts } from '#words/search/concepts';
import { words as fillerWords } from '#words/search/fillers';
import { names } from './names.ts';
import { plain, stem, type Query, type QueryWord } from './query.ts';
import { symptoms, type ConceptKey } from './symptoms.ts';

/** A section for a symptom. */
export interface Lead {
  readonly address: string;
  readonly concepts: readonly ConceptKey[];
  /** The words of the query that say so. */
  readonly said: ReadonlySet<QueryWord>;
}

const fillers = new Set(plain(fillerWords.fillers).split(', '));
const negations = new Set(plain(fillerWords.negations).split(', '));

/** As phrases are compared: "doesn't work" and "never works" are one, and "re-use" and "reuse". */
function stemOf(word: string): string {
  return negations.has(word) ? plain(fillerWords.not) : stem(word.replaceAll(/(?<=\p{L})-(?=\p{L})/gu, ''));
}

const stems = (text: string): readonly string[] =>
  plain(text)
    .split(/\s+/u)
    .filter((word) => word !== '' && !fillers.has(word))
    .map(stemOf);

const phrases = (Object.keys(concepts) as ConceptKey[]).flatMap((concept) =>
  concepts[concept].phrases.split(', ').map((phrase) => ({ concept, stems: stems(phrase) })),
);

/** The words of a query that say something. */
export function tellingWords({ words }: Query): readonly QueryWord[] {
  const telling = words.filter((word) => !fillers.has(word.plain));
  return telling.length > 0 ? telling : words;
}

/** @returns the concepts of a query, each with the words that say it */
export function conceptsOf(query: Query): ReadonlyMap<ConceptKey, ReadonlySet<QueryWord>> {
  const words = tellingWords(query);
  const said = words.map((word) => stemOf(word.plain));
  const found = new Map<ConceptKey, Set<QueryWord>>();
  for (const phrase of phrases) {
    for (let at = 0; at + phrase.stems.length <= said.length; at += 1) {
      if (!phrase.stems.every((part, i) => said[at + i] === part)) continue;
      const here = found.get(phrase.concept) ?? new Set<QueryWord>();
      for (const word of words.slice(at, at + phrase.stems.length)) here.add(word);
      found.set(phrase.concept, here);
    }
  }
  return found;
}

/** @returns sections for what a query is about; which is best depends on how much of it each takes up */
export function leadsOf(query: Query): readonly Lead[] {
  const concepts = conceptsOf(query);
  const ofSymptoms = symptoms
    .filter(({ said }) => said.every((concept) => concepts.has(concept)))
    .map(({ address, said }) => ({
      address,
      concepts: said,
      said: new Set(said.flatMap((concept) => [...(concepts.get(concept) ?? [])])),
    }));
  const ofNames = names.flatMap(([address, ...of]) => {
    const said = query.words.filter((word) => of.some((name) => plain(name) === word.plain));
    return said.length > 0 ? [{ address, concepts: [], said: new Set(said) }] : [];
  });
  return [...ofSymptoms, ...ofNames];
}

/** What the search tells of a concept. */
export function nameOf(concept: ConceptKey): string {
  return concepts[concept].name;
}
