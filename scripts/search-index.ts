/**
 * Writes Pagefind's index of the built site to pagefind/: its library, its words, and the text of all pages in one file, so that
 * a search that has been opened once needs no network any more. What else Pagefind would write, its own widgets, no page loads.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as pagefind from 'pagefind';

/** Pagefind's widgets and its worker. */
const unused = /^pagefind-.*\.(?:js|css)$/u;

/** The part of Astro's integrations that is used here. */
interface SearchIndexIntegration {
  readonly name: string;
  readonly hooks: { readonly 'astro:build:done': (built: { readonly dir: URL }) => Promise<void> };
}

/** Pagefind tells of errors in its answers. @throws Error if there are some */
function withoutErrors<Answer extends { readonly errors: readonly string[] }>(answer: Answer): Answer {
  if (answer.errors.length > 0) throw new Error(`The search's index was not written: ${answer.errors.join('; ')}`);
  return answer;
}

/**
 * @param site the folder that Astro wrote
 * @throws Error if Pagefind does not index it
 */
export async function writeSearchIndex(site: string): Promise<void> {
  try {
    const { index } = withoutErrors(await pagefind.createIndex({ maxFragments: 1 }));
    if (index === undefined) throw new Error('Expected an index of Pagefind, found none.');
    withoutErrors(await index.addDirectory({ path: site }));
    const { files } = withoutErrors(await index.getFiles());
    for (const { path, content } of files) {
      if (unused.test(path)) continue;
      const file = join(site, 'pagefind', path);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, content);
    }
  } finally {
    await pagefind.close();
  }
}

/** The index as a part of every build. */
export function searchIndex(): SearchIndexIntegration {
  return {
    name: 'search-index',
    hooks: { 'astro:build:done': ({ dir }) => writeSearchIndex(fileURLToPath(dir)) },
  };
}
