/** Which table of words a build speaks: English, or the marked one that proves that no word stands elsewhere. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { root } from './install.mjs';

/** The part of Vite's plugins that is used here. */
interface WordsPlugin {
  readonly name: string;
  readonly enforce: 'pre';
  readonly resolveId: (id: string) => string | undefined;
  readonly load: (id: string) => string | undefined;
}

const tables = join(root, 'src', 'words');
const VIRTUAL = '\0words:';

/**
 * With WORDS=marked, `#words/NAME` is src/words/en/NAME.ts with every letter accented, see src/words/marked.ts. Otherwise
 * package.json's "imports" tell where the words are.
 *
 * @throws if WORDS names another table
 */
export function wordsTable(name = process.env['WORDS'] ?? 'en'): WordsPlugin[] {
  if (name === 'en') return [];
  if (name !== 'marked') throw new Error(`WORDS: expected "en" or "marked", found "${name}"`);
  const english = (table: string): string => join(tables, 'en', `${table}.ts`);
  return [
    {
      name: 'marked-words',
      enforce: 'pre',
      resolveId: (id) => {
        const table = /^#words\/(.+)$/u.exec(id)?.[1];
        return table !== undefined && existsSync(english(table)) ? `${VIRTUAL}${table}` : undefined;
      },
      load: (id) => {
        if (!id.startsWith(VIRTUAL)) return undefined;
        return [
          `import { words as english } from ${JSON.stringify(english(id.slice(VIRTUAL.length)))};`,
          `import { marked } from ${JSON.stringify(join(tables, 'marked.ts'))};`,
          'export const words = marked(english);',
        ].join('\n');
      },
    },
  ];
}
