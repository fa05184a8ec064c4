/** What is built around sandboxes: predictions, two runs side by side, variants, challenges, recorded calls. */
import { axe } from './fixtures/axe.ts';
import { builtPages } from './fixtures/built-site.ts';
import { Challenge, placesOf } from './fixtures/challenge.ts';
import { expectAtMostTwoASecond, listenToLiveRegions } from './fixtures/live-regions.ts';
import { Sandbox } from './fixtures/sandbox.ts';
import { expect, test } from './fixtures/test.ts';
import { TimelineOnPage } from './fixtures/timeline.ts';

const PAGE = 'watch-it-block/';

// Lanes are drawn while they are seen.
test.use({ viewport: { width: 1280, height: 1600 } });

test.describe('a prediction', () => {
  test('is answered by the run, in its sandbox: the explanation comes, and the row that shows it is marked', async ({
    page,
    openSandbox,
  }) => {
    const sandbox = await openSandbox(PAGE, 'pipe-waits');
    const prediction = page.locator('plugin-prediction').first();
    await prediction.getByRole('radio', { name: 'EOF' }).check();
    await expect(page.getByText('nobody has closed this one').filter({ visible: true })).toHaveCount(0);
    await sandbox.choosePlugin('C plugin');
    await sandbox.run();
    await sandbox.expectWaiting();
    await expect(prediction.getByRole('status')).toBeEmpty();
    await expect(sandbox.root.getByText('Your bet: EOF. The run decides.')).toBeVisible();
    await sandbox.type('Grace');
    await expect(prediction.getByRole('status')).toContainText('It came differently: Nothing yet: it waits.');
    await expect(sandbox.root.getByText('It came differently: Nothing yet: it waits.')).toBeVisible();
    await expect(sandbox.root.getByText('nobody has closed this one')).toBeVisible();
    await expect(sandbox.root.getByText('The host holds the writing end, and may')).toBeVisible();
    await expect(page.getByText('A pipe hands each byte over once').filter({ visible: true })).toHaveCount(0);
    const timeline = new TimelineOnPage(sandbox.root);
    await timeline.lookAt();
    await expect(timeline.table.locator('.proof')).toHaveText(/fd_read\(0\).*waiting$/u);

    await prediction.getByRole('radio', { name: 'Nothing yet' }).check();
    await expect(prediction.getByRole('status')).toBeEmpty();
    await sandbox.run();
    await sandbox.expectWaiting();
    await sandbox.type('Grace');
    await expect(prediction.getByRole('status')).toContainText('You were right: Nothing yet: it waits.');
  });

  test('can be skipped', async ({ page, openInC }) => {
    const sandbox = await openInC(PAGE, 'pipe-waits');
    await sandbox.run();
    await sandbox.expectWaiting();
    await sandbox.type('Grace');
    await expect(page.locator('plugin-prediction').first().getByRole('status')).toContainText(
      'The run shows: Nothing yet: it waits.',
    );
  });

  for (const width of [1280, 390]) {
    test(`moves nothing when its answer comes, at ${String(width)} px`, async ({ page, openInC }) => {
      await page.setViewportSize({ width, height: 1600 });
      const sandbox = await openInC(PAGE, 'pipe-waits');
      const prediction = page.locator('plugin-prediction').first();
      await prediction.getByRole('radio', { name: 'Nothing yet' }).check();
      await sandbox.run();
      await sandbox.expectWaiting();
      const places = (): Promise<number[]> => placesOf([prediction, sandbox.log]);
      const before = await places();
      await sandbox.type('Grace');
      await expect(prediction.getByRole('status')).toContainText('You were right');
      expect(await places()).toEqual(before);
    });
  }
});

test.describe('side by side', () =>
  test('one input reaches both, on one clock, and the page says where they part', async ({ page, openSandbox }) => {
    await openSandbox(PAGE, 'buffer-fed');
    const both = page.locator('side-by-side');
    const [buffer, pipe] = ['bytes.Buffer', 'io.Pipe'].map((label) => both.locator(`[data-side="${label}"]`));
    if (buffer === undefined || pipe === undefined) throw new Error('two sides');
    const lanes = { buffer: new TimelineOnPage(buffer), pipe: new TimelineOnPage(pipe) };
    await both.scrollIntoViewIfNeeded();
    await both.getByRole('button', { name: 'Run both' }).click();
    await expect(both.locator('.side-by-side-words')).toHaveText(
      'Call 2 parts them. With bytes.Buffer, fd_read(0) returned 0 bytes = EOF at once. With io.Pipe, fd_read(0) waits.',
    );
    await both.getByRole('textbox', { name: 'Line for both' }).fill('Grace');
    await both.getByRole('button', { name: 'Send to both' }).click();
    for (const timeline of [lanes.buffer, lanes.pipe]) {
      await timeline.lookAt();
      await expect(timeline.row('typed “Grace⏎”')).toHaveCount(1);
    }
    await expect(lanes.pipe.row('“Grace⏎”').filter({ hasText: 'fd_read(0)' })).toContainText('6 bytes');
    await expect(both.locator('.side-by-side-words')).toContainText(
      /With io\.Pipe, fd_read\(0\) waited .*returned 6 bytes\.$/u,
    );
    for (const timeline of [lanes.buffer, lanes.pipe]) {
      await expect(timeline.table.locator('.proof')).toContainText('fd_read(0)');
    }

    await both.getByRole('button', { name: 'Close both' }).click();
    await new Sandbox(buffer).expectExit(0);
    await new Sandbox(pipe).expectExit(0);
    await expect(new Sandbox(buffer).log).toContainText('Left in the buffer: "Grace\\n"');
    // The same moment stands at the same place, and looking at it in one is looking at it in both.
    const axis = (timeline: TimelineOnPage): Promise<(readonly [string | null, string | null])[]> =>
      timeline.drawing
        .locator('.axis text')
        .evaluateAll((texts) => texts.map((text) => [text.textContent, text.getAttribute('x')] as const));
    await expect(async () => {
      expect(await axis(lanes.buffer)).toEqual(await axis(lanes.pipe));
    }).toPass();
    await lanes.pipe.moment.focus();
    await lanes.pipe.moment.press('ArrowRight');
    await expect(lanes.buffer.drawing.locator('.cursor')).toHaveCount(1);
    expect(await lanes.buffer.moment.inputValue()).toBe(await lanes.pipe.moment.inputValue());
  }));

test('a conversation with challenges beside it is announced at most twice a second, and its log not at all', async ({
  page,
  openSandbox,
}) => {
  const sandbox = await openSandbox(PAGE, 'host-ticks');
  await sandbox.choosePlugin('C plugin');
  const said = await listenToLiveRegions(page);
  await sandbox.run();
  await sandbox.expectWaiting();
  await expect(sandbox.log).toContainText('tick 10');
  const words = async (): Promise<string> => (await said()).map(({ text }) => text).join('\n');
  for (const name of ['Ada', 'Grace', 'Zoë']) {
    await sandbox.type(name);
    await expect(sandbox.log).toContainText(`Hello, ${name}!`);
    await expect.poll(words).toContain(`Hello, ${name}!`);
  }
  await expect(new Challenge(sandbox).said).toHaveText(/^Not this time\. You used 3 acts/u);
  await sandbox.closeStdin();
  await sandbox.expectExit(0);
  // Each part has had its turn when the end was told.
  await expect(sandbox.root.locator('[data-part="announce"]')).toContainText('exited 0');
  const announcements = await said();
  expectAtMostTwoASecond(announcements);
});

test('variants: switching marks the lines of the host that changed, and keeps the plugin', async ({
  page,
  openSandbox,
}) => {
  await openSandbox(PAGE, 'no-stdin');
  const variants = page.locator('plugin-variants');
  const shown = (example: string): Sandbox =>
    new Sandbox(variants.locator(`plugin-sandbox[data-example="${example}"]`));
  await variants.scrollIntoViewIfNeeded();
  await shown('no-stdin').choosePlugin('C plugin');
  await variants.getByRole('radio', { name: 'io.Pipe', exact: true }).check();
  await expect(shown('no-stdin').root).toBeHidden();
  await expect(shown('pipe-waits').root.getByRole('radio', { name: 'C plugin' })).toBeChecked();
  await expect(variants.getByText(/lines of host\/main\.go changed; the plugin is the same/u)).toBeVisible();
  const changed = shown('pipe-waits').root.locator('.line[data-changed]');
  await expect(changed.filter({ hasText: 'stdin, feed := io.Pipe()' })).toHaveCount(1);
  await expect(changed.filter({ hasText: 'WithStdout' })).toHaveCount(0);

  await variants.getByRole('radio', { name: 'io.Pipe, not closed' }).check();
  const gone = shown('pipe-left-open').root.locator('.line[data-changed]');
  await expect(gone.filter({ hasText: 'Not closed' })).toHaveCount(1);
  await expect(gone.filter({ hasText: 'io.Pipe()' })).toHaveCount(0);
});

test.describe('a challenge', () => {
  test('is solved with the keyboard alone, and undone by Run again', async ({ page, openSandbox }) => {
    const sandbox = await openSandbox(PAGE, 'host-ticks');
    const challenge = new Challenge(sandbox);
    await expect(challenge.shown).toContainText('have it exit 0');
    await expect(challenge.shown.getByText('Press Run to begin.')).toBeVisible();
    await sandbox.root.getByRole('radio', { name: 'Go plugin' }).focus();
    await page.keyboard.press('ArrowRight');
    await expect(sandbox.root.getByRole('radio', { name: 'C plugin' })).toBeChecked();
    await sandbox.runButton.focus();
    await page.keyboard.press('Enter');
    await sandbox.expectWaiting();
    await expect(challenge.said).toHaveText('You have used 0 of 2 acts.');
    await sandbox.input.focus();
    for (const name of ['Ada', 'Grace', 'Zoë']) {
      await page.keyboard.type(name);
      await page.keyboard.press('Enter');
    }
    await expect(challenge.said).toHaveText(/^Not this time\. You used 3 acts, more than 2\./u);

    await sandbox.runButton.focus();
    await page.keyboard.press('Enter');
    await sandbox.expectWaiting();
    await expect(challenge.said).toHaveText('You have used 0 of 2 acts.');
    await sandbox.input.focus();
    await page.keyboard.type('Ada');
    await page.keyboard.press('Enter');
    await expect(sandbox.log).toContainText('Hello, Ada!');
    await page.keyboard.press('Control+d');
    await expect(challenge.said).toHaveText('Reached. It exited 0 after 2 of 2 acts.');
    expect(await axe(page, { within: 'main' })).toEqual([]);
  });

  test('is one of several: the next one comes when the reader wants it, and is not lost by what was done before', async ({
    page,
    openInC,
  }) => {
    const sandbox = await openInC(PAGE, 'host-ticks');
    const challenge = new Challenge(sandbox);
    await expect(challenge.shown).toContainText('Puzzle 1 of 3.');
    await challenge.next.click();
    await expect(challenge.shown).toContainText('Puzzle 2 of 3. Leave the plugin waiting in one call for two seconds');
    await expect(challenge.next).toBeFocused();
    await sandbox.run();
    await expect(challenge.said).toHaveText('Reached. The plugin has been in fd_read for 2 seconds.');
    await sandbox.type('Ada');
    await expect(sandbox.log).toContainText('Hello, Ada!');
    // What was reached stays so until the next run.
    await expect(challenge.said).toContainText('Reached.');

    // This run can't reach the next one any more; that is not the reader's fault.
    await page.keyboard.press('Shift+Tab');
    await challenge.next.press('Enter');
    await expect(challenge.shown).toContainText('Puzzle 3 of 3.');
    await expect(challenge.shown.getByText('Press Run to begin.')).toBeVisible();
    await sandbox.run();
    await expect(sandbox.log).toContainText('tick 10');
    await sandbox.closeStdin();
    await expect(challenge.said).toHaveText('Reached. The plugin came out of fd_read, and you typed nothing.');
    await challenge.next.click();
    await expect(challenge.shown).toContainText('Puzzle 1 of 3.');
  });

  test('stands in its sandbox, and the text far from there leads to it', async ({ page, openSandbox }) => {
    const sandbox = await openSandbox('two-pipes/', 'two-pipes');
    const challenge = new Challenge(sandbox);
    await expect(challenge.shown).toContainText('Have two answers, and then let the plugin go.');
    const place = page.locator('.challenge-place');
    await expect(place).toContainText('Challenge in “Request and response”. Have two answers');
    await place.getByRole('link', { name: 'Go there' }).click();
    await expect(sandbox.runButton).toBeInViewport();
    await expect(challenge.shown).toBeInViewport();
  });

  test('is not said twice where its sandbox comes next', async ({ page, openSandbox }) => {
    const sandbox = await openSandbox('the-symptom/', 'pipe-waits');
    await expect(page.getByText('Let its very first read be EOF').filter({ visible: true })).toHaveCount(1);
    await expect(new Challenge(sandbox).shown).toContainText('Let its very first read be EOF');
    await page.goto(PAGE);
    await expect(page.locator('.challenge-place')).toHaveCount(3);
    await expect(page.locator('.challenge-place').filter({ visible: true })).toHaveCount(0);
  });

  test('of a variant that is out of sight is led to as well', async ({ page, openSandbox }) => {
    const sandbox = await openSandbox('how-wazero-adapts/', 'terminal');
    await expect(sandbox.root).toBeHidden();
    await page.getByRole('link', { name: 'Go there' }).click();
    await expect(new Challenge(sandbox).shown).toBeInViewport();
  });

  test('counts a run that was over before anything judged it', async ({ page, openInC }) => {
    await page.route(/define-lessons\./u, async (route) => {
      await new Promise<void>((resolve) => (release = resolve));
      await route.continue();
    });
    let release = (): void => undefined;
    const sandbox = await openInC('buffers-end/', 'buffer-fed');
    await sandbox.run();
    await sandbox.closeStdin();
    await sandbox.expectExit(0);
    const challenge = new Challenge(sandbox);
    await expect(challenge.shown.getByText('Press Run to begin.')).toBeVisible();
    release();
    await expect(challenge.said).toHaveText('Reached. It exited 0 after 1 of 1 acts.');
  });

  for (const width of [1280, 390]) {
    test(`moves nothing with its verdict and its hint, at ${String(width)} px`, async ({ page, openInC }) => {
      await page.setViewportSize({ width, height: 1600 });
      const sandbox = await openInC('pipes-wait/', 'host-ticks');
      const challenge = new Challenge(sandbox);
      await sandbox.run();
      await sandbox.expectWaiting();
      await expect(challenge.said).toHaveText('The plugin is still there.');
      await expect(sandbox.log).toContainText('tick 10');
      const places = (): Promise<number[]> => placesOf([sandbox.state, sandbox.log]);
      const before = await places();
      await challenge.shown.getByText('A hint').click();
      await expect(challenge.shown.getByText('Two of them need no line.')).toBeVisible();
      expect(await places()).toEqual(before);
      await challenge.shown.getByText('A hint').click();
      await sandbox.closeStdin();
      await expect(challenge.said).toContainText('Reached.');
      expect(await places()).toEqual(before);
    });
  }
});

test('the calls that were recorded natively have the same lanes and table, and say where they come from', async ({
  openSandbox,
}) => {
  const sandbox = await openSandbox(PAGE, 'pipe-waits');
  await sandbox.choosePlugin('C plugin');
  await sandbox.root.getByRole('button', { name: 'Show its calls' }).click();
  const recorded = new TimelineOnPage(sandbox.root);
  await expect(recorded.root).toHaveAccessibleName(/recorded$/u);
  await recorded.lookAt();
  await expect(recorded.root).toContainText(/recorded on Linux with wazero v\d.* by “npm run examples -- --trace”/u);
  await expect(recorded.row('0 bytes = EOF')).toContainText('fd_read(0)');
  await recorded.expectText(/0 bytes = EOF$/u);
  await recorded.moment.focus();
  await recorded.moment.press('ArrowRight');
  await expect(recorded.selected).toContainText('“Name: ”');
  await sandbox.root.getByRole('button', { name: 'Hide its calls' }).click();
  await expect(recorded.root).toHaveCount(0);
});

test('without JavaScript the page has the answers, the sandboxes and the goals', async ({ browser, baseURL }) => {
  const context = await browser.newContext({ javaScriptEnabled: false, baseURL: baseURL ?? '' });
  const page = await context.newPage();
  await page.goto(PAGE);
  const prediction = page.locator('plugin-prediction').first();
  await prediction.getByText('What was recorded').click();
  await expect(prediction.getByText('Nothing yet: it waits. The host holds the writing end')).toBeVisible();
  await expect(page.locator('plugin-variants plugin-sandbox')).toHaveCount(5);
  for (const sandbox of await page.locator('plugin-variants plugin-sandbox').all()) await expect(sandbox).toBeVisible();
  const goals = page.locator('.challenge-place');
  await expect(goals).toHaveCount(3);
  await expect(goals.first()).toContainText('Challenge in “The host goes on”. Get one greeting');
  await goals.first().getByText('A hint').filter({ visible: true }).click();
  await expect(goals.first().getByText('A line that is still in the field').first()).toBeVisible();
  await expect(page.getByRole('link', { name: 'Go there' })).toHaveCount(0);
  await context.close();
});

for (const width of [1280, 360]) {
  test(`axe finds nothing in any state, at ${String(width)} px`, async ({ page, openSandbox }) => {
    await page.setViewportSize({ width, height: 1600 });
    const sandbox = await openSandbox(PAGE, 'pipe-waits');
    await page.locator('plugin-prediction').first().getByRole('radio', { name: 'EOF' }).check();
    await sandbox.choosePlugin('C plugin');
    await sandbox.run();
    await sandbox.expectWaiting();
    await sandbox.type('Grace');
    await expect(page.getByText('It came differently').filter({ visible: true }).first()).toBeVisible();
    await page.locator('side-by-side').scrollIntoViewIfNeeded();
    await page.getByRole('button', { name: 'Run both' }).click();
    await expect(page.locator('.side-by-side-words')).toContainText('Call 2 parts them.');
    await sandbox.show('Recorded');
    await sandbox.root.getByRole('button', { name: 'Show its calls' }).click();
    await expect(sandbox.root.getByRole('button', { name: 'Hide its calls' })).toBeVisible();
    expect(await axe(page, { within: 'main' })).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
  });
}

test('nothing moves away when what stands around a sandbox begins to work', async ({ page }) => {
  test.slow();
  const around = page.locator(
    '.challenge-place, plugin-prediction, .variants, [data-part="challenge"], [data-part="variants"], [data-part="both"]',
  );
  const heights = (): Promise<number[]> =>
    around.evaluateAll((elements) => elements.map((element) => Math.round(element.getBoundingClientRect().height)));
  for (const { path } of builtPages()) {
    await page.goto(path);
    const before = await heights();
    for (const element of await around.all()) {
      await element.evaluate((part) => part.scrollIntoView({ block: 'center' }));
    }
    // Who reaches for Run has the rest of it defined.
    const run = page.locator('plugin-sandbox').getByRole('button', { name: 'Run', exact: true });
    if ((await run.count()) > 0) await run.first().focus();
    await expect(page.locator(':is(plugin-variants, side-by-side):not(:defined)')).toHaveCount(0);
    expect({ path, heights: await heights() }).toEqual({ path, heights: before });
  }
});
