/** A link to an edited program in Firefox and WebKitGTK: it shows its source and runs nothing. In Chromium: tests/editor.spec.ts. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import process from 'node:process';
import { after, before, describe, it } from 'node:test';
import { deflateRawSync } from 'node:zlib';
import { serve, type Serving } from '../../scripts/serve.ts';
import { decodeProject, encodeProject } from '../../src/sandbox/editing/project/project-link.ts';
import { pageOf, projectRoot } from '../fixtures/built-site.ts';
import { DrivenSandbox } from './driven-sandbox.ts';
import { firefoxAdvice, startFirefox } from './firefox.ts';
import type { InstalledBrowser, Tab } from './tab.ts';
import { startWebKit, webkitAdvice } from './webkit.ts';

const example = 'pipe-waits';
const { path, examples } = pageOf(example);
const withinMs = 60_000;

/** 30 kB of a program, of text that deflates badly. */
function longProgram(): string {
  const lines = ['package main // the first line', 'func main() {}'];
  let seed = 1;
  for (let length = 0; length < 30_000; length += (lines.at(-1) ?? '').length + 1) {
    seed = (seed * 48_271) % 0x7fffffff;
    lines.push(`// ${seed.toString(36)} <script>alert(1)</script>`);
  }
  return lines.join('\n');
}

/** Addresses of what the page has asked for that a run or a check would need: programs, the compiler, workers. */
async function askedToRun(tab: Tab): Promise<unknown> {
  return tab.evaluate(
    String.raw`performance.getEntriesByType('resource').map(({ name }) => name).filter((name) => /\.(?:wasm|pack)$|worker/u.test(name))`,
  );
}

for (const [name, advice, start] of [
  ['Firefox', firefoxAdvice, (): Promise<InstalledBrowser | undefined> => startFirefox()],
  ['WebKitGTK', webkitAdvice, startWebKit],
] as const) {
  describe(`a link to an edited program in ${name}`, () => {
    let browser: InstalledBrowser | undefined;
    let site: Serving | undefined;
    before(async () => {
      site = await serve({ dir: join(projectRoot, 'dist'), port: 0, strictPort: false, isolated: false });
      browser = await start();
    });
    after(async () => {
      await browser?.close();
      await site?.close();
    });

    it('shows 30 kB of source, or says what is wrong, and runs nothing', { timeout: withinMs }, async (context) => {
      if (browser === undefined || site === undefined) {
        assert.notEqual(process.env['CI'], 'true', advice);
        context.skip(advice);
        return;
      }
      const page = new URL(path, site.url).href;
      const files = [{ path: 'host/main.go', text: longProgram() }];
      const link = await encodeProject({ host: example, plugin: 'go', files });
      const bomb = `#edit=d${deflateRawSync(Buffer.alloc(50_000_000), { level: 9 }).toString('base64url')}`;
      const tab = await browser.openTab();
      const sandbox = new DrivenSandbox(tab, example);
      // It tells what is wrong with a link.
      const first = new DrivenSandbox(tab, examples[0] ?? example);
      const open = async (fragment: string): Promise<void> => {
        // Another fragment alone would not load the page again.
        await tab.goto('about:blank');
        await tab.goto(page + fragment);
      };
      try {
        for (const [fragment, sentence] of [
          [link.slice(0, -8), /^This link is damaged: expected /u],
          [bomb, /^This link is damaged: expected at most 786,432 bytes of text, found more\./u],
        ] as const) {
          await open(fragment);
          await first.expectSaid('link', sentence);
          await sandbox.expectSaid('state', /^not started$/u);
          await first.expectSaid('state', /^not started$/u);
          assert.equal(await tab.evaluate(`document.querySelector('.edit-panel')`), null);
          assert.deepEqual(await askedToRun(tab), []);
        }

        await open(link);
        await sandbox.expectSaid('editor', /^These files came with the link\. Nothing was run/u);
        await sandbox.expectSaid('code', /^package main \/\/ the first line$/u);
        await sandbox.expectSaid('state', /^not started$/u);
        assert.deepEqual(await askedToRun(tab), []);
        // It draws only the lines that are seen. All of them go into a link.
        await tab.evaluate(`history.replaceState(null, '', location.pathname)`);
        await sandbox.shareProgram();
        await sandbox.expectSaid('editor', /^Copied\.|^The link is in the address bar/u);
        assert.deepEqual((await decodeProject(String(await tab.evaluate('location.hash')))).files, files);
      } finally {
        await tab.close();
      }
    });
  });
}
