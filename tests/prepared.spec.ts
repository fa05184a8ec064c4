/** Runs are prepared on intent: what that spares a reader, and what it must not cost one. No time is measured here. */
import type { Page, Worker } from 'playwright';
import { builtPages, pageOf } from './fixtures/built-site.ts';
import { Sandbox } from './fixtures/sandbox.ts';
import { expect, test } from './fixtures/test.ts';

/** The workers of runs, in the order they were started; those that are gone too. */
function watchWorkers(page: Page): Worker[] {
  const started: Worker[] = [];
  page.on('worker', (worker) => started.push(worker));
  return started;
}

/** Resolves when the page has nothing to do, which is when a run would be prepared. */
async function idle(page: Page): Promise<void> {
  await page.evaluate(
    () =>
      new Promise<void>((resolve) => {
        requestIdleCallback(() => {
          requestIdleCallback(() => resolve());
        });
      }),
  );
}

/** Makes the page believe that it is hidden, or seen again. */
async function setVisibility(page: Page, state: DocumentVisibilityState): Promise<void> {
  await page.evaluate((value) => {
    Object.defineProperty(document, 'visibilityState', { configurable: true, value });
    document.dispatchEvent(new Event('visibilitychange'));
  }, state);
}

test('a pointer on Run prepares a run, and Run takes it', async ({ page, openSandbox }) => {
  const workers = watchWorkers(page);
  const sandbox = await openSandbox(pageOf('pipe-waits').path, 'pipe-waits');
  await sandbox.runButton.hover();
  await expect.poll(() => workers.length).toBe(1);
  await expect(sandbox.state).toHaveText('not started');
  await expect(sandbox.log).toBeEmpty();
  await sandbox.run();
  await sandbox.expectWaiting();
  expect(workers).toHaveLength(1);
});

test('the focus on Run prepares a run, and Run takes it', async ({ page, openSandbox }) => {
  const workers = watchWorkers(page);
  const sandbox = await openSandbox(pageOf('pipe-waits').path, 'pipe-waits');
  await sandbox.runButton.focus();
  await expect.poll(() => workers.length).toBe(1);
  await page.keyboard.press('Enter');
  await sandbox.expectWaiting();
  expect(workers).toHaveLength(1);
});

test('the next run is prepared when one has ended, so a plugin is not compiled again while its reader waits', async ({
  page,
  openSandbox,
}) => {
  const workers = watchWorkers(page);
  const sandbox = await openSandbox(pageOf('pipe-waits').path, 'pipe-waits');
  await sandbox.choosePlugin('Go plugin');
  await sandbox.run();
  await sandbox.expectWaiting();
  expect(workers).toHaveLength(1);
  await sandbox.stop();
  await expect.poll(() => workers.length).toBe(2);
  await sandbox.run();
  await sandbox.expectWaiting();
  expect(workers).toHaveLength(2);
  await expect.poll(() => page.workers()).toEqual(workers.slice(1));
});

test('a prepared run has no input of the run before it', async ({ openSandbox }) => {
  const sandbox = await openSandbox(pageOf('pipe-waits').path, 'pipe-waits');
  await sandbox.run();
  await sandbox.expectWaiting();
  await sandbox.type('Ada');
  await expect(sandbox.log).toContainText('Hello, Ada');
  await sandbox.closeStdin();
  await sandbox.expectExit(0);
  await sandbox.run();
  await sandbox.expectWaiting();
  await expect(sandbox.log).toHaveText('Name: ');
});

test('a page has one prepared run at most', async ({ page, openSandbox }) => {
  const both = builtPages().find(({ examples }) => examples.includes('pipe-waits') && examples.includes('host-ticks'));
  expect(both, 'a page with pipe-waits and host-ticks').toBeDefined();
  const workers = watchWorkers(page);
  const first = await openSandbox(both?.path ?? '', 'pipe-waits');
  const second = new Sandbox(page.locator('plugin-sandbox[data-example="host-ticks"]').first());
  await first.runButton.hover();
  await expect.poll(() => workers.length).toBe(1);
  await second.runButton.hover();
  await expect.poll(() => workers.length).toBe(2);
  await expect.poll(() => page.workers()).toEqual(workers.slice(1));
  await first.runButton.hover();
  await expect.poll(() => workers.length).toBe(3);
  await expect.poll(() => page.workers()).toEqual(workers.slice(2));
});

test('a page loads and compiles the host once', async ({ page, openSandbox }) => {
  const requests: string[] = [];
  page.on('request', (request) => {
    if (/\/hosts\.[^/]+\.wasm$/u.test(request.url())) requests.push(request.url());
  });
  await page.addInitScript(() => {
    const compiled: string[] = [];
    Object.assign(globalThis, { compiled });
    for (const name of ['compile', 'compileStreaming'] as const) {
      const original = WebAssembly[name] as (source: unknown) => Promise<WebAssembly.Module>;
      Object.assign(WebAssembly, {
        [name]: (source: unknown) => {
          compiled.push(name);
          return original.call(WebAssembly, source);
        },
      });
    }
  });
  const sandbox = await openSandbox(pageOf('pipe-waits').path, 'pipe-waits');
  for (const plugin of ['C plugin', 'Go plugin', 'C plugin'] as const) {
    await sandbox.choosePlugin(plugin);
    await sandbox.run();
    await sandbox.expectWaiting();
    await sandbox.stop();
  }
  expect(requests).toHaveLength(1);
  expect(await page.evaluate(() => (globalThis as unknown as { compiled: string[] }).compiled)).toHaveLength(1);
});

test('nothing is prepared for a reader who saves data', async ({ page, openSandbox }) => {
  await page.addInitScript(() => {
    Object.defineProperty(navigator, 'connection', { value: { saveData: true } });
  });
  const workers = watchWorkers(page);
  const loaded: string[] = [];
  page.on('request', (request) => {
    if (request.url().endsWith('.wasm')) loaded.push(request.url());
  });
  const sandbox = await openSandbox(pageOf('pipe-waits').path, 'pipe-waits');
  await sandbox.runButton.hover();
  await sandbox.runButton.focus();
  await idle(page);
  expect(loaded).toEqual([]);
  expect(workers).toEqual([]);
  await sandbox.run();
  await sandbox.expectWaiting();
  await sandbox.stop();
  await sandbox.expectState('stopped');
  await idle(page);
  expect(workers).toHaveLength(1);
});

test('a prepared run that was not used is given up when the page is hidden, and prepared anew on the next intent', async ({
  page,
  openSandbox,
}) => {
  const workers = watchWorkers(page);
  const sandbox = await openSandbox(pageOf('pipe-waits').path, 'pipe-waits');
  await sandbox.runButton.hover();
  await expect.poll(() => workers.length).toBe(1);
  await setVisibility(page, 'hidden');
  await expect.poll(() => page.workers()).toEqual([]);
  await setVisibility(page, 'visible');
  await page.mouse.move(0, 0);
  await sandbox.runButton.hover();
  await expect.poll(() => workers.length).toBe(2);
  await sandbox.run();
  await sandbox.expectWaiting();
  expect(workers).toHaveLength(2);
});

test('a run that is under way goes on while the page is hidden', async ({ page, openSandbox }) => {
  const workers = watchWorkers(page);
  const sandbox = await openSandbox(pageOf('pipe-waits').path, 'pipe-waits');
  await sandbox.run();
  await sandbox.expectWaiting();
  await setVisibility(page, 'hidden');
  await setVisibility(page, 'visible');
  await sandbox.type('Ada');
  await expect(sandbox.log).toContainText('Hello, Ada');
  await expect.poll(() => page.workers()).toEqual(workers);
});
