/**
 * What a reader sees when a plugin, a host, the network or the browser fails: a sentence that says what happened, a page that
 * answers all the while, a next run that works, and memory that has come back.
 */
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser, Locator, Page } from 'playwright';
import { isDeep } from '../scripts/sample.ts';
import { pageOf } from './fixtures/built-site.ts';
import { faultyPlugin, hostArtefact, openWithHost, openWithPlugin } from './fixtures/faulty-plugins.ts';
import { canMeasureMemory, pagesMegabytes, watchAnswers, type AnswerWatch } from './fixtures/page-health.ts';
import { Sandbox } from './fixtures/sandbox.ts';
import { expect, test } from './fixtures/test.ts';

// Snapshots of the page for Playwright's traces would count as the page's own work.
test.use({ trace: 'off' });

/** Longest time in milliseconds for which a page may not answer. */
const ANSWER_WITHIN = 100;

/** Two processors are enough for it, but not for two of it: `npm test` runs it while no other test runs. */
const alone = { tag: ['@alone', '@once'] };

/** A leak shows after some; a deep run is a soak. */
const RUNS = isDeep() ? 1000 : 100;

/** What the page makes of it does not depend on how its reads wait. */
const once = { tag: '@once' };

/** So much more memory than before may be in use after a fault, in megabytes: machine code that browsers keep, mostly. */
const MEMORY_BOUND = 128;

/** A browser takes some seconds to give memory back. */
const MEMORY_WITHIN = { timeout: 30_000 };

/** Runs the good plugin of a sandbox from `openWithPlugin` to its end. */
async function expectGoodRun(sandbox: Sandbox): Promise<void> {
  await sandbox.choosePlugin('Go plugin');
  await sandbox.run();
  await expect(sandbox.log).toHaveText('Name: ');
  await sandbox.type('Ada');
  await expect(sandbox.log).toContainText('Hello, Ada!');
  await sandbox.closeStdin();
  await sandbox.expectExit(0);
}

/** How a sandbox was before it met a fault. */
class Before {
  readonly #browser: Browser;
  readonly #page: Page;
  readonly #sandbox: Sandbox;
  readonly #answers: AnswerWatch | undefined;
  readonly #megabytes: number;

  private constructor(
    browser: Browser,
    page: Page,
    sandbox: Sandbox,
    answers: AnswerWatch | undefined,
    megabytes: number,
  ) {
    this.#browser = browser;
    this.#page = page;
    this.#sandbox = sandbox;
    this.#answers = answers;
    this.#megabytes = megabytes;
  }

  /** Runs the good plugin once, chooses the faulty one, and begins to watch, where the test has the machine to itself. */
  static async of(browser: Browser, page: Page, sandbox: Sandbox): Promise<Before> {
    await expectGoodRun(sandbox);
    await sandbox.choosePlugin('C plugin');
    const megabytes = canMeasureMemory ? await pagesMegabytes(browser, page) : 0;
    const watches = test.info().tags.includes('@alone');
    return new Before(browser, page, sandbox, watches ? await watchAnswers(browser, page) : undefined, megabytes);
  }

  /** The page has answered all the while; the next run works; memory has come back. */
  async expectRecovery(): Promise<void> {
    const longest = await this.#answers?.longest();
    if (longest !== undefined) expect(longest, 'the page did not answer for so long').toBeLessThan(ANSWER_WITHIN);
    await expectGoodRun(this.#sandbox);
    await this.expectMemoryBack();
  }

  async expectMemoryBack(): Promise<void> {
    if (!canMeasureMemory) return;
    await expect
      .poll(() => pagesMegabytes(this.#browser, this.#page), MEMORY_WITHIN)
      .toBeLessThan(this.#megabytes + MEMORY_BOUND);
  }
}

test.describe('a plugin that', once, () => {
  test('loops for ever is told by its silence, and stops', async ({ browser, page, openSandbox }) => {
    const sandbox = await openWithPlugin(page, openSandbox, { body: faultyPlugin('loops') });
    const before = await Before.of(browser, page, sandbox);
    await sandbox.run();
    await expect(sandbox.log).toHaveText('looping\n');
    await expect(sandbox.state).toHaveText(/^computing [2-9]\.\d s$/u);
    await sandbox.stop();
    await sandbox.expectState('stopped');
    await before.expectRecovery();
  });

  test('writes 1 GB is shown to its end', alone, async ({ browser, page, openSandbox }) => {
    test.setTimeout(300_000);
    const sandbox = await openWithPlugin(page, openSandbox, { body: faultyPlugin('floods') });
    const before = await Before.of(browser, page, sandbox);
    await sandbox.run();
    await expect(sandbox.host).toHaveText('exited 0', { timeout: 240_000 });
    await expect(sandbox.log).toContainText('1 GB was written.');
    // Lines of 100 bytes, of which the log keeps 2,000, and the last one.
    await expect(sandbox.elided).toHaveText('… 9,998,001 earlier lines went by');
    await before.expectRecovery();
  });

  test('writes a line of 200 MB leaves the log its size', alone, async ({ browser, page, openSandbox }) => {
    test.setTimeout(180_000);
    const sandbox = await openWithPlugin(page, openSandbox, { body: faultyPlugin('floods-one-line') });
    const before = await Before.of(browser, page, sandbox);
    await sandbox.run();
    await expect(sandbox.host).toHaveText('exited 0', { timeout: 120_000 });
    await expect(sandbox.elided).toHaveText('… the start of this line went by');
    const text = await sandbox.text('stdout');
    expect(text.endsWith('.the end\n')).toBe(true);
    expect(text.length).toBeLessThan(300_000);
    await before.expectRecovery();
  });

  test('takes memory without end ends its host', async ({ browser, page, openSandbox }) => {
    test.setTimeout(120_000);
    const sandbox = await openWithPlugin(page, openSandbox, { body: faultyPlugin('allocates') });
    const before = await Before.of(browser, page, sandbox);
    await sandbox.run();
    await expect(sandbox.host).toHaveText('exited 2 · the host ran out of memory', { timeout: 60_000 });
    await before.expectRecovery();
  });

  test('calls itself without end overflows its stack, or the host’s', async ({ browser, page, openSandbox }) => {
    const sandbox = await openWithPlugin(page, openSandbox, { body: faultyPlugin('recurses') });
    const before = await Before.of(browser, page, sandbox);
    await sandbox.run();
    // wazero has a ceiling for calls. Where a worker's stack is smaller than that, the worker meets its end first.
    await expect(sandbox.host).toHaveText(
      /^exited 1 · the plugin trapped: stack overflow$|^The host’s stack overflowed .* Press Run again\.$/u,
    );
    await expect(sandbox.log).toContainText('recursing');
    await before.expectRecovery();
  });

  for (const { name, says, because } of [
    { name: 'traps', says: 'before the trap', because: 'unreachable' },
    { name: 'divides', says: 'before the division', because: 'integer divide by zero' },
  ]) {
    test(`${name} ends with what wazero calls “${because}”`, async ({ browser, page, openSandbox }) => {
      const sandbox = await openWithPlugin(page, openSandbox, { body: faultyPlugin(name) });
      const before = await Before.of(browser, page, sandbox);
      await sandbox.run();
      await expect(sandbox.host).toHaveText(`exited 1 · the plugin trapped: ${because}`);
      expect(await sandbox.text('stdout')).toBe(`${says}\n`);
      expect(await sandbox.text('stderr')).toContain(`wasm error: ${because}`);
      await before.expectRecovery();
    });
  }

  test('exits in the middle of a line is shown to its last byte', async ({ browser, page, openSandbox }) => {
    const sandbox = await openWithPlugin(page, openSandbox, { body: faultyPlugin('exits-mid-line') });
    const before = await Before.of(browser, page, sandbox);
    await sandbox.run();
    await expect(sandbox.host).toHaveText('exited 3 · the plugin’s own status');
    expect(await sandbox.text('stdout')).toBe('one line\nhalf a li');
    await before.expectRecovery();
  });

  test('imports what is not there is refused, with the name', async ({ browser, page, openSandbox }) => {
    const sandbox = await openWithPlugin(page, openSandbox, { body: faultyPlugin('asks-for-more') });
    const before = await Before.of(browser, page, sandbox);
    await sandbox.run();
    await expect(sandbox.host).toHaveText('exited 1 · the plugin imports from “env”, which the host does not offer');
    await expect(sandbox.log).toContainText('module[env] not instantiated');
    await before.expectRecovery();
  });
});

const ELF = Buffer.from('7f454c46020101000000000000000000', 'hex');
const ERROR_PAGE = Buffer.from('<!doctype html>\n<title>Not found</title>\n<p>Nothing here.\n');

/** Files that are not what they should be, and what a reader is told of them. */
const WRONG_FILES = [
  {
    what: 'is cut short',
    file: { body: faultyPlugin('traps').subarray(0, 300), bytes: faultyPlugin('traps').length },
    says: / expected \d+ bytes, found 300\. Check the connection and press Run again\.$/u,
  },
  {
    what: 'is a program for Linux',
    file: { body: ELF },
    says: / expected WebAssembly, found something that begins “\.ELF.*”\. Reload the page, .* or press Run again\.$/u,
  },
  {
    what: 'is an error page with status 200',
    file: { body: ERROR_PAGE, bytes: 2421, contentType: 'text/html' },
    says: / expected WebAssembly, found something that begins “<!doctype html>.*”\. Reload the page, /u,
  },
  {
    what: 'is gone since the site was updated',
    file: { body: ERROR_PAGE, bytes: 2421, contentType: 'text/html', status: 404 },
    says: / expected status 200, found 404\. Reload the page, since the site may have been updated, or press Run again\.$/u,
  },
];

for (const { what, file, says } of WRONG_FILES) {
  test(
    `a plugin’s file that ${what} is refused, and the next run works`,
    once,
    async ({ page, openSandbox, arranged }) => {
      arranged(/\/faulty\.wasm$/u);
      const sandbox = await openWithPlugin(page, openSandbox, file);
      await sandbox.run();
      await sandbox.expectState('failed');
      await expect(sandbox.host).toHaveText(/^Could not load faulty\.wasm: /u);
      await expect(sandbox.host).toHaveText(says);
      await expectGoodRun(sandbox);
    },
  );

  test(`a host’s file that ${what} is refused, and is loaded anew`, once, async ({ page, openSandbox, arranged }) => {
    arranged(/\/faulty-host\.wasm$/u);
    const sandbox = await openWithHost(page, openSandbox, file);
    await sandbox.run();
    await sandbox.expectState('failed');
    await expect(sandbox.host).toHaveText(/^Could not load faulty-host\.wasm: /u);
    await expect(sandbox.host).toHaveText(says);
    let requests = 0;
    page.on('request', (request) => {
      if (request.url().endsWith('/faulty-host.wasm')) requests += 1;
    });
    await sandbox.run();
    await expect.poll(() => requests).toBe(1);
    await expect(sandbox.host).toHaveText(says);
  });
}

test('a host that imports what is not there is refused, with the way out', once, async ({ page, openSandbox }) => {
  const sandbox = await openWithHost(page, openSandbox, { body: faultyPlugin('asks-for-more') });
  await sandbox.run();
  await sandbox.expectState('failed');
  await expect(sandbox.host).toHaveText(
    /^The host imports something that this page does not offer \(.*env.*\)\. Reload the page, since the site may have been updated\.$/u,
  );
});

test.describe('a host that', () => {
  for (const label of ['Go plugin', 'C plugin'] as const) {
    test(`deadlocks is told as such, with its ${label}`, async ({ openSandbox }) => {
      const sandbox = await openSandbox(pageOf('one-pipe').path, 'one-pipe');
      await sandbox.choosePlugin(label);
      await sandbox.run();
      await expect(sandbox.host).toHaveText('exited 2 · deadlock: all goroutines of the host wait');
      await expect(sandbox.log).toContainText('fatal error: all goroutines are asleep - deadlock!');
      // Where the goroutines wait, which the recorded session leaves out.
      await expect(sandbox.log).toContainText(/goroutine 1 \[.*\]:/u);
      await expect(sandbox.log).toContainText('one-pipe/host/main.go:');
      await expect(sandbox.runButton).toHaveAccessibleName('Run again');
    });
  }

  test('panics is told as such', once, async ({ openSandbox }) => {
    const sandbox = await openSandbox(pageOf('host-panics').path, 'host-panics');
    await sandbox.choosePlugin('C plugin');
    await sandbox.run();
    await expect(sandbox.host).toHaveText(
      'exited 2 · the host panicked: module[wasi_snapshot_preview1] has already been instantiated',
    );
    expect(await sandbox.text('stdout')).toBe('Hello from the plugin.\n');
  });

  test('never reads leaves its plugin waiting to write, until Stop', async ({ openSandbox }) => {
    const sandbox = await openSandbox(pageOf('never-reads').path, 'never-reads');
    await sandbox.choosePlugin('C plugin');
    await sandbox.run();
    await sandbox.expectState('waiting');
    await expect(sandbox.state).toHaveText(/^waiting in fd_write, \d+\.\d s$/u);
    await sandbox.stop();
    await sandbox.expectState('stopped');
    await sandbox.run();
    await sandbox.expectState('waiting');
    await sandbox.type('Ada');
    await expect(sandbox.host).toHaveText('exited 2 · deadlock: all goroutines of the host wait');
  });
});

/** Headers that isolate a page; they do no harm where it is not meant to be. */
const ISOLATED = { 'Cross-Origin-Opener-Policy': 'same-origin', 'Cross-Origin-Embedder-Policy': 'require-corp' };

/** Passes a request on to the site. */
async function pass(address: URL, response: ServerResponse): Promise<void> {
  const found = await fetch(address);
  const type = found.headers.get('content-type') ?? 'application/octet-stream';
  response.writeHead(found.status, { 'Content-Type': type, ...ISOLATED });
  response.end(Buffer.from(await found.arrayBuffer()));
}

/** A click without a pointer. */
async function press(button: Locator): Promise<void> {
  await button.evaluate((element: HTMLElement) => element.click());
}

test.describe('the network', once, () => {
  test('fails in the middle of the host: the sandbox says so, and loads it when it is back', async ({
    openSandbox,
    arranged,
    baseURL,
  }) => {
    arranged(/\/hosts\.[^/]*\.wasm$/u);
    const host = hostArtefact();
    let requests = 0;
    // The site, but for the host's file, which breaks off the first time. A page may ask its own origin only.
    const server = createServer((request, response) => {
      const address = new URL(request.url ?? '/', baseURL);
      if (!/\/hosts\.[^/]*\.wasm$/u.test(address.pathname)) {
        void pass(address, response);
        return;
      }
      requests += 1;
      response.writeHead(200, { 'Content-Type': 'application/wasm', 'Content-Length': host.length, ...ISOLATED });
      if (requests > 1) response.end(host);
      else response.write(host.subarray(0, 3_000_000), () => response.socket?.destroySoon());
    });
    await new Promise<void>((resolve) => {
      server.listen(0, '127.0.0.1', resolve);
    });
    try {
      const { port } = server.address() as AddressInfo;
      const sandbox = await openSandbox(`http://127.0.0.1:${String(port)}/${pageOf('terminal').path}`, 'terminal');
      await sandbox.choosePlugin('C plugin');
      // Not by pointer, which would load it when it comes near the button.
      await press(sandbox.runButton);
      await sandbox.expectState('failed');
      await expect(sandbox.host).toHaveText(
        /^Could not load hosts\..*\.wasm: expected [\d,]+ bytes, found [\d,]+\. Check the connection and press Run again\.$/u,
      );
      await press(sandbox.runButton);
      await expect(sandbox.log).toHaveText('Name: ');
      expect(requests).toBe(2);
    } finally {
      server.close();
      server.closeAllConnections();
    }
  });

  test('is away before the first run: the sandbox says so, and runs when it is back', async ({
    page,
    openSandbox,
    arranged,
  }) => {
    arranged(/net::ERR_INTERNET_DISCONNECTED/u);
    const sandbox = await openSandbox(pageOf('terminal').path, 'terminal');
    await sandbox.choosePlugin('C plugin');
    await page.context().setOffline(true);
    await sandbox.run();
    await sandbox.expectState('failed');
    await expect(sandbox.host).toHaveText(
      'Could not load the sandbox. Check the connection and press Run again, or reload the page, since the site may have been updated.',
    );
    await page.context().setOffline(false);
    await sandbox.run();
    await sandbox.expectWaiting();
  });

  test('is away after the first run: nothing more is needed', async ({ page, openSandbox }) => {
    const sandbox = await openSandbox(pageOf('terminal').path, 'terminal');
    await sandbox.choosePlugin('C plugin');
    await sandbox.run();
    await sandbox.expectWaiting();
    await sandbox.closeStdin();
    await sandbox.expectExit(0);
    await page.context().setOffline(true);
    await sandbox.run();
    await sandbox.expectWaiting();
    await sandbox.type('Ada');
    await expect(sandbox.log).toContainText('Hello, Ada!');
  });
});

/** What a hidden tab does: no frames, no timers; messages of workers arrive. It ends with the page's clock put forward. */
async function hide(page: Page): Promise<{ show: (milliseconds: number) => Promise<void> }> {
  const setVisibility = (state: DocumentVisibilityState): Promise<void> =>
    page.evaluate((visibility) => {
      Object.defineProperty(document, 'visibilityState', { configurable: true, value: visibility });
      Object.defineProperty(document, 'hidden', { configurable: true, value: visibility === 'hidden' });
      document.dispatchEvent(new Event('visibilitychange'));
    }, state);
  await setVisibility('hidden');
  // The clock cannot be stopped in the past, and time goes on until it is.
  await page.clock.pauseAt(await page.evaluate(() => Date.now() + 5000));
  return {
    show: async (milliseconds) => {
      await page.clock.fastForward(milliseconds);
      await setVisibility('visible');
      await page.clock.resume();
    },
  };
}

test.describe('a tab that is hidden for a minute', () => {
  test('still has its plugin, which still waits', async ({ page, openSandbox }) => {
    await page.clock.install();
    const sandbox = await openSandbox(pageOf('host-ticks').path, 'host-ticks');
    await sandbox.choosePlugin('C plugin');
    await sandbox.run();
    await sandbox.expectWaiting();
    const tab = await hide(page);
    await tab.show(60_000);
    await expect(sandbox.state).toHaveText(/^waiting in fd_read, [6-9]\d s$/u);
    await expect(sandbox.log).toContainText('tick 10');
    await sandbox.type('Ada');
    await expect(sandbox.log).toContainText('Hello, Ada!');
    await sandbox.closeStdin();
    await sandbox.expectExit(0);
  });

  test('does not grow in a flood, and shows where it is when it is seen again', once, async ({ page, openSandbox }) => {
    await page.clock.install();
    const sandbox = await openSandbox(pageOf('eof-loop').path, 'eof-loop');
    await sandbox.choosePlugin('C plugin');
    const cdp = await page.context().newCDPSession(page);
    const heapMegabytes = async (): Promise<number> => {
      await cdp.send('HeapProfiler.collectGarbage');
      return (await cdp.send('Runtime.getHeapUsage')).usedSize / 1e6;
    };
    const endsCounted = async (): Promise<number> =>
      Number(/EOF ×([\d,]+)/u.exec((await sandbox.state.textContent()) ?? '')?.[1]?.replaceAll(',', '') ?? 0);
    await sandbox.run();
    await expect(sandbox.elided).toBeVisible();
    const heapBefore = await heapMegabytes();
    const tab = await hide(page);
    const [drawnBefore, endsBefore] = [await sandbox.linesSoFar(), await endsCounted()];
    await expect.poll(endsCounted).toBeGreaterThan(endsBefore + 100_000);
    // No frame, so no drawing; that comes with the first one.
    expect(await sandbox.linesSoFar()).toBe(drawnBefore);
    expect((await heapMegabytes()) - heapBefore).toBeLessThan(50);
    await tab.show(60_000);
    await expect.poll(() => sandbox.linesSoFar()).toBeGreaterThan(drawnBefore + 100_000);
    await sandbox.stop();
    await sandbox.expectState('stopped');
  });

  test('goes on where it was when the browser had frozen it', async ({ page, openSandbox }) => {
    const sandbox = await openSandbox(pageOf('host-ticks').path, 'host-ticks');
    await sandbox.choosePlugin('C plugin');
    await sandbox.run();
    await sandbox.expectWaiting();
    const cdp = await page.context().newCDPSession(page);
    await cdp.send('Page.setWebLifecycleState', { state: 'frozen' });
    await cdp.send('Page.setWebLifecycleState', { state: 'active' });
    await expect(sandbox.log).toContainText('tick 10');
    await sandbox.type('Ada');
    await expect(sandbox.log).toContainText('Hello, Ada!');
    await sandbox.closeStdin();
    await sandbox.expectExit(0);
  });
});

// A worker that blocks takes no order to end itself, and DevTools cannot end it: only one that suspends.
const ended = 'a worker that the browser ends is told as such, and the next run works';
test(ended, { tag: '@only-jspi' }, async ({ page, openSandbox }) => {
  const sandbox = await openSandbox(pageOf('pipe-waits').path, 'pipe-waits');
  await sandbox.choosePlugin('C plugin');
  await sandbox.run();
  await sandbox.expectWaiting();
  await Promise.all(
    page.workers().map((worker) => worker.evaluate(() => (globalThis as unknown as { close: () => void }).close())),
  );
  await expect(sandbox.host).toHaveText(
    'The browser has ended the worker of this run, perhaps for want of memory. Press Run again.',
  );
  await sandbox.expectState('failed');
  await sandbox.run();
  await sandbox.expectWaiting();
  await sandbox.type('Ada');
  await expect(sandbox.log).toContainText('Hello, Ada!');
});

test(`${String(RUNS)} runs in a row leave memory where it was`, alone, async ({ browser, page, openSandbox }) => {
  test.setTimeout(600_000);
  const sandbox = await openSandbox(pageOf('buffer-once').path, 'buffer-once');
  await sandbox.choosePlugin('C plugin');
  /** Presses Run and waits for the end, so many times. */
  const runs = (count: number): Promise<number> =>
    sandbox.root.evaluate(async (root, wanted) => {
      const button = root.querySelector<HTMLButtonElement>('[data-action="run"]');
      const state = root.querySelector<HTMLElement>('[data-part="host-state"]');
      if (button === null || state === null) throw new Error('not a sandbox');
      let ended = 0;
      for (let run = 0; run < wanted; run += 1) {
        await new Promise<void>((resolve) => {
          let left = false;
          const observer = new MutationObserver(() => {
            const isEnded = state.dataset['state'] === 'exited';
            if (!isEnded) left = true;
            if (!isEnded || !left) return;
            observer.disconnect();
            resolve();
          });
          observer.observe(state, { attributes: true, attributeFilter: ['data-state'] });
          button.click();
        });
        if (state.textContent === 'exited 0') ended += 1;
      }
      return ended;
    }, count);
  expect(await runs(10)).toBe(10);
  const before = canMeasureMemory ? await pagesMegabytes(browser, page) : 0;
  const answers = await watchAnswers(browser, page);
  expect(await runs(RUNS)).toBe(RUNS);
  expect(await answers.longest()).toBeLessThan(ANSWER_WITHIN);
  // None, or the one that is prepared for the next run.
  await expect.poll(() => page.workers().length).toBeLessThanOrEqual(2);
  if (canMeasureMemory) {
    await expect.poll(() => pagesMegabytes(browser, page), MEMORY_WITHIN).toBeLessThan(before + MEMORY_BOUND);
  }
});

test(
  '8 sandboxes at once all reach their first output, and the page answers',
  alone,
  async ({ browser, page, openSandbox }) => {
    test.setTimeout(120_000);
    const { path } = pageOf('pipe-waits');
    await page.route(
      (url) => url.pathname === `/${path}`,
      async (route) => {
        const response = await route.fetch();
        const html = (await response.text()).replace(
          /<plugin-sandbox [^>]*data-example="pipe-waits".*?<\/plugin-sandbox>/su,
          // Radio buttons of one name would be one group.
          (element) =>
            Array.from({ length: 8 }, (_, index) =>
              element.replaceAll('plugin-pipe-waits', `plugin-${String(index)}`),
            ).join('\n'),
        );
        await route.fulfill({ response, body: html });
      },
    );
    await openSandbox(path, 'pipe-waits');
    const elements = page.locator('plugin-sandbox[data-example="pipe-waits"]');
    await expect(elements).toHaveCount(8);
    const sandboxes = Array.from({ length: 8 }, (_, index) => new Sandbox(elements.nth(index)));
    // Half in Go, half in C.
    for (const [index, sandbox] of sandboxes.entries()) {
      await sandbox.choosePlugin(index % 2 === 0 ? 'Go plugin' : 'C plugin');
    }
    const answers = await watchAnswers(browser, page);
    await elements.evaluateAll((all) => {
      for (const element of all) element.querySelector<HTMLButtonElement>('[data-action="run"]')?.click();
    });
    for (const sandbox of sandboxes) await expect(sandbox.log).toHaveText('Name: ', { timeout: 90_000 });
    for (const sandbox of sandboxes) await sandbox.expectWaiting();
    expect(await answers.longest()).toBeLessThan(ANSWER_WITHIN);
    for (const [index, sandbox] of sandboxes.entries()) {
      await sandbox.type(`number ${String(index)}`);
      await expect(sandbox.log).toContainText(`Hello, number ${String(index)}!`);
      await sandbox.closeStdin();
      await sandbox.expectExit(0);
    }
  },
);
