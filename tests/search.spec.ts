/**
 * The site's search: what a reader types or pastes who has the bug, and the section that is offered first. The queries were
 * written before the search, by someone who knew the reports and not the search.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import type { Locator, Page } from 'playwright';
import { messages } from '../src/search/messages.ts';
import { names } from '../src/search/names.ts';
import { symptoms } from '../src/search/symptoms.ts';
import { axe } from './fixtures/axe.ts';
import { builtPages, projectRoot } from './fixtures/built-site.ts';
import { expect, test } from './fixtures/test.ts';

interface Queries {
  readonly found: readonly { readonly query: string; readonly address: string | readonly string[] }[];
  readonly nothing: readonly { readonly query: string }[];
}

const queries = JSON.parse(
  readFileSync(join(projectRoot, 'tests', 'fixtures', 'search-queries.json'), 'utf8'),
) as Queries;

const site = join(projectRoot, process.env['SITE_DIR'] ?? 'dist');

/** The search's dialog, as a reader uses it. */
class Search {
  readonly dialog: Locator;
  readonly field: Locator;
  readonly status: Locator;
  readonly results: Locator;
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
    this.dialog = page.getByRole('dialog', { name: 'Search' });
    this.field = this.dialog.getByRole('searchbox', { name: 'Search' });
    this.status = this.dialog.getByRole('status');
    this.results = this.dialog.getByRole('list', { name: 'Results' });
  }

  async open(): Promise<void> {
    await this.#page.getByRole('button', { name: 'Search' }).click();
    await expect(this.field).toBeFocused();
  }

  /** Waits for what is typed or pasted to have been searched for. */
  async settled(): Promise<void> {
    await this.results.and(this.#page.locator('[aria-busy="false"]')).waitFor({ state: 'attached' });
  }

  async type(text: string): Promise<void> {
    await this.field.fill(text);
    await this.settled();
  }

  /** Ctrl-V, of more than one line too. */
  async paste(text: string): Promise<void> {
    await this.field.fill('');
    await this.field.evaluate((field, pasted) => {
      const clipboardData = new DataTransfer();
      clipboardData.setData('text/plain', pasted);
      const event = new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true });
      if (field.dispatchEvent(event)) throw new Error('Expected the paste of many lines to be taken care of.');
    }, text);
    await this.settled();
  }

  /** On the page that `openSearch` opens. @returns the first result's address below the site, undefined if there is none */
  async first(): Promise<string | undefined> {
    const address = await this.results.evaluate((list) => list.querySelector('a')?.href);
    const base = new URL('../..', this.#page.url()).href;
    return address?.replace(base, '');
  }
}

async function openSearch(page: Page): Promise<Search> {
  await page.goto('reference/glossary/');
  const search = new Search(page);
  await search.open();
  return search;
}

for (const half of [0, 1]) {
  test(
    `the right section comes first, ${half === 0 ? 'the first' : 'the second'} half`,
    { tag: '@any-address' },
    async ({ page }) => {
      const search = await openSearch(page);
      const wrong: string[] = [];
      for (const { query, address } of queries.found.filter((_, i) => i % 2 === half)) {
        await (query.includes('\n') ? search.paste(query) : search.type(query));
        const first = await search.first();
        if (![address].flat().includes(first ?? '')) wrong.push(`${query.slice(0, 80)}: ${first ?? 'nothing'}`);
      }
      expect(queries.found.length).toBeGreaterThanOrEqual(60);
      expect(wrong).toEqual([]);
    },
  );
}

test('what the site is not about finds nothing, and the dialog says which words no page has', async ({ page }) => {
  const search = await openSearch(page);
  const wrong: string[] = [];
  for (const { query } of queries.nothing) {
    await (query.includes('\n') ? search.paste(query) : search.type(query));
    const said = (await search.status.textContent()) ?? '';
    const first = await search.first();
    if (first !== undefined || !/^No results\. No page has the words? “/u.test(said)) {
      wrong.push(`${query.slice(0, 80)}: ${first ?? said}`);
    }
  }
  expect(queries.nothing.length).toBeGreaterThanOrEqual(12);
  expect(wrong).toEqual([]);
});

/** What was asked for before there were sections, and the page. */
const pages: readonly (readonly [page: string, ...queries: readonly string[]])[] = [
  // Texts that are pasted, and symptoms without a text.
  [
    'troubleshooting/',
    ...['deadlock', 'all goroutines are asleep', 'plugin deadlock', 'nothing is printed', '4026531839', '4294967295'],
    ...['bufio.Scanner: token too long', 'stream did not contain valid UTF-8', 'exit_code(2)', 'signal: broken pipe'],
    ...['invalid character looking for beginning of value', 'module closed with exit_code(0)', 'WARNING: DATA RACE'],
    ...['stat |0: file already closed', 'nil pointer dereference (recovered by wazero)', 'poll_oneoff failed'],
    ...['assignment to entry in nil map', 'runtime closed with exit_code(0)'],
    'module[rust.wasm] has already been instantiated',
  ],
  // What EOF is, and which answers of a reader a plugin takes for it.
  ['what-a-read-can-say/', 'EOF', 'half a character', 'CRLF', '0x04'],
  // Who looks for the method wants to know what to give it.
  ['reference/which-stream/', 'WithStdin'],
  ['buffers-end/', 'bytes.Buffer'],
  ['messages-over-bytes/', 'long line', 'large message', 'log stderr'],
  ['system-streams/', 'read ahead', 'isatty', 'Ctrl-C does nothing', 'signal.NotifyContext'],
  ['reactors/', 'goroutines reactor'],
  // Who has set one has seen that it wakes nobody.
  ['never-wait-for-ever/', 'timeout', 'SetReadDeadline'],
  ['when-stdout-is-a-file/', 'SIGPIPE', 'output cut short'],
  ['streams-of-your-own/', 'Poll method', 'io.MultiReader', 'reader from a channel'],
  ['once-for-each-request/', 'first time only', 'run plugin twice', 'second run reads EOF', 'HTTP server'],
  ['reference/other-hosts/', 'wasmtime', 'node:wasi'],
];

test('the search offers the right page first', { tag: '@any-address' }, async ({ page }) => {
  const search = await openSearch(page);
  const wrong: string[] = [];
  for (const [address, ...asked] of pages) {
    for (const query of asked) {
      await search.type(query);
      const first = await search.first();
      if (first?.split('#')[0] !== address) wrong.push(`${query}: ${first ?? 'nothing'}`);
    }
  }
  expect(wrong).toEqual([]);
});

test('each message of Troubleshooting finds its own entry', async ({ page }) => {
  const html = readFileSync(join(site, 'troubleshooting', 'index.html'), 'utf8');
  const [, entries = ''] = /id="messages-of-the-host"([^]*)id="no-message-at-all"/u.exec(html) ?? [];
  const anchors = [...entries.matchAll(/<h3[^>]*\sid="([^"]+)"/gu)].map(([, id = '']) => id);
  expect(anchors.length).toBeGreaterThan(25);
  await page.goto('troubleshooting/');
  const headings = await page.evaluate(
    (ids) => ids.map((id) => document.querySelector(`[id="${id}"]`)?.textContent.trim() ?? ''),
    anchors,
  );
  const search = await openSearch(page);
  const wrong: string[] = [];
  for (const [i, heading] of headings.entries()) {
    // Who has only these three letters wants to know what they are.
    if (heading === 'EOF') continue;
    await search.type(`2026/01/02 03:04:05 run: ${heading}`);
    const first = await search.first();
    if (first !== `troubleshooting/#${anchors[i] ?? ''}`) wrong.push(`${heading}: ${first ?? 'nothing'}`);
  }
  expect(wrong).toEqual([]);
});

test('the search tells what it has made of a query', async ({ page }) => {
  const search = await openSearch(page);
  await expect(search.status).toHaveText('Paste an error, or say what you see.');
  await search.type('goroutines stand still');
  await expect(search.status).toHaveText(/^\d+ results\./u);
  await search.type('2026/01/01 10:00:00 run: module closed with exit_code(77)');
  await expect(search.status).toContainText('This message has an entry here.');
  await search.type('frozen');
  await expect(search.status).toContainText('Taken as a hang.');
  await search.type('reader from a channel flibbertigibbet pipe buffer end read ahead');
  await expect(search.status).toContainText('No page has the word “flibbertigibbet”.');
  await search.type('2026/01/02 03:04:05 carriage return 77');
  await expect(search.status).toContainText('Searched for “carriage”, “return”.');
  await search.type('postgres carriage');
  await expect(search.status).toHaveText('No results. No page has the word “postgres”.');
  await search.dialog.getByRole('button', { name: 'Search for “carriage”' }).click();
  await expect(search.field).toHaveValue('carriage');
  await expect(search.results.getByRole('link', { name: 'A carriage return' })).toBeVisible();
});

test('a paste of many lines becomes one line', async ({ page }) => {
  const search = await openSearch(page);
  await search.paste('read /dev/stdin:\r\n\tTry again\n');
  await expect(search.field).toHaveValue('read /dev/stdin: Try again');
  expect(await search.first()).toBe('troubleshooting/#read-devstdin-try-again');
});

test('the keyboard is enough', async ({ page }) => {
  await page.goto('reference/glossary/');
  const search = new Search(page);
  const links = search.results.getByRole('link');
  await page.keyboard.press('Control+k');
  await expect(search.field).toBeFocused();
  await search.type('half a character');
  await page.keyboard.press('ArrowDown');
  await expect(links.first()).toBeFocused();
  await page.keyboard.press('ArrowDown');
  await expect(links.nth(1)).toBeFocused();
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('ArrowUp');
  await expect(search.field).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(search.dialog).toBeHidden();
  await page.keyboard.press('Control+k');
  await expect(search.field).toHaveValue('half a character');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/what-a-read-can-say\/#half-a-character$/u);
  await expect(search.dialog).toBeHidden();
});

test('nothing of the search is loaded before it is wanted, and nothing later', async ({ page, context }) => {
  const loaded: string[] = [];
  page.on('request', (request) => loaded.push(request.url()));
  const ofSearch = (): string[] => loaded.filter((url) => /pagefind|search-panel/u.test(url));
  await page.goto('reference/glossary/', { waitUntil: 'networkidle' });
  expect(ofSearch()).toEqual([]);
  const search = new Search(page);
  await search.open();
  await search.type('buffer');
  await page.waitForLoadState('networkidle');
  expect(ofSearch().length).toBeGreaterThan(0);
  const parts = readdirSync(join(site, 'pagefind', 'index')).filter((name) => name.endsWith('.pf_index'));
  expect(new Set(ofSearch().filter((url) => url.includes('.pf_index'))).size).toBe(parts.length);
  await context.setOffline(true);
  for (const query of ['zero', 'kubernetes', 'read ahead', 'WithStdin', 'xylophone']) await search.type(query);
  await search.type('half a character');
  expect(await search.first()).toBe('what-a-read-can-say/#half-a-character');
});

test('what can’t be loaded is told, and tried again', async ({ page, arranged }) => {
  arranged(/pagefind/u);
  await page.route('**/pagefind/*.pf_meta', (route) => route.abort());
  const search = await openSearch(page);
  await search.type('buffer');
  await expect(search.status).toHaveText('The search could not be loaded. Check the connection, then type again.');
  await page.unroute('**/pagefind/*.pf_meta');
  await search.type('CRLF');
  expect(await search.first()).toBe('what-a-read-can-say/#a-carriage-return');
});

test('the dialog is in order for axe, and fits a phone', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  const search = await openSearch(page);
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    await search.type('postgres carriage');
    expect(await axe(page, { within: 'site-search' }), `${colorScheme}, nothing found`).toEqual([]);
    await search.type('hang');
    expect(await axe(page, { within: 'site-search' }), `${colorScheme}, found`).toEqual([]);
  }
  await page.emulateMedia({ forcedColors: 'active' });
  const colourOf = (part: Locator): Promise<string> => part.evaluate((element) => getComputedStyle(element).color);
  const mark = search.results.locator('mark').first();
  expect(await colourOf(mark), 'what was found, in forced colours').toBe(await colourOf(mark.locator('..')));
  const [width, height] = await search.results
    .getByRole('link')
    .first()
    .evaluate((link) => {
      const { width: wide, height: high } = link.parentElement?.getBoundingClientRect() ?? new DOMRect();
      return [wide, high] as const;
    });
  expect(width).toBeLessThanOrEqual(390);
  expect(height).toBeGreaterThanOrEqual(44);
  expect(await search.dialog.evaluate((dialog) => dialog.scrollWidth - dialog.clientWidth)).toBe(0);
});

test('every address that the search knows is there', () => {
  const ids = new Map(
    builtPages().map(({ path }) => {
      const html = readFileSync(join(site, path === '' || path.endsWith('/') ? `${path}index.html` : path), 'utf8');
      return [path, new Set([...html.matchAll(/<[a-z][^>]*\sid="([^"]+)"/gu)].map(([, id]) => id))] as const;
    }),
  );
  const known = [...messages.map(({ address }) => address), ...symptoms.map(({ address }) => address)];
  const asked = queries.found.flatMap(({ address }) => address);
  const lost = [...known, ...names.map(([address]) => address), ...asked].filter((address) => {
    const [page = '', anchor] = address.split('#');
    return ids.get(page) === undefined || (anchor !== undefined && ids.get(page)?.has(anchor) !== true);
  });
  expect(lost).toEqual([]);
});
