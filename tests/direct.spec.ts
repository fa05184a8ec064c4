/** The page about other hosts: one plugin, live, with no wazero between. */
import { expect, test } from './fixtures/test.ts';

test('a plugin meets EOF on an empty file, and waits on a stream and on the engine', async ({ page }) => {
  const asked: string[] = [];
  page.on('request', (request) => asked.push(new URL(request.url()).pathname));
  await page.goto('reference/other-hosts/');

  const trap = page.getByRole('region', { name: 'Live run: An empty file' });
  await trap.getByRole('button', { name: 'Run' }).click();
  await expect(trap.locator('[data-part="state"]')).toHaveText('Exited with status 0');
  await expect(trap.getByRole('log')).toContainText('EOF: no more names.');

  for (const title of ['A stream, and an import that waits', 'A pipe of the engine']) {
    const cure = page.getByRole('region', { name: `Live run: ${title}` });
    await cure.getByRole('button', { name: 'Run' }).click();
    await expect(cure.locator('[data-part="state"]')).toHaveText('Waiting for input');
    await cure.getByRole('textbox', { name: 'Line for stdin' }).fill('Zoë');
    await cure.getByRole('button', { name: 'Send' }).click();
    await expect(cure.getByRole('log')).toContainText('Hello, Zoë!');
    await expect(cure.locator('[data-part="state"]')).toHaveText('Waiting for input');
    // Another run begins anew, and can be stopped.
    await cure.getByRole('button', { name: 'Run' }).click();
    await expect(cure.getByRole('log')).toHaveText('Name: ');
    await expect(cure.locator('[data-part="state"]')).toHaveText('Waiting for input');
    await cure.getByRole('button', { name: 'Stop' }).click();
    await expect(cure.locator('[data-part="state"]')).toHaveText('Stopped');
    await cure.getByRole('button', { name: 'Run' }).click();
    await expect(cure.locator('[data-part="state"]')).toHaveText('Waiting for input');
    await cure.getByRole('button', { name: 'Close stdin' }).click();
    await expect(cure.locator('[data-part="state"]')).toHaveText('Exited with status 0');
    await expect(cure.getByRole('log')).toContainText('EOF: no more names.');
  }
  expect(asked.filter((path) => path.includes('hosts.') && path.endsWith('.wasm'))).toEqual([]);
});
