/** The sandbox as one instrument: what stands where, and what stays in sight. Examples are measured where they are played. */
import { pageOf } from './fixtures/built-site.ts';
import { EditorOnPage } from './fixtures/editor.ts';
import { Sandbox } from './fixtures/sandbox.ts';
import { expect, test } from './fixtures/test.ts';

const example = 'pipe-waits';
const { path } = pageOf(example);

test.describe('a sandbox', { tag: '@once' }, () => {
  test('shows the lines that matter, and the whole file when it is asked for', async ({ openSandbox }) => {
    const { root } = await openSandbox(path, example);
    const host = root.getByRole('tabpanel', { name: 'host/main.go' });
    const first = host.getByText('package main');
    await expect(host.getByText('stdin, feed := io.Pipe()')).toBeVisible();
    await expect(first).toBeHidden();
    const whole = root.getByRole('button', { name: 'Show the whole file' });
    await whole.click();
    await expect(whole).toHaveAttribute('aria-pressed', 'true');
    await expect(first).toBeVisible();
    await whole.click();
    await expect(first).toBeHidden();
    // Folded or not, the text is that of the file.
    expect(await host.locator('code').textContent()).toMatch(/^\/\/ The host[^\n]*\npackage main\n[^]*\n\}\n$/u);
  });

  test('numbers its lines as the file does', async ({ openSandbox }) => {
    const { root } = await openSandbox(path, example);
    const place = await root
      .getByRole('tabpanel', { name: 'host/main.go' })
      .locator('code')
      .evaluate((code) => {
        const lines = code.textContent.split('\n');
        const group = code.querySelector<HTMLElement>('.lines:has(> mark.line)');
        const first = group?.firstElementChild?.textContent.replace(/\n$/u, '') ?? '';
        return { told: Number(group?.style.counterReset.split(' ')[1]) + 1, found: lines.indexOf(first) + 1 };
      });
    expect(place.told).toBe(place.found);
  });

  test('has its recording and its commands before Run, and its timeline after', async ({ openInC }) => {
    const sandbox = await openInC(path, example);
    const { root } = sandbox;
    const tab = (name: string) => root.getByRole('tab', { name, exact: true });
    await expect(tab('Recorded')).toHaveAttribute('aria-selected', 'true');
    await expect(root.getByRole('region', { name: /^Recorded session/u })).toBeVisible();
    await tab('Recorded').press('ArrowRight');
    await expect(tab('At home')).toBeFocused();
    await expect(root.getByText('go run ./host pipe-waits.wasm').filter({ visible: true })).toHaveCount(1);
    await tab('Timeline').click();
    await expect(root.getByRole('tabpanel', { name: 'Timeline' })).toBeVisible();
    await tab('Recorded').click();
    await sandbox.run();
    await sandbox.expectWaiting();
    await expect(tab('Timeline')).toHaveAttribute('aria-selected', 'true');
    // A reader who looks at the calls goes on looking at them.
    await tab('Calls').click();
    await sandbox.run();
    await sandbox.expectWaiting();
    await expect(tab('Calls')).toHaveAttribute('aria-selected', 'true');
  });

  test('opens its editor at the lines that matter, in the same measure', async ({ page, openSandbox }) => {
    await page.setViewportSize({ width: 1440, height: 900 });
    const sandbox = await openSandbox(path, example);
    const editor = new EditorOnPage(page, sandbox.root);
    await sandbox.run();
    await editor.open();
    const code = editor.code('host/main.go');
    await expect(code.getByText('stdin, feed := io.Pipe()')).toBeInViewport();
    const { height, lines } = await sandbox.root.evaluate((root) => {
      const scroller = root.querySelector('.cm-scroller');
      const line = root.querySelector('.cm-line');
      return {
        height: root.getBoundingClientRect().height,
        lines: (scroller?.clientHeight ?? 0) / (line?.getBoundingClientRect().height ?? 1),
      };
    });
    // 96 are left for a picture.
    expect(height).toBeLessThanOrEqual(740 - 96 + 0.5);
    expect(lines).toBeGreaterThanOrEqual(14);
  });

  test('has a menu for what a run has besides, which Escape closes', async ({ page, openSandbox }) => {
    const { root } = await openSandbox(path, example);
    await root.getByRole('button', { name: 'More', exact: true }).press('Enter');
    const copy = root.getByRole('button', { name: 'Copy a link to this run' });
    await expect(copy).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(copy).toBeHidden();
  });

  test('is printed with the chosen plugin and without what has to be pressed', async ({ page, openInC }) => {
    const { root } = await openInC(path, example);
    await page.emulateMedia({ media: 'print' });
    await expect(root.getByText('stdin, feed := io.Pipe()')).toBeVisible();
    await expect(root.getByRole('heading', { name: 'plugin/main.c' })).toBeVisible();
    await expect(root.getByRole('heading', { name: 'plugin/main.go' })).toBeHidden();
    await expect(root.getByRole('region', { name: /^Recorded session/u })).toBeVisible();
    await expect(root.getByRole('button').filter({ visible: true })).toHaveCount(0);
    // One below the other.
    const parts = root.locator('[data-source], [data-part="recording"]').filter({ visible: true });
    const boxes = await parts.evaluateAll((all) => all.map((part) => part.getBoundingClientRect().toJSON() as DOMRect));
    for (const [index, { top }] of boxes.entries()) expect(top).toBeGreaterThanOrEqual(boxes[index - 1]?.bottom ?? top);
  });
});

for (const [width, height, most] of [
  [1440, 900, 680 - 84],
  [390, 844, 2 * 844],
] as const) {
  test(
    `two side by side stand in ${String(most)} px, ${String(width)} px wide`,
    { tag: '@once' },
    async ({ page, openPage }) => {
      await page.setViewportSize({ width, height });
      await openPage('watch-it-block/');
      const both = page.locator('side-by-side').first();
      await both.scrollIntoViewIfNeeded();
      await both.getByRole('button', { name: 'Run both' }).click();
      await expect(both.locator('[data-part="parting"]')).toContainText('Call 2 parts them.');
      const [left, right] = await both.locator('plugin-sandbox').all();
      for (const one of [left, right]) {
        if (one === undefined) throw new Error('expected two sandboxes side by side');
        await expect(new Sandbox(one).state).toBeVisible();
      }
      const box = await both.boundingBox();
      expect(box?.height).toBeLessThanOrEqual(most);
    },
  );
}
