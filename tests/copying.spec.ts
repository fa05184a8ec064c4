/** Copying: what is on the clipboard after a press on Copy, or after a selection, is the file and nothing else. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright';
import { root } from '../scripts/install.mjs';
import { loadExample } from '../src/examples/load-example.ts';
import { axe } from './fixtures/axe.ts';
import { builtPages } from './fixtures/built-site.ts';
import { expect, test } from './fixtures/test.ts';

/** A source as its reader has it: the file without the marks of its regions. */
function fileOf(example: string, file: string): string {
  return readFileSync(join(root, 'examples', example, file), 'utf8').replaceAll(
    /^[ \t]*\/\/ #(?:end)?region\b.*\n/gmu,
    '',
  );
}

async function clipboard(page: Page): Promise<string> {
  return await page.evaluate(() => navigator.clipboard.readText());
}

test.describe('with a clipboard', () => {
  test.use({ permissions: ['clipboard-read', 'clipboard-write'] });

  test('Copy takes a whole file of a sandbox, and says so, aloud too', async ({ page, openSandbox }) => {
    const { root: sandbox } = await openSandbox('pipes-wait/', 'pipe-waits');
    await sandbox.getByRole('button', { name: 'Copy host/main.go' }).click();
    await expect(page.getByRole('status').filter({ hasText: /^Copied$/u })).toHaveCount(1);
    expect(await clipboard(page)).toBe(fileOf('pipe-waits', 'host/main.go'));
    await sandbox.getByRole('tab', { name: 'plugin/main.go' }).click();
    await sandbox.getByRole('button', { name: 'Copy plugin/main.go' }).press('Enter');
    await expect(async () => expect(await clipboard(page)).toBe(fileOf('pipe-waits', 'plugin/main.go'))).toPass();
    expect(await axe(page, { within: 'main' })).toEqual([]);
  });

  test('Copy takes the lines of a listing, and a command', async ({ page, openPage }) => {
    await openPage('pipes-wait/');
    const listing = page.locator('.listing').filter({ hasText: 'plugin/main.rs' });
    await listing.getByRole('button', { name: 'Copy the lines of plugin/main.rs' }).click();
    const lines = loadExample('pipe-waits')
      .sources.find(({ file }) => file === 'plugin/main.rs')
      ?.lines.filter(({ regions }) => regions.has('key'));
    const trimmed = (text: string): string[] => text.split('\n').map((line) => line.trim());
    await expect(async () =>
      expect(trimmed(await clipboard(page))).toEqual([...(lines ?? []).map(({ text }) => text.trim()), '']),
    ).toPass();

    const recording = page.locator('plugin-sandbox[data-example="pipe-waits"]').first();
    await recording.getByRole('button', { name: 'Copy host pipe-waits.wasm' }).click();
    await expect(async () => expect(await clipboard(page)).toBe('host pipe-waits.wasm')).toPass();
    await recording.getByRole('radio', { name: 'C plugin' }).check();
    await recording.getByRole('tab', { name: 'At home' }).click();
    await recording.getByRole('button', { name: 'Copy the commands for the C plugin' }).click();
    await expect(async () =>
      expect(await clipboard(page)).toMatch(/^go mod init .*\n[^]*\nclang .*\n[^]*pipe-waits/u),
    ).toPass();
  });

  test('“Select all” in a source is that file, and what is copied of it is the file', async ({ page, openSandbox }) => {
    const { root: sandbox } = await openSandbox('pipes-wait/', 'pipe-waits');
    const source = sandbox.getByRole('tabpanel', { name: 'host/main.go' }).locator('pre');
    await source.click();
    await page.keyboard.press('Control+a');
    await page.keyboard.press('Control+c');
    expect(await clipboard(page)).toBe(fileOf('pipe-waits', 'host/main.go'));
    // Anywhere else it is the page, as everywhere.
    await page.getByRole('heading', { level: 1 }).click();
    await page.keyboard.press('Control+a');
    expect(await page.evaluate(() => getSelection()?.toString())).toContain('Pipes wait');
  });

  test('some lines of a source are copied as they are in the file', async ({ page, openSandbox }) => {
    const { root: sandbox } = await openSandbox('pipes-wait/', 'pipe-waits');
    const lines = sandbox.getByRole('tabpanel', { name: 'host/main.go' }).locator('mark.line');
    await selectFrom(lines.nth(0), lines.nth(2));
    await page.keyboard.press('Control+c');
    const key = fileOf('pipe-waits', 'host/main.go').split('\n');
    const first = key.findIndex((line) => line.includes('io.Pipe()'));
    expect(await clipboard(page)).toBe(`${key.slice(first, first + 3).join('\n')}\n`);
  });
});

test('where the browser refuses, Copy says so, and selects what it would have copied', async ({
  page,
  openSandbox,
}) => {
  await page.addInitScript(() => {
    navigator.clipboard.writeText = () =>
      Promise.reject(new DOMException('Write permission denied.', 'NotAllowedError'));
  });
  const { root: sandbox } = await openSandbox('pipes-wait/', 'pipe-waits');
  await sandbox.getByRole('button', { name: 'Copy host/main.go' }).click();
  await expect(page.getByRole('status').filter({ hasText: 'Not copied' })).toHaveText(
    /It is selected, so you can copy it yourself\.$/u,
  );
  const selected = await page.evaluate(() => getSelection()?.getRangeAt(0).cloneContents().textContent);
  expect(selected).toBe(fileOf('pipe-waits', 'host/main.go'));
});

test('every source, every listing and every command on the site has a Copy button', async ({ page }) => {
  test.slow();
  for (const { path } of builtPages()) {
    await page.goto(path);
    const blocks = await page.locator('pre, .transcript [data-kind="command"]').evaluateAll((all) =>
      all.map((block) => ({
        text: block.textContent.slice(0, 60),
        copies: block.closest('[data-source], figure, section, li')?.querySelectorAll('button.copy').length,
      })),
    );
    const without = blocks.filter(({ copies }) => copies !== 1);
    expect({ path, without }).toEqual({ path, without: [] });
  }
});

/** Selects by hand, from the beginning of one line to the end of another. */
async function selectFrom(first: Locator, last: Locator): Promise<void> {
  const to = await last.elementHandle();
  await first.evaluate((line, end) => {
    getSelection()?.setBaseAndExtent(line, 0, end, end.childNodes.length);
  }, to);
}
