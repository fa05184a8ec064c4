/**
 * The site with every letter of its tables marked: a letter without an accent, anywhere in what a reader meets of a sandbox and
 * of what is around it, came from elsewhere than a table. Needs a build of its own, see `wordsTests` in scripts/test-steps.ts.
 */
import type { Page } from 'playwright';
import { sampleOfRun } from '../scripts/sample.ts';
import { builtPages, pageOf } from './fixtures/built-site.ts';
import { accented, MarkedSandbox } from './fixtures/marked-sandbox.ts';
import { strayWords } from './fixtures/stray-words.ts';
import { expect, test } from './fixtures/test.ts';

// Lanes are drawn while they are seen. What is found is a list, and to record how takes longer than to find it.
test.use({ viewport: { width: 1280, height: 1600 }, trace: 'off' });

/** So many sandboxes run in a test that samples, besides those that are always looked at. */
const BY_CHANCE = 1;

const LESSON = 'watch-it-block/';

/** What was found in a test: each string with the page and the state in which it was met first. */
class Found {
  readonly #page: Page;
  readonly #strays = new Map<string, string>();

  constructor(page: Page) {
    this.#page = page;
  }

  /** @param state of the page, for the list */
  async look(state: string): Promise<void> {
    const { pathname } = new URL(this.#page.url());
    for (const { where, text } of await strayWords(this.#page)) {
      // Other numbers are not other words.
      const stray = `${where} ${JSON.stringify(text)}`;
      const kind = stray.replaceAll(/\d[\d,.]*/gu, '0');
      if (!this.#strays.has(kind)) this.#strays.set(kind, `${pathname} ${state}: ${stray}`);
    }
  }

  expectNothing(): void {
    expect([...this.#strays.values()], 'said without a table of words').toEqual([]);
  }
}

function sandboxOf(page: Page, example: string): MarkedSandbox {
  return new MarkedSandbox(page.locator(`plugin-sandbox[data-example="${example}"]`).first());
}

async function open(page: Page, path: string, example: string): Promise<MarkedSandbox> {
  await page.goto(path);
  return sandboxOf(page, example);
}

/** Runs it until it waits, ends or fails; then has it stopped if it goes on. */
async function runAndLook(sandbox: MarkedSandbox, found: Found, name: string): Promise<void> {
  await sandbox.run();
  const settled = /^(?:waiting|eof|exited|failed)$/u;
  await expect(sandbox.state).toHaveAttribute('data-state', settled);
  await found.look(`${name}, ${(await sandbox.state.getAttribute('data-state')) ?? ''}`);
  if (await sandbox.stopButton.isEnabled()) {
    // It may end by itself before the click.
    await sandbox.root.evaluate((root) => root.querySelector<HTMLElement>('[data-action="stop"]')?.click());
    await expect(sandbox.state).toHaveAttribute('data-state', /^(?:stopped|exited|failed)$/u);
    await found.look(`${name}, stopped`);
  }
}

/** What is the same on many pages is in the table on all of them. */
const PAGES_BY_CHANCE = 14;
const pages = sampleOfRun('words of a page', builtPages(), PAGES_BY_CHANCE);

for (const half of [0, 1]) {
  test(`a page that nobody has touched, ${half === 0 ? 'the first' : 'the second'} half of them`, async ({ page }) => {
    const found = new Found(page);
    for (const { path } of pages.filter((_, index) => index % 2 === half)) {
      await page.goto(path);
      await found.look('idle');
    }
    found.expectNothing();
  });
}

test('a run that waits and ends, its timeline, the bet on it, and a link to it', async ({ page }) => {
  const found = new Found(page);
  const sandbox = await open(page, LESSON, 'pipe-waits');
  const { root } = sandbox;
  await page.locator('plugin-prediction').first().getByRole('radio', { name: 'EOF' }).check();
  await sandbox.choosePlugin('C plugin');
  await sandbox.run();
  await sandbox.expectWaiting();
  await root.locator('[data-part="timeline"]').scrollIntoViewIfNeeded();
  await found.look('waiting');
  await sandbox.type('Grace');
  await expect(page.locator('plugin-prediction').first().getByRole('status')).not.toBeEmpty();
  await found.look('answered');
  await sandbox.closeStdin();
  await sandbox.expectExit();
  await found.look('ended');
  await root.getByRole('slider', { name: accented('Moment') }).focus();
  for (const key of ['ArrowLeft', 'ArrowLeft', 'ArrowLeft', 'ArrowLeft']) await page.keyboard.press(key);
  await found.look('looking back');
  await root.getByRole('button', { name: accented('Copy as text') }).click();
  await sandbox.button('More').click();
  await sandbox.button('Copy a link to this run').click();
  await expect(root.locator('[data-part="share-note"]')).not.toBeEmpty();
  await root.getByRole('tab', { name: accented('Recorded') }).click();
  await sandbox.button('Show its calls').click();
  await expect(sandbox.button('Hide its calls')).toBeVisible();
  await found.look('shared, with the recorded calls');

  const link = page.url();
  await page.goto('about:blank');
  await page.goto(link);
  await expect(sandbox.root.locator('[data-part="share-note"]')).not.toBeEmpty();
  await found.look('from a link');
  await page.goto('about:blank');
  await page.goto(`${LESSON}#run=eyJ2IjoxLC`);
  await expect(page.locator('[data-part="share-note"]').first()).not.toBeEmpty();
  await found.look('from a damaged link');
  found.expectNothing();
});

test('two runs side by side, variants, and challenges that are missed and reached', async ({ page }) => {
  test.slow();
  const found = new Found(page);
  await page.goto(LESSON);
  const both = page.locator('side-by-side');
  const button = (name: string) => both.getByRole('button', { name: accented(name) });
  const state = (label: string) => both.locator(`[data-side="${label}"] [data-part="state"]`);
  await both.scrollIntoViewIfNeeded();
  await button('Run both').click();
  await expect(state('io.Pipe')).toHaveAttribute('data-state', 'waiting');
  await found.look('side by side, parted');
  await both.getByRole('textbox', { name: accented('Line for both') }).fill('Grace');
  await button('Send to both').click();
  await button('Close both').click();
  for (const label of ['bytes.Buffer', 'io.Pipe']) {
    await expect(state(label)).toHaveAttribute('data-state', 'exited');
  }
  await found.look('side by side, ended');

  const variants = page.locator('plugin-variants');
  await variants.scrollIntoViewIfNeeded();
  await variants.getByRole('radio', { name: 'io.Pipe', exact: true }).check();
  await expect(variants.locator('[data-part="difference"]')).not.toBeEmpty();
  await found.look('another variant');

  const puzzle = sandboxOf(page, 'host-ticks');
  const challenges = puzzle.root.locator('plugin-challenge').filter({ visible: true });
  const next = (): Promise<void> => challenges.getByRole('button', { name: accented('Next puzzle') }).click();
  await puzzle.choosePlugin('C plugin');
  await puzzle.root.scrollIntoViewIfNeeded();
  await next();
  await puzzle.run();
  await puzzle.expectWaiting();
  await found.look('challenges begun');
  await expect(challenges.and(page.locator('[data-state="reached"]')).first()).toBeVisible();
  await puzzle.closeStdin();
  await puzzle.expectExit();
  await found.look('challenges reached');
  await next();
  await puzzle.run();
  await puzzle.expectWaiting();
  for (const name of ['Ada', 'Grace', 'Zoë']) await puzzle.type(name);
  await expect(challenges.and(page.locator('[data-state="missed"]')).first()).toBeVisible();
  await puzzle.stop();
  await puzzle.expectState('stopped');
  await found.look('challenges missed');
  found.expectNothing();
});

test('runs that fail, that flood, that wait in another way, and one that cannot wait', async ({
  page,
  complaints,
  context,
}) => {
  test.slow();
  const found = new Found(page);
  const { path } = pageOf('pipe-waits');
  await page.route('**/*.wasm', (route) => route.abort());
  const refused = await open(page, path, 'pipe-waits');
  await refused.run();
  await refused.expectState('failed');
  await found.look('nothing can be loaded');
  await page.unroute('**/*.wasm');
  // The browser reports what this test refused.
  complaints.length = 0;

  const flood = await open(page, pageOf('eof-loop').path, 'eof-loop');
  await flood.choosePlugin('C plugin');
  await flood.run();
  await flood.expectState('eof');
  await expect(flood.elided).toBeVisible();
  await found.look('a flood');
  await flood.stop();
  await flood.expectState('stopped');
  await found.look('a flood, stopped');

  for (const transport of ['shared-memory', 'service-worker']) {
    const other = await open(page, `${path}?transport=${transport}`, 'pipe-waits');
    await other.choosePlugin('C plugin');
    await other.run();
    await other.expectWaiting();
    await found.look(`waiting over ${transport}`);
  }

  const bare = await context.newPage();
  await bare.addInitScript(() => {
    Reflect.deleteProperty(WebAssembly, 'Suspending');
    Reflect.deleteProperty(WebAssembly, 'promising');
    Reflect.deleteProperty(globalThis, 'SharedArrayBuffer');
    Reflect.deleteProperty(Navigator.prototype, 'serviceWorker');
  });
  const foundThere = new Found(bare);
  const replaying = await open(bare, path, 'pipe-waits');
  await replaying.run();
  await replaying.expectExit();
  await foundThere.look('replayed');
  found.expectNothing();
  foundThere.expectNothing();
});

test('the editor, with what the compiler says, and after a run', async ({ page }) => {
  test.slow();
  const found = new Found(page);
  const sandbox = await open(page, pageOf('pipe-waits').path, 'pipe-waits');
  const { root } = sandbox;
  const editor = root.locator('.edit-panel');
  const code = root.getByRole('tabpanel').locator('.cm-content');
  const fill = async (text: string): Promise<void> => {
    await code.click();
    await page.keyboard.press('ControlOrMeta+a');
    await page.keyboard.insertText(text);
  };
  await sandbox.button('Edit').click();
  await expect(code).toBeVisible();
  await found.look('editor open');
  await sandbox.button('Add a file').click();
  await root.getByRole('textbox', { name: accented('Name') }).fill('../more.go');
  await page.keyboard.press('Enter');
  await expect(root.getByRole('alert')).not.toBeEmpty();
  await found.look('a file with a wrong name');
  await page.keyboard.press('Escape');
  await code.click();
  await page.keyboard.press('ControlOrMeta+f');
  await found.look('finding in the editor');
  await page.keyboard.press('Escape');

  // "Load the Go compiler (11.6 MB)".
  await editor
    .getByRole('button')
    .filter({ hasText: /\d M\u0301?B\u0301?\)$/u })
    .click();
  await fill('package main\n\nfunc main() { fmt.Say() }\n');
  await expect(root.locator('.cm-lintRange-error').first()).toBeVisible({ timeout: 60_000 });
  await found.look('a compile error');
  await sandbox.run();
  await sandbox.expectState('failed');
  await found.look('a run that does not compile');
  await fill('package main\n\nimport "net/http"\n\nfunc main() { http.Get("") }\n');
  await expect(root.getByText('net/http').filter({ visible: true }).first()).toBeVisible();
  await found.look('an import that is not there');
  await fill('package main\n\nfunc main() { panic("on purpose") }\n');
  await expect(root.locator('.cm-lintRange-error')).toHaveCount(0);
  await sandbox.run();
  await sandbox.expectState('exited');
  await found.look('an edited run that panicked');
  await sandbox.button('Changes').click();
  await expect(sandbox.button('Changes')).toHaveAttribute('aria-expanded', 'true');
  await found.look('changes shown');
  await sandbox.button('Changes').click();
  await sandbox.button('Copy a link to this program').click();
  await expect(page).toHaveURL(/#edit=d/u);
  await found.look('a link to a program');
  await sandbox.button('Reset').click();
  await found.look('reset');
  found.expectNothing();
});

test('the playground, with a file that is no plugin', async ({ page }) => {
  const found = new Found(page);
  await page.goto('playground/');
  const sandbox = new MarkedSandbox(page.locator('plugin-sandbox').first());
  const plugin = page.getByRole('combobox', { name: accented('Plugin') });
  const note = page.locator('[data-part="own-note"]');
  await plugin.selectOption('own');
  await expect(note).not.toBeEmpty();
  await sandbox.run();
  await sandbox.expectState('failed');
  await found.look('no file yet');
  const bring = (name: string, bytes: readonly number[]): Promise<void> =>
    page
      .getByLabel(accented('Your .wasm file, which stays in this browser'))
      .setInputFiles({ name, mimeType: 'application/wasm', buffer: Buffer.from(bytes) });
  const others: readonly (readonly [string, readonly number[]])[] = [
    ['program.wasm', [0x7f, 0x45, 0x4c, 0x46, 2, 1, 1, 0]],
    ['component.wasm', [0, 0x61, 0x73, 0x6d, 0x0d, 0, 1, 0]],
    ['empty.wasm', [0, 0x61, 0x73, 0x6d, 1, 0, 0, 0]],
  ];
  for (const [name, bytes] of others) {
    await bring(name, bytes);
    await expect(note).toContainText(name);
    await found.look(`${name} is brought`);
  }
  await plugin.selectOption('wat');
  await expect(page.getByRole('tab', { name: /main\.wat/u })).toBeVisible();
  await found.look('WAT');
  await sandbox.run();
  await sandbox.expectWaiting();
  await found.look('WAT, waiting');
  found.expectNothing();
});

test('a plugin on other hosts', async ({ page }) => {
  const found = new Found(page);
  await page.goto('reference/other-hosts/');
  const hosts = page.locator('direct-host');
  for (const [index, settled] of [/^exited$/u, /^waiting$/u, /^waiting$/u].entries()) {
    const host = new MarkedSandbox(hosts.nth(index));
    await host.run();
    await expect(host.state).toHaveAttribute('data-state', settled);
  }
  await found.look('run');
  await new MarkedSandbox(hosts.nth(1)).stop();
  await expect(hosts.nth(1).locator('[data-part="state"]')).toHaveAttribute('data-state', 'stopped');
  await found.look('stopped');
  found.expectNothing();
});

const runnable = [
  ...new Set(builtPages().flatMap(({ path, examples }) => (path === 'playground/' ? [] : examples))),
].sort();

for (const example of sampleOfRun('words', runnable, BY_CHANCE)) {
  test(`a run of ${example}`, async ({ page }) => {
    const found = new Found(page);
    await runAndLook(await open(page, pageOf(example).path, example), found, example);
    found.expectNothing();
  });
}
