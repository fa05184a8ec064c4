/** What the third transport promises beyond the others: nothing but stdin is touched, and nothing is lost with it. */
import type { CDPSession, Page } from 'playwright';
import { pageOf } from './fixtures/built-site.ts';
import { expect, test } from './fixtures/test.ts';

const stdinUrl = /\/_astro\/block-or-eof-stdin\//u;

/** A session that can stop the site's service workers. */
async function serviceWorkerControl(page: Page): Promise<CDPSession> {
  const cdp = await page.context().newCDPSession(page);
  await cdp.send('ServiceWorker.enable');
  return cdp;
}

test('the service worker answers for stdin alone, and controls no page', async ({ page, openInC }) => {
  const answered = new Set<string>();
  page.on('response', (response) => {
    if (response.fromServiceWorker()) answered.add(new URL(response.url()).pathname);
  });
  const sandbox = await openInC(pageOf('pipe-waits').path, 'pipe-waits');
  await sandbox.run();
  await sandbox.expectWaiting();
  await page.goto(`${pageOf('terminal').path}?transport=service-worker`);
  await page.reload();
  expect([...answered].filter((path) => !stdinUrl.test(path))).toEqual([]);
  expect(
    await page.evaluate(async () => ({
      controlled: navigator.serviceWorker.controller !== null,
      scopes: (await navigator.serviceWorker.getRegistrations()).map(({ scope }) => new URL(scope).pathname),
    })),
  ).toEqual({ controlled: false, scopes: ['/_astro/'] });
});

test('no service worker is registered before the reader shows intent, nor where JSPI is used', async ({ page }) => {
  const registrations = (): Promise<number> =>
    page.evaluate(async () => (await navigator.serviceWorker.getRegistrations()).length);
  const { path } = pageOf('pipe-waits');
  await page.goto(`${path}?transport=service-worker`);
  await expect(page.getByRole('button', { name: 'Run', exact: true }).first()).toBeVisible();
  expect(await registrations()).toBe(0);
  await page.goto(path);
  await page.getByRole('button', { name: 'Run', exact: true }).first().click();
  await expect(page.locator('[data-part="transport"]').first()).toHaveText('waits by JSPI');
  expect(await registrations()).toBe(0);
});

test('a service worker that the browser stops while the plugin waits loses nothing and doubles nothing', async ({
  page,
  openInC,
}) => {
  const cdp = await serviceWorkerControl(page);
  const sandbox = await openInC(pageOf('pipe-waits').path, 'pipe-waits');
  await sandbox.run();
  await sandbox.expectWaiting();
  for (const name of ['Ada', 'Grace', 'Zoë']) {
    await cdp.send('ServiceWorker.stopAllWorkers');
    await sandbox.type(name);
    await expect(sandbox.log).toContainText(`Hello, ${name}!`);
    await sandbox.expectWaiting();
  }
  await cdp.send('ServiceWorker.stopAllWorkers');
  await sandbox.closeStdin();
  await sandbox.expectExit(0);
  const greetings = (await sandbox.text('stdout')).match(/Hello, \S+/gu);
  expect(greetings).toEqual(['Hello, Ada!', 'Hello, Grace!', 'Hello, Zoë!']);
});

test('a service worker that is gone for good ends the run with a clear sentence, and Run works again', async ({
  page,
  openInC,
  arranged,
}) => {
  // The requests that find no service worker.
  arranged(/\/block-or-eof-stdin\/[^/]+\?/u);
  const sandbox = await openInC(pageOf('pipe-waits').path, 'pipe-waits');
  await sandbox.run();
  await sandbox.expectWaiting();
  const cdp = await serviceWorkerControl(page);
  // What the browser's "Clear site data" does.
  await cdp.send('Storage.clearDataForOrigin', { origin: new URL(page.url()).origin, storageTypes: 'service_workers' });
  await cdp.send('ServiceWorker.stopAllWorkers');
  await sandbox.expectState('failed');
  await expect(sandbox.host).toContainText(/service worker that brings stdin .*press Run again/u);
  await sandbox.run();
  await sandbox.expectWaiting();
  await sandbox.type('Ada');
  await expect(sandbox.log).toContainText('Hello, Ada!');
});

test('a browser that refuses the service worker says so and replays the recorded session', async ({
  page,
  openSandbox,
}) => {
  await page.addInitScript(() => {
    ServiceWorkerContainer.prototype.register = () => Promise.reject(new Error('refused'));
  });
  const sandbox = await openSandbox(pageOf('pipe-waits').path, 'pipe-waits');
  await sandbox.run();
  await sandbox.expectState('replaying');
  await expect(sandbox.root.locator('[data-part="transport"]')).toContainText('Run replays the recorded session');
});
