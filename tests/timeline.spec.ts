/** The timeline of a run: what a reader sees of waiting, data and EOF, and what can be done with it. */
import { isDeep } from '../scripts/sample.ts';
import { readFileSync } from 'node:fs';
import { expectNothingFound } from './fixtures/axe.ts';
import { pageOf } from './fixtures/built-site.ts';
import { drawnMilliseconds } from './fixtures/drawn-time.ts';
import { expectAtMostTwoASecond, listenToLiveRegions } from './fixtures/live-regions.ts';
import { watchAnswers } from './fixtures/page-health.ts';
import type { Sandbox } from './fixtures/sandbox.ts';
import { collidingLabels } from './fixtures/labels.ts';
import { expect, test } from './fixtures/test.ts';
import { TimelineOnPage } from './fixtures/timeline.ts';

// Lanes are drawn while they are seen: the live run and its timeline are on the screen together.
test.use({ viewport: { width: 1280, height: 1600 } });

/** It measures: `npm test` runs it while no other test runs. */
const alone = { tag: '@alone' };

/** How long a flood is watched. */
const FLOOD_SECONDS = isDeep() ? 10 : 3;

type OpenSandbox = (path: string, example: string) => Promise<Sandbox>;

/** Opens an example with its C plugin, which starts at once. */
async function open(
  openSandbox: OpenSandbox,
  example: string,
): Promise<{ sandbox: Sandbox; timeline: TimelineOnPage }> {
  const sandbox = await openSandbox(pageOf(example).path, example);
  await sandbox.choosePlugin('C plugin');
  return { sandbox, timeline: new TimelineOnPage(sandbox.root) };
}

/** A conversation that has ended: one line, then EOF. */
async function converse(openSandbox: OpenSandbox): Promise<{ sandbox: Sandbox; timeline: TimelineOnPage }> {
  const opened = await open(openSandbox, 'pipe-waits');
  await opened.sandbox.run();
  await opened.sandbox.expectWaiting();
  await opened.sandbox.type('Grace');
  await expect(opened.sandbox.log).toContainText('Hello, Grace!');
  await opened.sandbox.closeStdin();
  await opened.sandbox.expectExit(0);
  await opened.timeline.lookAt();
  return opened;
}

/** How long a bar is, in milliseconds of the axis. */
const drawnMs = (timeline: TimelineOnPage, bar: string): Promise<number> =>
  timeline.drawing.locator(bar).evaluate(drawnMilliseconds);

test.describe('while it runs', () => {
  test('a waiting read grows, a line ends it with its bytes, and Close stdin with 0 bytes = EOF', async ({
    openSandbox,
  }) => {
    const { sandbox, timeline } = await open(openSandbox, 'pipe-waits');
    await expect(timeline.root).toHaveCount(0);
    await sandbox.run();

    await sandbox.expectWaiting();
    await timeline.expectText(/^waiting in fd_read, \d/u);
    await expect(sandbox.state).toHaveText(/waiting in fd_read, \d+\.\d s/u);
    await expect(timeline.row('fd_read(0)')).toHaveText(/waiting$/u);
    await expect.poll(() => drawnMs(timeline, '.wait-waiting')).toBeGreaterThan(0);
    const short = await drawnMs(timeline, '.wait-waiting');
    await expect.poll(() => drawnMs(timeline, '.wait-waiting')).toBeGreaterThan(short + 500);
    await timeline.expectText('stdin: io.Pipe');

    await sandbox.type('Grace');
    await expect(timeline.row('“Grace⏎”').filter({ hasText: 'fd_read(0)' })).toContainText('6 bytes');
    await expect(timeline.row('typed “Grace⏎”')).toContainText('you');
    await expect(timeline.row('fd_write(1)').filter({ hasText: '“Hello, Grace!⏎”' })).toContainText('14 bytes');
    await timeline.expectText('“Grace⏎” 6 bytes');
    await timeline.expectText(/6 bytes$/u);
    await sandbox.expectWaiting();
    await timeline.expectText(/^waiting in fd_read, /u);

    await sandbox.closeStdin();
    await sandbox.expectExit(0);
    await timeline.expectText(/0 bytes = EOF$/u);
    await expect(timeline.row('0 bytes = EOF')).toContainText('fd_read(0)');
    await expect(timeline.row('closed stdin')).toHaveCount(1);
    await expect(timeline.drawing.locator('.wait-waiting')).toHaveCount(0);
    await expect(timeline.root).toContainText('the host has closed the writing end; nobody reads any more');

    const rows = await timeline.rows();
    expect(rows.map(({ who, result }) => `${who}: ${result}`)).toEqual([
      'plugin: 6 bytes “Name: ”',
      expect.stringMatching(/^(?:plugin: 6 bytes “Grace⏎”|you: 6 bytes)$/u),
      expect.stringMatching(/^(?:plugin: 6 bytes “Grace⏎”|you: 6 bytes)$/u),
      'plugin: 14 bytes “Hello, Grace!⏎”',
      'plugin: 6 bytes “Name: ”',
      'plugin: 0 bytes = EOF',
      'you: ',
      'plugin: 1 byte “⏎”',
      'plugin: 20 bytes “EOF: no more names.⏎”',
    ]);
  });

  test('a read that waited 500 ms is drawn and told as 500 ms', alone, async ({ openSandbox }) => {
    const { sandbox, timeline } = await open(openSandbox, 'pipe-waits');
    await sandbox.run();
    await sandbox.expectWaiting();
    await timeline.expectText(/waiting in fd_read/u);
    // The reader is quick, and exact: the clock is the page's, from one line to the next.
    const waited = await sandbox.root.evaluate(async (root) => {
      const line = root.querySelector<HTMLInputElement>('input[name="line"]');
      const send = root.querySelector<HTMLButtonElement>('[data-action="send"]');
      const sendLine = (text: string): number => {
        if (line !== null) line.value = text;
        send?.click();
        return performance.now();
      };
      const first = sendLine('one');
      await new Promise((resolve) => setTimeout(resolve, 500));
      return sendLine('two') - first;
    });
    const read = timeline.row('“two⏎”').filter({ hasText: 'fd_read(0)' });
    await expect(read).toHaveCount(1);
    await timeline.showCalls();
    const took = (await read.getByRole('cell').nth(3).textContent()) ?? '';
    await timeline.lookAt();
    // On a busy machine the wait is longer, and is told in seconds.
    const told = parseFloat(took) * (took.endsWith(' ms') ? 1 : 1000);
    expect(Math.abs(told - waited), `told ${String(told)} ms of ${String(waited)} ms`).toBeLessThanOrEqual(30);
    // As it is drawn: the bar against the axis.
    await sandbox.stop();
    await sandbox.expectState('stopped');
    const key = await read.getAttribute('data-key');
    const drawn = await drawnMs(timeline, `rect.wait[data-key="${String(key)}"]`);
    expect(Math.abs(drawn - waited), `drawn ${String(drawn)} ms of ${String(waited)} ms`).toBeLessThanOrEqual(30);
  });

  test('no label is over another, at any width', async ({ page, openSandbox }) => {
    const { timeline } = await converse(openSandbox);
    for (const width of [1440, 1280, 640, 390]) {
      await page.setViewportSize({ width, height: 1600 });
      await timeline.lookAt();
      const isDrawn = (): Promise<boolean> =>
        timeline.lanes.evaluate(
          (lanes) => lanes.querySelector('svg')?.getAttribute('width') === String(lanes.clientWidth),
        );
      await expect.poll(isDrawn).toBe(true);
      expect(await collidingLabels(timeline.drawing), `at ${String(width)} px`).toEqual([]);
    }
  });

  test('a run that was stopped shows the call that never returned', async ({ openSandbox }) => {
    const { sandbox, timeline } = await open(openSandbox, 'pipe-waits');
    await sandbox.run();
    await sandbox.expectWaiting();
    await timeline.lookAt();
    await expect(timeline.row('waiting')).toHaveCount(1);
    await sandbox.stop();
    await timeline.lookAt();
    await expect(timeline.row('never returned')).toHaveCount(1);
    await expect(timeline.row('stopped the run')).toHaveCount(1);
    await sandbox.run();
    await sandbox.expectWaiting();
    await expect(timeline.row('never returned')).toHaveCount(0);
  });

  test('nothing is drawn while it is out of sight or its tab in the background, and the run goes on', async ({
    page,
    openSandbox,
  }) => {
    const { sandbox, timeline } = await open(openSandbox, 'pipe-waits');
    await sandbox.run();
    await sandbox.expectWaiting();
    await timeline.expectText(/waiting in fd_read/u);
    const drawings = (): Promise<number> =>
      page.evaluate(() => (globalThis as unknown as { drawings: number }).drawings);
    await timeline.lanes.evaluate((lanes) => {
      Object.assign(globalThis, { drawings: 0 });
      new MutationObserver(() => {
        (globalThis as unknown as { drawings: number }).drawings += 1;
      }).observe(lanes, { childList: true });
    });
    await expect.poll(drawings).toBeGreaterThan(2);
    const seconds = async (): Promise<number> =>
      Number(/, ([\d.]+) s/u.exec((await sandbox.state.textContent()) ?? '')?.[1] ?? 0);
    const hide = (isHidden: boolean): Promise<void> =>
      sandbox.root.evaluate((root, none) => {
        root.style.display = none ? 'none' : '';
      }, isHidden);
    // What a browser tells a page whose tab goes to the background.
    const putBehind = (isHidden: boolean): Promise<void> =>
      page.evaluate((hidden) => {
        Object.defineProperty(document, 'hidden', { configurable: true, get: () => hidden });
        document.dispatchEvent(new Event('visibilitychange'));
      }, isHidden);
    for (const goAway of [hide, putBehind]) {
      await goAway(true);
      const gone = await seconds();
      // A drawing that was on its way may still come.
      await expect.poll(seconds).toBeGreaterThan(gone + 0.5);
      const [before, since] = [await drawings(), await seconds()];
      await expect.poll(seconds).toBeGreaterThan(since + 0.5);
      expect(await drawings()).toBe(before);
      await goAway(false);
      await timeline.root.scrollIntoViewIfNeeded();
      await expect.poll(drawings).toBeGreaterThan(before);
    }
    await putBehind(true);
    await sandbox.type('Grace');
    await expect(sandbox.log).toContainText('Hello, Grace!');
    await expect(timeline.row('Hello, Grace!')).toHaveCount(0);
    await putBehind(false);
    await expect(timeline.row('Hello, Grace!')).toHaveCount(1);
  });
});

test(
  'in seconds of a flood calls fold into counted blocks, frames stay short, the heap small, and it is told calmly',
  alone,
  async ({ page, browser, openSandbox }) => {
    const { sandbox, timeline } = await open(openSandbox, 'eof-loop');
    const cdp = await page.context().newCDPSession(page);
    const heapMegabytes = async (): Promise<number> => {
      await cdp.send('HeapProfiler.collectGarbage');
      return (await cdp.send('Runtime.getHeapUsage')).usedSize / 1e6;
    };
    const said = await listenToLiveRegions(page);
    await sandbox.run();
    await sandbox.expectState('eof');
    await timeline.lookAt();
    await expect(timeline.row('too many to show each')).toHaveCount(1);
    const heapBefore = await heapMegabytes();
    const answers = await watchAnswers(browser, page);
    const frames = await page.evaluate(
      (seconds) =>
        new Promise<number>((resolve) => {
          const until = performance.now() + seconds * 1000;
          let count = 0;
          const frame = (now: number): void => {
            count += 1;
            if (now >= until) resolve(count);
            else requestAnimationFrame(frame);
          };
          requestAnimationFrame(frame);
        }),
      FLOOD_SECONDS,
    );
    // The processor's time, not the clock's: what a busy machine does to other programs' frames is not the page's doing.
    expect(await answers.longest(), `longest of ${String(frames)} frames, in milliseconds`).toBeLessThan(50);
    const calls = async (): Promise<number> =>
      Number(
        /([\d,]+) calls/u
          .exec((await timeline.row('too many to show each').first().textContent()) ?? '')?.[1]
          ?.replaceAll(',', '') ?? 0,
      );
    await expect.poll(calls).toBeGreaterThan(100_000);
    expect((await heapMegabytes()) - heapBefore).toBeLessThan(50);
    expect((await timeline.rows()).length).toBeLessThan(900);
    await sandbox.stop();
    await sandbox.expectState('stopped');
    const announcements = await said();
    expectAtMostTwoASecond(announcements);
    expect(announcements.some(({ text }) => /^[\d,]+ lines, and then:/u.test(text))).toBe(true);
  },
);

test.describe('after it', () => {
  test('is stepped call by call, scrubbed and zoomed with the keyboard', async ({ openSandbox }) => {
    const { timeline } = await converse(openSandbox);
    await timeline.moment.focus();
    await timeline.moment.press('ArrowRight');
    await expect(timeline.selected).toContainText('“Name: ”');
    await expect(timeline.words).toHaveText(/^1 of 9: at 0\.000 s plugin fd_write\(1\)/u);
    for (let step = 0; step < 5; step += 1) await timeline.moment.press('ArrowRight');
    await expect(timeline.selected).toContainText('0 bytes = EOF');
    await expect(timeline.words).toContainText('0 bytes in stdin after it');
    await timeline.moment.press('ArrowLeft');
    await expect(timeline.selected).toContainText('“Name: ”');

    const axis = async (): Promise<string[]> => timeline.drawing.locator('.axis text').allTextContents();
    const whole = await axis();
    await timeline.moment.press('+');
    expect(await axis()).not.toEqual(whole);
    await timeline.moment.press('-');
    expect(await axis()).toEqual(whole);
    await timeline.moment.press('0');
    await expect(timeline.selected).toHaveCount(0);

    await timeline.moment.press('Home');
    await expect(timeline.moment).toHaveValue('0');
    await expect(timeline.words).toHaveText(/^0\.000 s: plugin/u);
    await timeline.moment.press('End');
    await expect(timeline.words).toContainText('stdin is closed, 0 bytes in it');
  });

  test('is replayed at the speed it was recorded, and can be paused', async ({ page, openSandbox }) => {
    const { timeline } = await converse(openSandbox);
    const length = Number(await timeline.moment.getAttribute('max'));
    const startedAt = await page.evaluate(() => performance.now());
    await timeline.button('Replay').click();
    await timeline.button('Pause').click();
    await expect(timeline.button('Replay')).toBeVisible();
    const paused = Number(await timeline.moment.inputValue());
    expect(paused).toBeLessThan(length);
    await timeline.button('Replay').click();
    await expect.poll(async () => Number(await timeline.moment.inputValue())).toBeGreaterThan(length - 0.001);
    await expect(timeline.button('Replay')).toBeVisible();
    expect((await page.evaluate(() => performance.now())) - startedAt).toBeGreaterThanOrEqual(length - paused);
  });

  test('a row or a bar that is clicked is looked at in both', async ({ openSandbox }) => {
    const { timeline } = await converse(openSandbox);
    await timeline.showCalls();
    await timeline.row('0 bytes = EOF').click();
    await timeline.lookAt();
    await expect(timeline.drawing.locator('.call-eof.selected')).toHaveCount(1);
    await timeline.drawing.locator('.wait-data').first().click();
    await expect(timeline.selected).toContainText('“Grace⏎”');
  });

  test('is saved as an SVG that stands by itself, and copied as text', async ({ page, context, openSandbox }) => {
    await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    const { timeline } = await converse(openSandbox);
    const download = page.waitForEvent('download');
    await timeline.button('Save as SVG').click();
    const saved = await download;
    expect(saved.suggestedFilename()).toBe('pipe-waits-c.svg');
    const svg = readFileSync(await saved.path(), 'utf8');
    expect(svg).not.toContain('var(--');
    const found = await page.evaluate((text) => {
      const { documentElement: root } = new DOMParser().parseFromString(text, 'image/svg+xml');
      return { name: root.localName, title: root.querySelector('title')?.textContent, text: root.textContent };
    }, svg);
    expect(found.name).toBe('svg');
    expect(found.title).toMatch(/^A pipe that waits, C plugin, wazero v/u);
    expect(found.text).toContain('0 bytes = EOF');

    await timeline.button('Copy as text').click();
    await expect(timeline.words).toHaveText('Copied the session and its calls as text.');
    const copied = await page.evaluate(() => navigator.clipboard.readText());
    expect(copied).toMatch(/^A pipe that waits, C plugin, wazero v/u);
    expect(copied).toMatch(/plugin {2}fd_read\(0\).*0 bytes = EOF/u);
    expect(copied).toContain('\n> Name: \\\n< Grace\n> Hello, Grace!\n> Name: \\\n^D\n>\n> EOF: no more names.\n= 0\n');
  });

  test('steps are told to a screen reader, and not more than once a second', async ({ page, openSandbox }) => {
    const { timeline } = await converse(openSandbox);
    await timeline.root.evaluate((root) => {
      const times: number[] = [];
      Object.assign(globalThis, { times });
      const status = root.querySelector('[role="status"]');
      if (status !== null) {
        new MutationObserver(() => times.push(performance.now())).observe(status, { childList: true });
      }
    });
    await timeline.moment.focus();
    for (let step = 0; step < 8; step += 1) await timeline.moment.press('ArrowRight');
    await expect(timeline.root.getByRole('status')).toHaveText(/^8 of 9/u);
    const times = await page.evaluate(() => (globalThis as unknown as { times: number[] }).times);
    times.slice(1).forEach((time, index) => expect(time - (times[index] ?? 0)).toBeGreaterThan(900));
  });
});

test.describe('is there for everybody', () => {
  test('axe finds nothing, light and dark', async ({ page, openSandbox }) => {
    const { timeline } = await converse(openSandbox);
    await expectNothingFound(page);
    await timeline.button('Next call').click();
    await expectNothingFound(page);
  });

  test('on a phone and with text of twice its size nothing is wider than the page, and all is there', async ({
    page,
    openSandbox,
  }) => {
    await page.setViewportSize({ width: 360, height: 740 });
    const { timeline } = await converse(openSandbox);
    await timeline.expectText(/0 bytes = EOF/u);
    const wider = (width: number): Promise<unknown[]> =>
      timeline.root.evaluate(
        (root, most) =>
          [...root.querySelectorAll('*')]
            // What a line has no room for ends in an ellipsis.
            .filter((element) => element.closest('td, .timeline-ends, .timeline-moment') === null)
            .filter((element) => element.getBoundingClientRect().right > most + 0.5 || element.scrollWidth > most)
            .map(({ className }) => className),
        width,
      );
    const pageWidth = (): Promise<number> => page.evaluate(() => document.documentElement.scrollWidth);
    expect(await wider(360)).toEqual([]);
    expect(await pageWidth()).toBeLessThanOrEqual(360);

    await page.setViewportSize({ width: 1280, height: 1600 });
    await page.evaluate(() => {
      document.documentElement.style.fontSize = '200%';
    });
    await expect(timeline.drawing).toHaveAttribute('font-size', '24');
    await timeline.expectText(/0 bytes = EOF/u);
    expect(await wider(1280)).toEqual([]);
    expect(await pageWidth()).toBeLessThanOrEqual(1280);
  });

  test('with less motion it is drawn in steps', async ({ page, openSandbox }) => {
    await page.emulateMedia({ reducedMotion: 'reduce' });
    const { sandbox, timeline } = await open(openSandbox, 'pipe-waits');
    await sandbox.run();
    await sandbox.expectWaiting();
    await timeline.expectText(/waiting in fd_read/u);
    const times = await timeline.lanes.evaluate(
      (lanes) =>
        new Promise<number[]>((resolve) => {
          const found: number[] = [];
          new MutationObserver(() => {
            found.push(performance.now());
            if (found.length === 3) resolve(found);
          }).observe(lanes, { childList: true });
        }),
    );
    expect((times[2] ?? 0) - (times[0] ?? 0)).toBeGreaterThan(1800);
  });

  test('is printed with its whole table, without its controls', async ({ page, openSandbox }) => {
    const { sandbox, timeline } = await converse(openSandbox);
    // An A4 page.
    await page.setViewportSize({ width: 794, height: 1123 });
    await page.emulateMedia({ media: 'print' });
    await expect(timeline.drawing).toBeVisible();
    await expect(timeline.row('0 bytes = EOF')).toBeVisible();
    // Nothing is cut off where paper cannot scroll.
    const cut = await timeline.table.evaluate(({ scrollHeight, clientHeight }) => scrollHeight - clientHeight);
    expect(cut).toBeLessThanOrEqual(1);
    await expect(timeline.button('Replay')).toBeHidden();
    await expect(sandbox.root.getByRole('button', { name: 'Show its calls' })).toBeHidden();
    await expect(sandbox.root.getByText('stdin, feed := io.Pipe()')).toBeVisible();
    await expect(sandbox.root.getByText('go run ./host pipe-waits.wasm').first()).toBeHidden();
  });

  test('is drawn for paper, where it was never on the screen', async ({ page, openSandbox }) => {
    await page.setViewportSize({ width: 794, height: 200 });
    const { sandbox, timeline } = await open(openSandbox, 'pipe-waits');
    await sandbox.run();
    await sandbox.expectWaiting();
    await sandbox.stop();
    await sandbox.expectState('stopped');
    await expect(timeline.root).toHaveCount(1);
    await expect(timeline.drawing).toHaveCount(0);
    await page.emulateMedia({ media: 'print' });
    await expect(timeline.drawing).toBeVisible();
    await expect(timeline.row('never returned')).toBeVisible();
  });

  test('in forced colours every shape stands out from the ground', async ({ page, openSandbox }) => {
    await page.emulateMedia({ forcedColors: 'active' });
    const { timeline } = await converse(openSandbox);
    const colours = await timeline.lanes.evaluate((lanes) => {
      const section = lanes.closest('.timeline');
      const ground = section === null ? '' : getComputedStyle(section).backgroundColor;
      const shapes = [...lanes.querySelectorAll('.glyph, .wait, text')];
      return { ground, fills: shapes.map((shape) => getComputedStyle(shape).fill) };
    });
    expect(colours.fills).not.toContain(colours.ground);
  });
});
