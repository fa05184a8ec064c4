/** What is wrong with a transcript; the keys are the codes of `src/protocol/transcript.ts`. `found` is out of the file. */
export const words = {
  'no-space': ({ found }: { readonly found: string }): string =>
    `expected a mark and a space, found ${JSON.stringify(found)}`,
  'no-number': ({ found }: { readonly found: string }): string =>
    `expected a whole number after "=", found ${JSON.stringify(found)}`,
  'no-mark': ({ found }: { readonly found: string }): string =>
    `expected one of $ > ! … < ^D ^C = at the start, found ${JSON.stringify(found)}`,
  'no-command': (): string => 'expected the command ("$ host …"), found something else',
  inLine: (line: number, sentence: string): string => `line ${String(line)}: ${sentence}`,
};
