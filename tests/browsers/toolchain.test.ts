/** The Go toolchain in Firefox, which unpacks brotli by itself, and in WebKitGTK: an example's host and plugin are built there. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { after, before, describe, it } from 'node:test';
import { loadToolchainData } from '../../src/examples/load-toolchain.ts';
import { projectRoot } from '../fixtures/built-site.ts';
import type { ToolchainPage } from '../toolchain/page/main.ts';
import { serveToolchainPage, type ServedPage } from '../toolchain/toolchain-page.ts';
import { firefoxAdvice, startFirefox } from './firefox.ts';
import type { InstalledBrowser, Tab } from './tab.ts';
import { startWebKit, webkitAdvice } from './webkit.ts';

const data = loadToolchainData('/', projectRoot);
/** A cold compiler and a cold linker, on two busy cores. */
const withinMs = 120_000;

function call<Name extends keyof ToolchainPage>(
  tab: Tab,
  name: Name,
  ...args: Parameters<ToolchainPage[Name]>
): Promise<unknown> {
  return tab.evaluate(`toolchainPage.${name}(...${JSON.stringify(args)})`);
}

function programOf(part: 'host' | 'plugin'): { readonly name: string; readonly text: string }[] {
  const text = readFileSync(join(projectRoot, 'examples', 'pipe-waits', part, 'main.go'), 'utf8');
  return [{ name: 'main.go', text }];
}

for (const [name, advice, start] of [
  ['Firefox', firefoxAdvice, (): Promise<InstalledBrowser | undefined> => startFirefox()],
  ['WebKitGTK', webkitAdvice, startWebKit],
] as const) {
  describe(name, () => {
    let browser: InstalledBrowser | undefined;
    let page: ServedPage | undefined;

    before(async () => {
      browser = await start();
      page = await serveToolchainPage();
    });

    after(async () => {
      await browser?.close();
      await page?.close();
    });

    it('checks, builds and formats', { timeout: withinMs }, async (context) => {
      if (browser === undefined) {
        assert.notEqual(process.env['CI'], 'true', advice);
        context.skip(advice);
        return;
      }
      const tab = await browser.openTab();
      try {
        await tab.goto(page?.url ?? '');
        const { check } = (await tab.evaluate(`toolchainPage.sizes(${JSON.stringify(data)})`)) as { check: number };
        const told = (await call(tab, 'open', data)) as { readonly loadedBytes: number }[];
        assert.equal(told.at(-1)?.loadedBytes, check);

        const [file] = programOf('host');
        const wrong = [{ name: 'main.go', text: `${file?.text ?? ''}\nfunc f() { missing() }\n` }];
        const { result } = (await call(tab, 'check', 'host', wrong)) as { readonly result: unknown };
        const line = (file?.text.split('\n').length ?? 0) + 1;
        assert.deepEqual(result, {
          kind: 'diagnostics',
          diagnostics: [{ file: 'main.go', line, column: 12, message: 'undefined: missing' }],
        });
        for (const part of ['host', 'plugin'] as const) {
          const built = (await call(tab, 'build', part, programOf(part))) as { readonly kind: string };
          assert.equal(built.kind, 'built', JSON.stringify(built));
        }
        assert.deepEqual(await call(tab, 'format', { name: 'x.go', text: 'package  x' }), {
          kind: 'formatted',
          text: 'package x\n',
        });
      } finally {
        await tab.close();
      }
    });
  });
}
