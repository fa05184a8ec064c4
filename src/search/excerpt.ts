/** A few words of a section, around those that were searched for. */
import type { FoundSection } from './find.ts';

/** Words of the text, and whether they were searched for. */
export interface ExcerptPart {
  readonly text: string;
  readonly isFound: boolean;
}

const BEFORE = 6;
const LENGTH = 30;

/** @returns the beginning of a section, or the place in it that has most of what was searched for */
export function excerptOf({ section, places }: FoundSection): readonly ExcerptPart[] {
  const { words, headingTo, to } = section;
  const found = new Set(places.filter((place) => place >= headingTo));
  const densityAt = (place: number): number =>
    [...found].filter((p) => p >= place && p < place + LENGTH - BEFORE).length;
  const best = [...found].sort((a, b) => densityAt(b) - densityAt(a) || a - b)[0] ?? headingTo;
  const from = Math.max(headingTo, best - BEFORE);
  const until = Math.min(to, from + LENGTH);
  const parts: ExcerptPart[] = from > headingTo ? [{ text: '… ', isFound: false }] : [];
  for (let place = from; place < until; place += 1) {
    parts.push({ text: words[place] ?? '', isFound: found.has(place) }, { text: ' ', isFound: false });
  }
  return until < to ? [...parts, { text: '…', isFound: false }] : parts;
}
