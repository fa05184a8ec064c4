/** In Firefox a reader sees on the timeline what waits, what ends the wait, and EOF. In Chromium: tests/timeline.spec.ts. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import process from 'node:process';
import { after, before, describe, it } from 'node:test';
import { serve, type Serving } from '../../scripts/serve.ts';
import { pageOf, projectRoot } from '../fixtures/built-site.ts';
import { DrivenSandbox } from './driven-sandbox.ts';
import { firefoxAdvice, startFirefox } from './firefox.ts';
import type { InstalledBrowser } from './tab.ts';

/** The live run and its timeline are on the screen together: lanes are drawn while they are seen. */
const WINDOW = { width: 1280, height: 1600 };

describe('The timeline in Firefox', () => {
  let browser: InstalledBrowser | undefined;
  let site: Serving | undefined;
  before(async () => {
    site = await serve({ dir: join(projectRoot, 'dist'), port: 0, strictPort: false, isolated: false });
    browser = await startFirefox(WINDOW);
  });
  after(async () => {
    await browser?.close();
    await site?.close();
  });

  it('shows a wait that grows, the line that ends it, and EOF', { timeout: 90_000 }, async (context) => {
    if (browser === undefined) {
      assert.notEqual(process.env['CI'], 'true', firefoxAdvice);
      context.skip(firefoxAdvice);
      return;
    }
    const tab = await browser.openTab();
    try {
      await tab.goto(new URL(pageOf('pipe-waits').path, site?.url).href);
      const sandbox = new DrivenSandbox(tab, 'pipe-waits');
      await sandbox.choosePlugin('C plugin');
      await sandbox.run();

      await sandbox.expectSaid('state', /^waiting in fd_read, \d+\.\d s$/u);
      await sandbox.expectSaid('lanes', /^waiting in fd_read, \d/u);
      await sandbox.expectSaid('table', /fd_read\(0\).*waiting$/u);
      await sandbox.expectDrawnWaitAbove(0);
      await sandbox.expectDrawnWaitAbove((await sandbox.drawnWait()) + 500);

      await sandbox.type('Grace');
      await sandbox.expectSaid('table', /you.*typed “Grace⏎”.*6 bytes$/u);
      await sandbox.expectSaid('table', /fd_read\(0\).*6 bytes “Grace⏎”$/u);
      await sandbox.expectSaid('table', /fd_write\(1\).*14 bytes “Hello, Grace!⏎”$/u);
      await sandbox.expectSaid('lanes', /^“Grace⏎” 6 bytes$/u);
      await sandbox.expectSaid('lanes', /^(?:fd_read waited .*: )?6 bytes$/u);
      await sandbox.expectSaid('state', /^waiting in fd_read, /u);

      await sandbox.closeStdin();
      await sandbox.expectSaid('host', /^exited 0/u);
      await sandbox.expectSaid('lanes', /0 bytes = EOF$/u);
      await sandbox.expectSaid('table', /fd_read\(0\).*0 bytes = EOF$/u);
      await sandbox.expectSaid('table', /closed stdin$/u);
      assert.equal(await sandbox.drawnWait(), 0, 'no bar waits any more');
    } finally {
      await tab.close();
    }
  });
});
