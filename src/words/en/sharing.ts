/** Links to runs. */
import { words as numbers } from './numbers.ts';

export const words = {
  brings: (acts: number): string => {
    if (acts === 0) return 'This link brings a run in which nothing was typed. Press Run to see it.';
    return `This link brings ${acts === 1 ? 'one act' : `${String(acts)} acts`}. Press Run to see them done again.`;
  },
  otherExample: (example: string): string =>
    `This link is about a run of the example “${example}”, which is not on this page. Ask for the link again.`,
  copied: 'Copied. It holds what you typed, and is not sent to a server.',
  notCopied: 'The link is in the address bar: the browser did not let this page copy it.',
  tooLong: (most: number, found: number): string =>
    `What you typed does not fit into a link: expected at most ${numbers.whole(most)} characters, ` +
    `found ${numbers.whole(found)}. Copy the session as text instead.`,
  damaged: (expected: string, found: string): string =>
    `This link is damaged: expected ${expected}, found ${found}. Here is the plain example; ask for the link again.`,
  expected: {
    characters: (most: number): string => `at most ${String(most)} characters`,
    runAfter: (prefix: string): string => `a shared run after "${prefix}"`,
    run: 'a shared run',
    version: (version: number): string => `version ${String(version)}`,
    example: 'the name of an example',
    place: (last: number): string => `a place from 0 to ${String(last)}`,
    plugin: (languages: readonly string[]): string => `one of ${languages.join(', ')} as plugin`,
    prediction: 'text as prediction',
    acts: (most: number): string => `a list of at most ${String(most)} acts`,
    act: 'an act',
    pause: (longest: number): string => `a pause of 0 to ${String(longest)} ms`,
    typed: 'typed text',
    kind: 'an act that is typed, closed or stopped',
  },
  found: { nothing: 'nothing', unreadable: 'text that can’t be read' },
};
