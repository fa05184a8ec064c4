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
  await sandbox.root.getByRole('button', { name: 'Copy a link to this run' }).click();
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
