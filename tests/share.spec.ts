/** A link to a run: what it restores, and what it does when it is damaged. */
import { pageOf } from './fixtures/built-site.ts';
import { Sandbox } from './fixtures/sandbox.ts';
import { expect, test } from './fixtures/test.ts';

test('a link restores the plugin and the acts, runs nothing until Run, and gives the same session', async ({
  page,
  openSandbox,
}) => {
  const sandbox = await openSandbox(pageOf('pipe-waits').path, 'pipe-waits');
  await sandbox.choosePlugin('C plugin');
  await sandbox.run();
  await sandbox.expectWaiting();
  await sandbox.type('世界');
  await expect(sandbox.log).toContainText('Hello, 世界');
  await sandbox.expectWaiting();
  await sandbox.closeStdin();
  await sandbox.expectExit(0);
  const session = await sandbox.pieces();
  await sandbox.copyLink();
  await expect(sandbox.root.getByText(/Copied|in the address bar/u)).toBeVisible();
  const link = page.url();

  await page.goto('about:blank');
  await page.goto(link);
  const restored = new Sandbox(page.locator('plugin-sandbox[data-example="pipe-waits"]').first());
  await expect(restored.root.getByText('This link brings 2 acts.')).toBeVisible();
  await expect(restored.root.getByRole('radio', { name: 'C plugin' })).toBeChecked();
  await restored.expectState('idle');
  await restored.run();
  await restored.expectExit(0);
  await restored.expectLog(session);
});

test('a link restores the answer that was bet on, and the run then judges it', async ({ page, openSandbox }) => {
  const sandbox = await openSandbox('watch-it-block/', 'pipe-waits');
  const prediction = page.locator('plugin-prediction').first();
  await prediction.getByRole('radio', { name: 'EOF' }).check();
  await sandbox.choosePlugin('C plugin');
  await sandbox.run();
  await sandbox.expectWaiting();
  await sandbox.type('Grace');
  await expect(prediction.getByRole('status')).toContainText('It came differently');
  await sandbox.copyLink();
  await expect(sandbox.root.getByText(/Copied|in the address bar/u)).toBeVisible();
  const link = page.url();

  await page.goto('about:blank');
  await page.goto(link);
  await expect(sandbox.root.getByText('This link brings one act.')).toBeVisible();
  await expect(prediction.getByRole('radio', { name: 'EOF' })).toBeChecked();
  await expect(prediction.getByRole('status')).toBeEmpty();
  await sandbox.run();
  await expect(prediction.getByRole('status')).toContainText('It came differently');
});

test('a link to a variant shows that variant, and not its page’s other sandbox of the example', async ({
  page,
  openSandbox,
}) => {
  const first = await openSandbox('watch-it-block/', 'pipe-waits');
  const variants = page.locator('plugin-variants');
  await variants.scrollIntoViewIfNeeded();
  await variants.getByRole('radio', { name: 'io.Pipe', exact: true }).check();
  const variant = new Sandbox(variants.locator('plugin-sandbox[data-example="pipe-waits"]'));
  await variant.choosePlugin('C plugin');
  await variant.run();
  await variant.expectWaiting();
  await variant.stop();
  await variant.copyLink();
  await expect(variant.root.getByText(/Copied|in the address bar/u)).toBeVisible();
  const link = page.url();

  await page.goto('about:blank');
  await page.goto(link);
  await expect(variant.root.getByText('This link brings one act.')).toBeVisible();
  await expect(variants.getByRole('radio', { name: 'io.Pipe', exact: true })).toBeChecked();
  await expect(variant.root.getByRole('radio', { name: 'C plugin' })).toBeChecked();
  await expect(first.root.getByText('This link brings')).toBeHidden();
});

test('a damaged link says so, and leaves the plain example', async ({ page, openSandbox }) => {
  const { path } = pageOf('pipe-waits');
  await page.goto(`${path}#run=eyJ2IjoxLC`);
  const sandbox = new Sandbox(page.locator('plugin-sandbox').first());
  await expect(sandbox.root.getByText(/This link is damaged: expected .*, found .*plain example/u)).toBeVisible();
  await page.goto('about:blank');
  const plain = await openSandbox(path, 'pipe-waits');
  await plain.run();
  await plain.expectWaiting();
});
