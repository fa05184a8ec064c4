/** The search: its button, its dialog, and what it tells of what it has done. */
import { words as numbers } from '../numbers.ts';

const quoted = (given: readonly string[]): string => numbers.list(given.map((word) => `“${word}”`));

export const words = {
  search: 'Search',
  close: 'Cancel',
  shortcut: { control: 'Ctrl', command: '⌘', key: 'K' },
  /** Before anything is typed. */
  hint: 'Paste an error, or say what you see.',
  loading: 'Loading the search…',
  notLoaded: 'The search could not be loaded. Check the connection, then type again.',
  results: 'Results',
  /** @param given words of what was typed, of which there are results */
  without: (given: string): string => `Search for “${given}”`,
  count: (n: number): string => `${numbers.count(n, 'result', 'results')}.`,
  nothing: 'No results.',
  /** The query was a message that the site explains. */
  message: 'This message has an entry here.',
  /** @param given what was searched for in the place of what was typed */
  searchedFor: (given: readonly string[]): string => `Searched for ${quoted(given)}.`,
  /** @param given names of `concepts` */
  takenAs: (given: readonly string[]): string => `Taken as ${numbers.list(given)}.`,
  lacks: (given: readonly string[]): string =>
    given.length === 1 ? `No page has the word ${quoted(given)}.` : `No page has the words ${quoted(given)}.`,
  /** Every word is there, and no section is about them. */
  apart: (given: readonly string[]): string => `No section has ${quoted(given)} together.`,
};
