/** What a reader can rely on in every run, beyond the recorded sessions: input, waiting, stopping, and what goes wrong. */
import { isDeep } from '../scripts/sample.ts';
import { axe, expectNothingFound } from './fixtures/axe.ts';
import { builtPages, pageOf } from './fixtures/built-site.ts';
import { Sandbox } from './fixtures/sandbox.ts';
import { expect, test } from './fixtures/test.ts';

/** Longest time in milliseconds that a reader may wait for an answer to a click. */
const answerWithin = 100;

/** A test that measures time: `npm test` runs it while no other test runs. */
const alone = { tag: '@alone' };

/** What does not depend on how reads wait. */
const once = { tag: '@once' };

/** How long a flood is watched. */
const FLOOD_SECONDS = isDeep() ? 10 : 3;

/** Seconds of a wait, as the state line counts them. */
async function secondsWaited(sandbox: Sandbox): Promise<number> {
  return Number(/waiting[^,]*, ([\d.]+) s/u.exec((await sandbox.state.textContent()) ?? '')?.[1] ?? 0);
}

/** Time from a click on a button to the state that it brings about, both taken in the page, in milliseconds. */
async function timeFromClick(sandbox: Sandbox, button: Sandbox['stopButton'], state: string): Promise<number> {
  await expect(button).toBeEnabled();
  const measured = sandbox.root.evaluate(
    (root, wanted) =>
      new Promise<number>((resolve) => {
        let clicked: number | undefined;
        const line = root.querySelector('[data-part="state"]');
        const look = (): void => {
          if (clicked === undefined || line?.getAttribute('data-state') !== wanted) return;
          observer.disconnect();
          resolve(performance.now() - clicked);
        };
        const observer = new MutationObserver(look);
        observer.observe(root, { subtree: true, attributes: true, attributeFilter: ['data-state'] });
        root.addEventListener(
          'click',
          (event) => {
            clicked = event.timeStamp;
            queueMicrotask(look);
          },
          { capture: true, once: true },
        );
      }),
    state,
  );
  await button.click();
  return measured;
}

test.describe('input', () => {
  test('a half-typed line is not delivered, and stays in the field', async ({ openInC }) => {
    const sandbox = await openInC(pageOf('host-ticks').path, 'host-ticks');
    await sandbox.run();
    await expect(sandbox.log).toContainText('Name: ');
    await sandbox.typeHalf('Ada');
    // Ten ticks of 100 ms later the plugin still waits.
    await expect(sandbox.log).toContainText('tick 10');
    await sandbox.expectWaiting();
    expect(await sandbox.text('stdout')).toBe('Name: ');
    await expect(sandbox.input).toHaveValue('Ada');
    await sandbox.sendButton.click();
    await expect(sandbox.log).toContainText('Hello, Ada');
    await expect(sandbox.input).toHaveValue('');
  });

  test('UTF-8 arrives whole', async ({ openInC }) => {
    const sandbox = await openInC(pageOf('pipe-waits').path, 'pipe-waits');
    await sandbox.run();
    await sandbox.expectWaiting();
    await sandbox.type('Zoë 世界 🎈');
    await expect(sandbox.log).toContainText('Hello, Zoë 世界 🎈');
  });

  test('a last line without newline arrives when stdin closes, and then the plugin reads EOF', async ({ openInC }) => {
    const sandbox = await openInC(pageOf('pipe-waits').path, 'pipe-waits');
    await sandbox.run();
    await sandbox.expectWaiting();
    await sandbox.typeHalf('Ada');
    await sandbox.closeStdin();
    await sandbox.expectExit(0);
    expect(await sandbox.text('stdout')).toContain('Hello, Ada');
    expect(await sandbox.text('stdout')).toContain('EOF');
  });

  test('what is typed before the plugin asks is there when it asks', async ({ openInC }) => {
    const sandbox = await openInC(pageOf('terminal').path, 'terminal');
    await sandbox.run();
    await expect(sandbox.sendButton).toBeEnabled();
    await sandbox.type('Ada');
    await sandbox.type('Grace');
    await expect(sandbox.log).toContainText('Hello, Ada');
    await expect(sandbox.log).toContainText('Hello, Grace');
  });
});

test.describe('waiting', () => {
  test('the host goes on while its plugin waits', async ({ openSandbox }) => {
    const sandbox = await openSandbox(pageOf('host-ticks').path, 'host-ticks');
    await sandbox.run();
    await expect(sandbox.log).toContainText('Name: ');
    await sandbox.expectWaiting();
    await expect(sandbox.log).toContainText('tick 10');
    expect(await sandbox.text('stdout')).toBe('Name: ');
    await sandbox.expectWaiting();
  });

  test('a waiting run uses no CPU', async ({ browser, openInC }) => {
    const sandbox = await openInC(pageOf('pipe-waits').path, 'pipe-waits');
    await sandbox.run();
    await sandbox.expectWaiting();
    const cdp = await browser.newBrowserCDPSession();
    const cpuSeconds = async (): Promise<number> => {
      const { processInfo } = await cdp.send('SystemInfo.getProcessInfo');
      return processInfo.filter(({ type }) => type === 'renderer').reduce((sum, { cpuTime }) => sum + cpuTime, 0);
    };
    await expect.poll(() => secondsWaited(sandbox)).toBeGreaterThanOrEqual(2);
    const before = { cpu: await cpuSeconds(), waited: await secondsWaited(sandbox) };
    await expect.poll(() => secondsWaited(sandbox)).toBeGreaterThanOrEqual(before.waited + 3);
    const after = { cpu: await cpuSeconds(), waited: await secondsWaited(sandbox) };
    // The page itself counts tenths of a second in its state line; a worker that spins would use it all.
    expect((after.cpu - before.cpu) / (after.waited - before.waited)).toBeLessThan(0.25);
  });

  test('Stop ends a wait at once, and Run starts afresh', alone, async ({ openInC }) => {
    const sandbox = await openInC(pageOf('pipe-waits').path, 'pipe-waits');
    await sandbox.run();
    await sandbox.expectWaiting();
    await sandbox.type('Ada');
    await expect(sandbox.log).toContainText('Hello, Ada');
    expect(await timeFromClick(sandbox, sandbox.stopButton, 'stopped')).toBeLessThan(answerWithin);
    await sandbox.run();
    await sandbox.expectWaiting();
    await expect(sandbox.log).toHaveText('Name: ');
  });
});

test.describe('a flood', () => {
  test(
    'runs for seconds while the page answers and keeps its size, and stops at once',
    alone,
    async ({ page, openInC }) => {
      const sandbox = await openInC(pageOf('eof-loop').path, 'eof-loop');
      const cdp = await page.context().newCDPSession(page);
      const heapMegabytes = async (): Promise<number> => {
        await cdp.send('HeapProfiler.collectGarbage');
        return (await cdp.send('Runtime.getHeapUsage')).usedSize / 1e6;
      };
      await sandbox.run();
      await sandbox.expectState('eof');
      await expect(sandbox.elided).toBeVisible();
      const heapBefore = await heapMegabytes();

      await page.evaluate(() => {
        const delays: number[] = [];
        Object.assign(globalThis, { delays });
        document.addEventListener('click', (event) => delays.push(performance.now() - event.timeStamp), {
          capture: true,
        });
      });
      const started = await page.evaluate(() => performance.now());
      const heading = page.getByRole('heading', { level: 1 });
      for (
        let now = started;
        now < started + FLOOD_SECONDS * 1000;
        now = await page.evaluate(() => performance.now())
      ) {
        const lines = await sandbox.linesSoFar();
        await heading.click();
        await expect.poll(() => sandbox.linesSoFar()).toBeGreaterThan(lines);
      }
      const delays = await page.evaluate(() => (globalThis as unknown as { delays: number[] }).delays);
      expect(delays.length).toBeGreaterThan(5);
      expect(Math.max(...delays)).toBeLessThan(answerWithin);
      expect((await heapMegabytes()) - heapBefore).toBeLessThan(50);

      expect(await timeFromClick(sandbox, sandbox.stopButton, 'stopped')).toBeLessThan(answerWithin);
      await sandbox.run();
      await sandbox.expectState('eof');
      await sandbox.stop();
    },
  );

  test('counts its EOFs in the state line and the lines that went by', async ({ openInC }) => {
    const sandbox = await openInC(pageOf('eof-loop').path, 'eof-loop');
    await sandbox.run();
    await expect(sandbox.state).toHaveText(/EOF ×\d{1,3}(?:,\d{3})+/u);
    await expect(sandbox.elided).toHaveText(/\d earlier lines/u);
    await sandbox.stop();
    await sandbox.expectState('stopped');
  });
});

test.describe('a page', () => {
  test('runs two sandboxes at once without one touching the other', once, async ({ page, openInC }) => {
    const both = builtPages().find(
      ({ examples }) => examples.includes('pipe-waits') && examples.includes('host-ticks'),
    );
    expect(both, 'a page with pipe-waits and host-ticks').toBeDefined();
    const first = await openInC(both?.path ?? '', 'pipe-waits');
    const second = new Sandbox(page.locator('plugin-sandbox[data-example="host-ticks"]').first());
    await first.run();
    await second.run();
    await first.expectWaiting();
    await second.expectWaiting();
    await first.type('Ada');
    await second.type('Grace');
    await expect(first.log).toContainText('Hello, Ada');
    await expect(second.log).toContainText('Hello, Grace');
    await second.closeStdin();
    await second.expectExit(0);
    await first.expectWaiting();
    await first.closeStdin();
    await first.expectExit(0);
    expect(await first.text('stdout')).not.toContain('Grace');
    expect(await second.text('stdout')).not.toContain('Ada');
    expect(await first.text('stderr')).toBe('');
  });

  test(
    'stops before it is there; says what could not be loaded, and Run again works when it can be',
    once,
    async ({ page, openSandbox, arranged }) => {
      arranged(/\.wasm$/u);
      const sandbox = await openSandbox(pageOf('pipe-waits').path, 'pipe-waits');
      await page.route('**/*.wasm', (route) => route.abort());
      const held = Promise.withResolvers<undefined>();
      await page.route('**/live-session.*.js', async (route) => {
        await held.promise;
        await route.continue();
      });
      await sandbox.run();
      await expect(sandbox.state).toHaveText('loading the sandbox');
      await sandbox.stop();
      await expect(sandbox.state).toHaveText('stopped');
      held.resolve(undefined);
      // The sandbox is there now, and the run that was stopped does not start.
      await expect(sandbox.root).toContainText('waits by');
      await expect(sandbox.state).toHaveText('stopped');

      await sandbox.run();
      await sandbox.expectState('failed');
      await expect(sandbox.host).toContainText(/Could not load .*\.wasm/u);
      await expect(sandbox.runButton).toHaveAccessibleName('Run again');
      expect(await axe(page, { within: 'plugin-sandbox' })).toEqual([]);
      await page.unroute('**/*.wasm');
      await sandbox.run();
      await sandbox.expectWaiting();
    },
  );

  test('shows how far loading is', once, async ({ page, openSandbox }) => {
    const sandbox = await openSandbox(pageOf('pipe-waits').path, 'pipe-waits');
    const cdp = await page.context().newCDPSession(page);
    await cdp.send('Network.enable');
    // Bytes per second: slow enough that the state line is seen on its way, fast enough for a test.
    const throughput = 1_500_000;
    await cdp.send('Network.emulateNetworkConditions', {
      offline: false,
      latency: 0,
      downloadThroughput: throughput,
      uploadThroughput: throughput,
    });
    await sandbox.run();
    await expect(sandbox.state).toHaveText(/loading \d\.\d of \d\.\d MB/u);
    await sandbox.expectWaiting();
  });

  test('names wazero’s version and the transport', async ({ openInC, transport }) => {
    const sandbox = await openInC(pageOf('pipe-waits').path, 'pipe-waits');
    await sandbox.run();
    await sandbox.expectWaiting();
    const facts = sandbox.root.locator('[data-part="facts"]');
    await expect(facts).toContainText(/wazero v\d+\.\d+\.\d+/u);
    await expect(facts).toContainText(transport === 'jspi' ? 'JSPI' : transport.replace('-', ' '));
  });
});

test(
  'without a way to block, the sandbox says so and replays the recorded session',
  once,
  async ({ page, openSandbox }) => {
    await page.addInitScript(() => {
      Reflect.deleteProperty(WebAssembly, 'Suspending');
      Reflect.deleteProperty(WebAssembly, 'promising');
      Reflect.deleteProperty(globalThis, 'SharedArrayBuffer');
      Reflect.deleteProperty(Navigator.prototype, 'serviceWorker');
    });
    const sandbox = await openSandbox(pageOf('pipe-waits').path, 'pipe-waits');
    await sandbox.run();
    await expect(
      sandbox.root
        .getByText(/replay/iu)
        .filter({ visible: true })
        .first(),
    ).toBeVisible();
    await sandbox.expectExit(0);
    await expect(sandbox.log).toContainText('Hello, ');
  },
);

test.describe('axe finds nothing mid-run, light and dark', { tag: '@only-jspi' }, () => {
  test('while a plugin waits and after its exit', async ({ page, openInC }) => {
    const sandbox = await openInC(pageOf('pipe-waits').path, 'pipe-waits');
    await sandbox.run();
    await sandbox.expectWaiting();
    await expectNothingFound(page);
    await sandbox.type('Ada');
    await sandbox.closeStdin();
    await sandbox.expectExit(0);
    await expectNothingFound(page);
  });

  test('in a flood and after Stop', async ({ page, openInC }) => {
    const sandbox = await openInC(pageOf('eof-loop').path, 'eof-loop');
    await sandbox.run();
    await expect(sandbox.elided).toBeVisible();
    await expectNothingFound(page);
    await sandbox.stop();
    await sandbox.expectState('stopped');
    await expectNothingFound(page);
  });
});
