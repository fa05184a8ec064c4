/** The plays of one browser, those of `scripts/plays.ts`, each on a first visit. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import process from 'node:process';
import { after, before, describe, it } from 'node:test';
import { serve, type Serving } from '../../scripts/serve.ts';
import { playsOfRun } from '../../scripts/plays.ts';
import type { Play } from '../../scripts/what-ran-where.ts';
import { loadExample, type Example } from '../../src/examples/load-example.ts';
import { pageOf, projectRoot } from '../fixtures/built-site.ts';
import { playTranscript } from '../fixtures/play-transcript.ts';
import { forgetPlays, recordPlay } from '../fixtures/what-ran-where.ts';
import { DrivenSandbox } from './driven-sandbox.ts';
import type { InstalledBrowser, Tab } from './tab.ts';

/** A transport in a browser, and how a page comes to it. */
export interface PlayedTransport {
  readonly kind: Play['transport'];
  /** The page's facts line names it so. */
  readonly name: string;
  /** On a server that sends COOP and COEP; all others send no special header. */
  readonly isolated: boolean;
  /** By the address; else the page chooses it by itself. */
  readonly forced: boolean;
}

const labels = { go: 'Go plugin', c: 'C plugin', rust: 'Rust plugin' } as const;

/** One play: a cold start, a compilation of a Go plugin, a dialogue of a few lines. */
const playWithinMs = 90_000;

/**
 * Makes the tests of one browser.
 * @param name as the browser's tabs give it
 * @param advice what to install, if `start` finds no browser: skipped then, a failure under CI
 */
export function playEverywhere(
  name: string,
  advice: string,
  start: () => Promise<InstalledBrowser | undefined>,
  transports: readonly PlayedTransport[],
): void {
  describe(name, () => {
    let browser: InstalledBrowser | undefined;
    const servers: { plain?: Serving; isolated?: Serving } = {};
    before(async () => {
      forgetPlays(name);
      const site = { dir: join(projectRoot, 'dist'), port: 0, strictPort: false };
      servers.plain = await serve({ ...site, isolated: false });
      servers.isolated = await serve({ ...site, isolated: true });
      browser = await start();
    });
    after(async () => {
      await browser?.close();
      await servers.plain?.close();
      await servers.isolated?.close();
    });

    const plays = playsOfRun().filter((play) => play.browser === name);
    for (const transport of transports) {
      describe(transport.name, () => {
        for (const { example: played, plugin } of plays.filter((play) => play.transport === transport.kind)) {
          const example = loadExample(played, { root: projectRoot });
          const title = `${example.name} with its ${labels[plugin]} runs as recorded`;
          it(title, { timeout: playWithinMs }, async (context) => {
            if (browser === undefined) {
              assert.notEqual(process.env['CI'], 'true', advice);
              context.skip(advice);
              return;
            }
            const site = transport.isolated ? servers.isolated : servers.plain;
            const tab = await browser.openTab();
            try {
              const { version } = tab;
              const play = { example: example.name, plugin, browser: name, version, transport: transport.kind };
              await recordPlay(play, () => playInTab(tab, site?.url ?? '', transport, example, labels[plugin]));
            } finally {
              await tab.close();
            }
          });
        }
      });
    }
  });
}

async function playInTab(
  tab: Tab,
  site: string,
  transport: PlayedTransport,
  example: Example,
  label: string,
): Promise<void> {
  const url = new URL(pageOf(example.name).path, site);
  if (transport.forced) url.searchParams.set('transport', transport.kind);
  await tab.goto(url.href);
  await tab.evaluate('void (globalThis.sinceFirstLoad = true)');
  const sandbox = new DrivenSandbox(tab, example.name);
  if (example.manifest.plugins.length > 1) await sandbox.choosePlugin(label);
  await playTranscript(sandbox, example);
  await sandbox.expectTransport(transport.name);
  assert.deepEqual(
    await tab.evaluate(
      '({ loadedOnce: globalThis.sinceFirstLoad === true, controlled: navigator.serviceWorker.controller !== null })',
    ),
    { loadedOnce: true, controlled: false },
    'the page was loaded once, and no service worker controls it',
  );
}
