/** The plugin's language: chosen once, for the whole site, every tab and the next visit. */
import type { Locator, Page } from 'playwright';
import { Sandbox } from './fixtures/sandbox.ts';
import { expect, test } from './fixtures/test.ts';

const LESSON = 'pipes-wait/';

function language(page: Page, example: string, name: 'Go' | 'C' | 'Rust'): Locator {
  return page
    .locator(`plugin-sandbox[data-example="${example}"]`)
    .first()
    .getByRole('radio', { name: `${name} plugin` });
}

test('the language that is chosen holds for the page’s other sandboxes, for other pages, and for the next visit', async ({
  page,
  openSandbox,
}) => {
  const sandbox = await openSandbox(LESSON, 'pipe-waits');
  await sandbox.choosePlugin('C plugin');
  await expect(language(page, 'host-ticks', 'C')).toBeChecked();
  await page.reload();
  await expect(language(page, 'pipe-waits', 'C')).toBeChecked();
  await page.goto('two-pipes/');
  await expect(language(page, 'two-pipes', 'C')).toBeChecked();
  await expect(page.getByRole('tab', { name: 'plugin/main.c' }).first()).toBeVisible();
});

test('a sandbox without that language shows its own first', async ({ page, openSandbox }) => {
  const sandbox = await openSandbox(LESSON, 'pipe-waits');
  await sandbox.choosePlugin('Rust plugin');
  await expect(language(page, 'host-ticks', 'Go')).toBeChecked();
  await page.goto('two-pipes/');
  await expect(language(page, 'two-pipes', 'Rust')).toBeChecked();
  await expect(language(page, 'one-pipe', 'Go')).toBeChecked();
});

test('another tab follows, but not what runs in it', async ({ page, context, openInC }) => {
  const running = await openInC(LESSON, 'pipe-waits');
  await running.run();
  await running.expectWaiting();
  const other = await context.newPage();
  await other.goto(LESSON);
  await expect(language(other, 'pipe-waits', 'C')).toBeChecked();
  await language(other, 'pipe-waits', 'Go').check();
  await expect(language(page, 'host-ticks', 'Go')).toBeChecked();
  await expect(language(page, 'pipe-waits', 'C')).toBeChecked();
  await other.close();
});

test('two sides run in it', async ({ page, openSandbox }) => {
  const sandbox = await openSandbox('watch-it-block/', 'pipe-waits');
  await sandbox.choosePlugin('C plugin');
  await sandbox.choosePlugin('Go plugin');
  await page.locator('side-by-side').scrollIntoViewIfNeeded();
  await page.getByRole('button', { name: 'Run both' }).click();
  const right = new Sandbox(page.locator('side-by-side plugin-sandbox').nth(1));
  await expect(right.root.getByRole('tab', { name: 'plugin/main.go' })).toBeVisible();
  await right.expectWaiting();
});

test('a language that a link brings is its sandbox’s alone, and is not kept', async ({ page, openInC }) => {
  const sandbox = await openInC(LESSON, 'pipe-waits');
  await sandbox.run();
  await sandbox.expectWaiting();
  await sandbox.copyLink();
  await expect(page).toHaveURL(/#run=/u);
  const link = page.url();
  await sandbox.stop();
  await sandbox.choosePlugin('Go plugin');

  await page.goto('about:blank');
  await page.goto(link);
  await expect(sandbox.root.getByText(/^This link brings/u)).toBeVisible();
  await expect(language(page, 'pipe-waits', 'C')).toBeChecked();
  await expect(language(page, 'host-ticks', 'Go')).toBeChecked();
  // What is chosen elsewhere does not change what the link is about.
  await language(page, 'host-ticks', 'C').check();
  await language(page, 'host-ticks', 'Go').check();
  await expect(language(page, 'pipe-waits', 'C')).toBeChecked();
  await page.goto(LESSON);
  await expect(language(page, 'pipe-waits', 'Go')).toBeChecked();
});

test.describe('where nothing is kept', () => {
  test('a language that is none is as if there were none', async ({ page, openSandbox }) => {
    await page.addInitScript(() => localStorage.setItem('plugin-language', '}{"go'));
    const sandbox = await openSandbox(LESSON, 'pipe-waits');
    await expect(sandbox.root.getByRole('radio', { name: 'Go plugin' })).toBeChecked();
  });

  test('a choice holds for the page', async ({ page, openSandbox }) => {
    await page.addInitScript(() =>
      Object.defineProperty(window, 'localStorage', {
        configurable: true,
        get: () => {
          throw new DOMException('The operation is insecure.', 'SecurityError');
        },
      }),
    );
    const sandbox = await openSandbox(LESSON, 'pipe-waits');
    await sandbox.choosePlugin('C plugin');
    await expect(language(page, 'host-ticks', 'C')).toBeChecked();
  });

  test('a full storage keeps the page’s choice', async ({ page, openSandbox }) => {
    await page.addInitScript(() => {
      localStorage.setItem('plugin-language', 'go');
      // The theme is stored too, which is not what this is about.
      Storage.prototype.setItem = (key) => {
        if (key !== 'plugin-language') return;
        throw new DOMException('The quota has been exceeded.', 'QuotaExceededError');
      };
    });
    const sandbox = await openSandbox(LESSON, 'pipe-waits');
    await sandbox.choosePlugin('C plugin');
    await expect(language(page, 'host-ticks', 'C')).toBeChecked();
  });
});
