/** The page about other hosts: plugins, live, with no wazero between. */
import { expect, test } from './fixtures/test.ts';

test('a plugin meets EOF on an empty file, and waits on a stream and on the engine', async ({ page }) => {
  const asked: string[] = [];
  page.on('request', (request) => asked.push(new URL(request.url()).pathname));
  await page.goto('reference/other-hosts/');

  const trap = page.getByRole('region', { name: 'Live run: An empty file' });
  await trap.getByRole('button', { name: 'Run' }).click();
  await expect(trap.locator('[data-part="state"]')).toHaveText('exited 0');
  await expect(trap.getByRole('log')).toContainText('EOF: no more names.');

  for (const title of ['A stream, and an import that waits', 'A pipe of the engine']) {
    const cure = page.getByRole('region', { name: `Live run: ${title}` });
    await cure.getByRole('button', { name: 'Run' }).click();
    await expect(cure.locator('[data-part="state"]')).toHaveText('waiting for input');
    await cure.getByRole('textbox', { name: 'You type into the plugin’s stdin' }).fill('Zoë');
    await cure.getByRole('button', { name: 'Send' }).click();
    await expect(cure.getByRole('log')).toContainText('Hello, Zoë!');
    await expect(cure.locator('[data-part="state"]')).toHaveText('waiting for input');
    // Another run begins anew, and can be stopped.
    await cure.getByRole('button', { name: 'Run' }).click();
    await expect(cure.getByRole('log')).toHaveText('Name: ');
    await expect(cure.locator('[data-part="state"]')).toHaveText('waiting for input');
    await cure.getByRole('button', { name: 'Stop' }).click();
    await expect(cure.locator('[data-part="state"]')).toHaveText('stopped');
    await cure.getByRole('button', { name: 'Run' }).click();
    await expect(cure.locator('[data-part="state"]')).toHaveText('waiting for input');
    await cure.getByRole('button', { name: 'Close stdin' }).click();
    await expect(cure.locator('[data-part="state"]')).toHaveText('exited 0');
    await expect(cure.getByRole('log')).toContainText('EOF: no more names.');
  }
  expect(asked.filter((path) => path.includes('hosts.') && path.endsWith('.wasm'))).toEqual([]);
});

test('a plugin in Go crashes on the shim when it polls, and runs on the engine', async ({ page }) => {
  await page.goto('reference/other-hosts/');
  const shim = page.getByRole('region', { name: 'Live run: On the shim' });
  const engine = page.getByRole('region', { name: 'Live run: On this site’s engine' });
  const both = page.getByRole('group', { name: 'Both hosts, together' });
  await both.getByRole('button', { name: 'Run both' }).focus();
  await page.keyboard.press('Enter');

  await expect(shim.locator('[data-part="state"]')).toHaveText('exited 2 · the plugin gave up: poll_oneoff failed');
  await expect(shim.getByRole('log')).toContainText('fatal error: poll_oneoff failed');

  await expect(engine.locator('[data-part="state"]')).toHaveText('waiting for input');
  await engine.getByRole('textbox', { name: 'You type into the plugin’s stdin' }).fill('Zoë');
  await page.keyboard.press('Enter');
  await expect(engine.locator('[data-part="state"]')).toHaveText('exited 0');
  await expect(engine.getByRole('log')).toContainText('read: Zoë');
  await expect(engine.getByRole('log')).toContainText('the other goroutine ran meanwhile: true');

  const none = page.getByRole('region', { name: 'Live run: Without poll_oneoff' });
  await none.getByRole('button', { name: 'Run' }).click();
  await expect(none.locator('[data-part="state"]')).toHaveText(
    'exited 2 · the plugin gave up: wasi_snapshot_preview1.poll_oneoff',
  );
  await expect(none.getByRole('log')).toContainText('errno= 52');
});

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  test('the crash and the cure are there as recorded', async ({ page }) => {
    await page.goto('reference/other-hosts/');
    await expect(page.getByRole('button', { name: 'Run both' })).toBeHidden();
    await expect(page.getByRole('region', { name: 'Recorded session: On the shim' })).toContainText(
      'fatal error: poll_oneoff failed',
    );
    await expect(page.getByRole('region', { name: 'Recorded session: On this site’s engine' })).toContainText(
      'the other goroutine ran meanwhile: true',
    );
  });
});

test('the tables of the hosts say what was recorded', async ({ page }) => {
  await page.goto('reference/other-hosts/');
  const table = page.getByRole('table', { name: 'A plugin in Go that counts while it reads' });
  const node = table.getByRole('row', { name: /^node:wasi/u });
  await expect(node.getByRole('cell').last()).toHaveText(/reads nothing\s*goroutine stood still/u);
  const engine = table.getByRole('row', { name: /^this site’s engine/u });
  await expect(engine.getByRole('cell').last()).toHaveText(/waits\s*reads the line\s*goroutine ran/u);
});
