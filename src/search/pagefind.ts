/** The part of Pagefind's library that the search uses. The build writes it beside the index, to pagefind/pagefind.js. */

/** An element of a page that has an id. */
export interface PagefindAnchor {
  readonly element: string;
  readonly id: string;
  readonly text: string;
  /** The word of the page that it begins with. */
  readonly location: number;
}

/** What the index has of a page. */
export interface PagefindPage {
  readonly raw_url: string;
  readonly raw_content: string;
  readonly meta: Readonly<Record<string, string>>;
  readonly anchors: readonly PagefindAnchor[];
}

/** A page that has what was searched for. */
export interface PagefindResult {
  readonly id: string;
  /** Places of words that were found. */
  readonly words: readonly number[];
  readonly data: () => Promise<PagefindPage>;
}

/** The library. */
export interface Pagefind {
  readonly options: (options: { readonly noWorker: boolean }) => Promise<void>;
  readonly init: () => Promise<void>;
  /** @param words null stands for every page */
  readonly search: (words: string | null) => Promise<{ readonly results: readonly PagefindResult[] }>;
  readonly preload: (words: string) => Promise<void>;
}

function isPagefind(module: unknown): module is Pagefind {
  return (
    typeof module === 'object' &&
    module !== null &&
    ['options', 'init', 'search', 'preload'].every(
      (name) => typeof (module as Readonly<Record<string, unknown>>)[name] === 'function',
    )
  );
}

/**
 * @param base the site's folder, with a slash at both ends
 * @param attempt which one it is: what has failed once, a browser and the library remember by its address
 * @throws Error if there is no index, as in development
 */
export async function loadPagefind(base: string, attempt: number): Promise<Pagefind> {
  const address = `${base}pagefind/pagefind.js${attempt > 1 ? `?attempt=${String(attempt)}` : ''}`;
  const pagefind: unknown = await import(/* @vite-ignore */ address);
  if (!isPagefind(pagefind)) throw new Error(`${address}: expected Pagefind’s library, found something else.`);
  // A worker would ask for a policy of its own, and nothing here takes long.
  await pagefind.options({ noWorker: true });
  await pagefind.init();
  return pagefind;
}
