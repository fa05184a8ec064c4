/** What plugin and host do, as two chips beside each other, side by side and at the end of a run. */
import sharp from 'sharp';
import type { Locator } from 'playwright/test';
import { pageOf } from './fixtures/built-site.ts';
import { Sandbox } from './fixtures/sandbox.ts';
import { expect, test } from './fixtures/test.ts';

/** How light a part of the page is on the whole, in grey: 0 is black, 1 is white. */
async function lightness(part: Locator): Promise<number> {
  const { data } = await sharp(await part.screenshot())
    .greyscale()
    .raw()
    .toBuffer({ resolveWithObject: true });
  // As WCAG has it: relative luminance, out of sRGB.
  const linear = (value: number): number => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4);
  return data.reduce((sum, value) => sum + linear(value / 255), 0) / data.length;
}

test('side by side the two plugins differ in word, in shape and in grey, and their names say how', async ({ page }) => {
  await page.goto('watch-it-block/');
  await page.getByRole('heading', { name: 'bytes.Buffer', exact: true }).scrollIntoViewIfNeeded();
  const both = page.getByRole('group', { name: 'bytes.Buffer and io.Pipe, together' });
  await both.getByRole('button', { name: 'Run both' }).click();
  const side = (label: string): Sandbox => new Sandbox(page.locator(`[data-side="${label}"] plugin-sandbox`));
  const [buffer, pipe] = [side('bytes.Buffer'), side('io.Pipe')];
  await expect(pipe.root.getByRole('group', { name: 'plugin: waiting in fd_read', exact: true })).toBeVisible();
  await expect(buffer.root.getByRole('group', { name: 'plugin: EOF, exited 0', exact: true })).toBeVisible();
  await expect(pipe.state).toHaveText(/^waiting in fd_read, \d+\.\d s$/u);
  await expect(buffer.state).toHaveText('EOF, exited 0');
  for (const { root } of [buffer, pipe]) {
    await expect(root.getByRole('group', { name: 'host: reads your input', exact: true })).toBeVisible();
  }
  await expect(buffer.state).toHaveAttribute('data-met', 'eof');
  await expect(pipe.state).toHaveAttribute('data-met', 'wait');
  const [ended, waiting] = [
    await lightness(buffer.state.locator('span').first()),
    await lightness(pipe.state.locator('span').first()),
  ];
  expect((ended + 0.05) / (waiting + 0.05)).toBeGreaterThanOrEqual(3);
});

test('the row of the chips stays where it is, and the last verdict stays', async ({ openSandbox }) => {
  const sandbox = await openSandbox(pageOf('pipe-waits').path, 'pipe-waits');
  await sandbox.choosePlugin('C plugin');
  const bar = sandbox.root.locator('[data-part="live"] .bar');
  const height = (await bar.boundingBox())?.height;
  await sandbox.run();
  await sandbox.expectWaiting();
  // While something runs, it is Send that stands out.
  await expect(sandbox.root.locator('[data-part="live"]')).toHaveAttribute('data-next', 'send');
  expect((await bar.boundingBox())?.height).toBe(height);
  await sandbox.closeStdin();
  await sandbox.expectExit(0);
  await expect(sandbox.state).toHaveText('EOF, then exited 0');
  await expect(sandbox.host).toHaveText('exited 0');
  expect((await bar.boundingBox())?.height).toBe(height);
  await sandbox.run();
  await sandbox.expectWaiting();
  await sandbox.stop();
  await expect(sandbox.state).toHaveText('fd_read never returned');
  await expect(sandbox.state).toHaveAttribute('data-met', 'wait');
});

test('the error that a host returned is the cause of its exit, not the plugin’s status', async ({ openSandbox }) => {
  const sandbox = await openSandbox(pageOf('stop-in-time').path, 'stop-in-time');
  await sandbox.choosePlugin('C plugin');
  await sandbox.run();
  await sandbox.expectExit(1);
  await expect(sandbox.host).toHaveText('exited 1 · context deadline exceeded');
});
