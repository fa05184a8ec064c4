/** What the search tells of what it has done, above its results. */
import { words } from '#words/search/dialog';
import { nameOf } from './concepts.ts';
import type { Found } from './find.ts';

/** @returns sentences, the first of which says how many results there are */
export function tellOf({ sections, isMessage, takenAs, searchedFor, lacking, apart }: Found): readonly string[] {
  return [
    sections.length === 0 ? words.nothing : words.count(sections.length),
    ...(isMessage ? [words.message] : []),
    ...(takenAs.length > 0 ? [words.takenAs(takenAs.map(nameOf))] : []),
    ...(searchedFor.length > 0 ? [words.searchedFor(searchedFor)] : []),
    ...(lacking.length > 0 ? [words.lacks(lacking)] : []),
    ...(apart.length > 0 ? [words.apart(apart)] : []),
  ];
}
