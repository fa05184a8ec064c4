/**
 * `npm run lighthouse`: Lighthouse (mobile) on pages of the built site's sitemap, by chance: some of different kinds and one
 * of the others; with `-- --all`, every page. Everything must be 100. The seed is printed; SEED=… repeats the choice.
 *
 * A page that is not at 100 at once is measured twice more, and the median counts, as Lighthouse's own docs advise, since a
 * busy machine moves a single run.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import process from 'node:process';
import { parseArgs } from 'node:util';
import lighthouse, { type Result } from 'lighthouse';
import { chromium } from 'playwright';
import { launchOptions } from './browser.ts';
import { root } from './install.mjs';
import { sample, seedOfRun } from './sample.ts';
import { serve } from './serve.ts';

const categories = ['performance', 'accessibility', 'best-practices', 'seo'] as const;
const mostRuns = 3;

/** The home page, a lesson with sandboxes, the editor, and the largest table. */
const ofEachKind = ['', 'two-pipes/', 'playground/', 'reference/stream-matrix/'];
/** So many of these, and of the others. */
const byChance = { ofEachKind: 2, others: 1 };

type Category = (typeof categories)[number];

interface PageScores {
  readonly page: string;
  /** From 0 to 100. */
  readonly scores: Readonly<Record<Category, number>>;
  /** Audits that cost something, by their ids, with Lighthouse's words. */
  readonly lost: Readonly<Record<string, string>>;
}

/** Addresses below the site, as the sitemap has them; the home page is the empty string. */
function sitemapPages(): string[] {
  const sitemap = readFileSync(join(root, 'dist', 'sitemap-0.xml'), 'utf8');
  const pages = [...sitemap.matchAll(/<loc>([^<]+)<\/loc>/gu)].map(([, address = '']) =>
    new URL(address).pathname.slice(1),
  );
  if (pages.length === 0) throw new Error('Expected addresses in dist/sitemap-0.xml, found none.');
  return pages;
}

function pagesToMeasure(all: boolean): string[] {
  const pages = sitemapPages();
  if (all) return pages;
  const missing = ofEachKind.filter((page) => !pages.includes(page));
  if (missing.length > 0) throw new Error(`Expected /${missing.join(' and /')} in the sitemap, found no such page.`);
  const seed = seedOfRun();
  console.log(`${String(byChance.ofEachKind + byChance.others)} pages by chance: SEED=${String(seed)}`);
  const others = pages.filter((page) => !ofEachKind.includes(page));
  return [...sample(ofEachKind, byChance.ofEachKind, seed), ...sample(others, byChance.others, seed)];
}

function isPerfect({ scores }: PageScores): boolean {
  return categories.every((category) => scores[category] === 100);
}

async function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}

function scoresOf(page: string, lhr: Result): PageScores {
  const score = (category: Category): number => Math.round(100 * (lhr.categories[category]?.score ?? 0));
  const lost: Record<string, string> = {};
  for (const category of categories) {
    for (const { id, weight } of lhr.categories[category]?.auditRefs ?? []) {
      const audit = lhr.audits[id];
      if (weight === 0 || audit === undefined || audit.score === null || audit.score >= 1) continue;
      lost[id] = [audit.title, audit.displayValue].filter((part) => part !== undefined).join(': ');
    }
  }
  return {
    page,
    scores: {
      performance: score('performance'),
      accessibility: score('accessibility'),
      'best-practices': score('best-practices'),
      seo: score('seo'),
    },
    lost,
  };
}

const { values } = parseArgs({ options: { all: { type: 'boolean', default: false } } });
const pages = pagesToMeasure(values.all);
const serving = await serve({ dir: join(root, 'dist'), port: 0, strictPort: false, isolated: false });
const port = await freePort();
const options = launchOptions();
const browser = await chromium.launch({
  ...options,
  args: [...(options.args ?? []), `--remote-debugging-port=${String(port)}`],
});
const measured: PageScores[] = [];
try {
  for (const page of pages) {
    const runs: PageScores[] = [];
    while (runs.length < mostRuns) {
      const result = await lighthouse(new URL(page, serving.url).href, {
        port,
        logLevel: 'error',
        output: 'json',
        onlyCategories: [...categories],
      });
      if (result === undefined) throw new Error(`Lighthouse gave no result for /${page}`);
      if (result.lhr.runtimeError !== undefined) throw new Error(`/${page}: ${result.lhr.runtimeError.message}`);
      const run = scoresOf(page, result.lhr);
      runs.push(run);
      if (runs.length === 1 && isPerfect(run)) break;
    }
    runs.sort((one, other) => one.scores.performance - other.scores.performance);
    const median = runs[(runs.length - 1) / 2];
    if (median !== undefined) measured.push(median);
  }
} finally {
  await browser.close();
  await serving.close();
}

const report = join(root, 'tests', 'report');
mkdirSync(report, { recursive: true });
const written = { browser: browser.version(), pages: measured };
writeFileSync(join(report, 'lighthouse.json'), `${JSON.stringify(written, undefined, 2)}\n`);

for (const one of measured) {
  const { page, scores, lost } = one;
  console.log(`/${page}: ${categories.map((category) => `${category} ${String(scores[category])}`).join(', ')}`);
  if (isPerfect(one)) continue;
  process.exitCode = 1;
  console.error(`/${page}: expected 100 in all, lost by:`);
  for (const [id, words] of Object.entries(lost)) console.error(`  ${id}: ${words}`);
}
