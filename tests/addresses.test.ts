/**
 * Every address that the site has had leads to its content: each page, and each heading or row that has an anchor. The list in
 * `addresses.json` only grows; `UPDATE=1 node --test tests/addresses.test.ts` adds what is new. Where a page has moved, its old
 * address is a redirection, and what it leads to has the anchors.
 */
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { describe, it } from 'node:test';
import { projectRoot } from './fixtures/built-site.ts';

/** Anchors by page; the home page is the empty string. */
type Addresses = Readonly<Record<string, readonly string[]>>;

const listFile = join(import.meta.dirname, 'addresses.json');

/** What builds the site, at the root and in a folder. */
const steps = 'npm test -- --only build,sub-folder,addresses';

/** Where the site was built, and the address that it was built for. */
const sites = [
  { dir: join(projectRoot, 'dist'), base: '/' },
  { dir: join(projectRoot, '.build', 'sub-folder', 'dist'), base: '/docs/streams/' },
];

function pageFile(dir: string, page: string): string {
  return join(dir, page, page === '' || page.endsWith('/') ? 'index.html' : '');
}

function idsOf(html: string): Set<string> {
  return new Set([...html.matchAll(/<[a-z][^>]*\sid="([^"]+)"/gu)].map(([, id = '']) => id));
}

/** What the links of a page have behind `#`. */
function fragmentsOf(html: string): string[] {
  return [...html.matchAll(/href="[^"#]*#([^"]+)"/gu)].map(([, id = '']) => decodeURIComponent(id));
}

/** Headings' anchors of a page, and those that a link of the site may lead to, as a table's rows. */
function anchorsOf(html: string, linked: ReadonlySet<string>): string[] {
  const headings = new Set([...html.matchAll(/<h[1-6][^>]*\sid="([^"]+)"/gu)].map(([, id = '']) => id));
  return [...idsOf(html)].filter((id) => !id.startsWith('_') && (headings.has(id) || linked.has(id))).sort();
}

function pagesOf(dir: string): string[] {
  return readdirSync(dir, { recursive: true, encoding: 'utf8' })
    .map((file) => file.replaceAll('\\', '/'))
    .filter((file) => /(?:^|\/)index\.html$/u.test(file))
    .map((file) => file.replace(/index\.html$/u, ''))
    .sort();
}

/** The page that an address leads to in the end. @throws Error if there is none */
function arrive(dir: string, base: string, page: string, hops = 0): string {
  const file = pageFile(dir, page);
  assert.ok(existsSync(file), `/${page}: expected a page or a redirection, found nothing`);
  assert.ok(hops < 5, `/${page}: expected to arrive somewhere, found a circle of redirections`);
  const html = readFileSync(file, 'utf8');
  const target = /<meta http-equiv="refresh" content="0;\s*url=([^"#]+)/u.exec(html)?.[1];
  if (target === undefined) return html;
  const { pathname } = new URL(target, `https://site.example${base}${page}`);
  assert.ok(pathname.startsWith(base), `/${page}: expected a redirection below ${base}, found ${pathname}`);
  return arrive(dir, base, pathname.slice(base.length), hops + 1);
}

const listed = JSON.parse(readFileSync(listFile, 'utf8')) as Addresses;

describe('addresses', () => {
  for (const { dir, base } of sites) {
    it(`lead to their content at ${base}`, () => {
      assert.ok(Object.keys(listed).length >= 28);
      assert.ok(existsSync(dir), `expected the site in ${dir}, found none; ${steps} builds it`);
      for (const [page, anchors] of Object.entries(listed)) {
        const ids = idsOf(arrive(dir, base, page));
        const lost = anchors.filter((anchor) => !ids.has(anchor));
        assert.deepEqual(lost, [], `/${page} at ${base}: anchors that lead nowhere`);
      }
    });
  }

  it('are all in the list', () => {
    const [site] = sites;
    assert.ok(site !== undefined);
    const html = new Map(pagesOf(site.dir).map((page) => [page, readFileSync(pageFile(site.dir, page), 'utf8')]));
    const linked = new Set([...html.values()].flatMap(fragmentsOf));
    const now = Object.fromEntries([...html].map(([page, text]) => [page, anchorsOf(text, linked)]));
    const pages = [...new Set([...Object.keys(listed), ...Object.keys(now)])].sort();
    const all = Object.fromEntries(
      pages.map((page) => [page, [...new Set([...(listed[page] ?? []), ...(now[page] ?? [])])].sort()]),
    );
    if (process.env['UPDATE'] === '1') writeFileSync(listFile, `${JSON.stringify(all, undefined, 2)}\n`);
    else assert.deepEqual(listed, all, 'UPDATE=1 node --test tests/addresses.test.ts adds what is new');
  });
});
