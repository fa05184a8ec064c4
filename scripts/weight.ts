/**
 * `npm run weight`: what every page of the built site costs to open, in bytes on the wire (headers included, as the browser
 * counts them), before anyone presses Run. Fails over budget, or if the engine or an artefact is loaded already.
 */
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { chromium, type Browser } from 'playwright';
import { launchOptions } from './browser.ts';
import { root } from './install.mjs';
import { serve } from './serve.ts';

/** Bytes per page. */
const budget = 80_000;

/** What only a run, editing, or a search needs. */
const engine = /\.pack$|\.wasm$|\/worker[.-]|editing|wabt|\/pagefind\/|search-panel/u;

interface PageWeight {
  /** Address below the site. */
  readonly page: string;
  /** Bytes on the wire. */
  readonly bytes: number;
  /** Bytes on the wire by address, the heaviest first. */
  readonly requests: Readonly<Record<string, number>>;
}

async function weigh(browser: Browser, site: string, page: string): Promise<PageWeight> {
  const context = await browser.newContext();
  const tab = await context.newPage();
  const cdp = await context.newCDPSession(tab);
  const paths = new Map<string, string>();
  const weights = new Map<string, number>();
  cdp.on('Network.requestWillBeSent', ({ requestId, request }) => paths.set(requestId, new URL(request.url).pathname));
  cdp.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    const path = paths.get(requestId) ?? requestId;
    weights.set(path, (weights.get(path) ?? 0) + encodedDataLength);
  });
  await cdp.send('Network.enable');
  // What a page loads when it is idle counts too.
  await tab.goto(new URL(page, site).href, { waitUntil: 'networkidle' });
  await context.close();
  const requests = [...weights].sort(([, a], [, b]) => b - a);
  return {
    page,
    bytes: requests.reduce((sum, [, bytes]) => sum + bytes, 0),
    requests: Object.fromEntries(requests),
  };
}

const pages = readdirSync(join(root, 'dist'), { recursive: true, encoding: 'utf8' })
  .map((file) => file.replaceAll('\\', '/'))
  .filter((file) => file.endsWith('.html'))
  .map((file) => file.replace(/(^|\/)index\.html$/u, '$1'))
  .sort();
const serving = await serve({ dir: join(root, 'dist'), port: 0, strictPort: false, isolated: false });
const browser = await chromium.launch(launchOptions());
const measured: PageWeight[] = [];
try {
  for (const page of pages) measured.push(await weigh(browser, serving.url, page));
} finally {
  await browser.close();
  await serving.close();
}

const report = join(root, 'tests', 'report');
mkdirSync(report, { recursive: true });
const written = { browser: browser.version(), budget, pages: measured };
writeFileSync(join(report, 'weight.json'), `${JSON.stringify(written, undefined, 2)}\n`);

for (const { page, bytes, requests } of measured) {
  const kilobytes = (bytes / 1000).toFixed(1).padStart(6);
  console.log(`${kilobytes} kB  /${page}`);
  if (bytes > budget) {
    process.exitCode = 1;
    console.error(`/${page}: expected at most ${String(budget / 1000)} kB before Run, found ${kilobytes.trim()} kB:`);
    for (const [path, size] of Object.entries(requests))
      console.error(`  ${(size / 1000).toFixed(1).padStart(6)} kB  ${path}`);
  }
  const early = Object.keys(requests).filter((path) => engine.test(path));
  if (early.length > 0) {
    process.exitCode = 1;
    console.error(
      `/${page}: expected nothing of the engine, the editor or the search before Run, found ${early.join(', ')}`,
    );
  }
}
