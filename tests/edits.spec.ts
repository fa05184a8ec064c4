/** What a reader typed is the reader's: no link, other tab, full store, change of plugin or newer example takes it away. */
import type { Page } from 'playwright';
import { encodeProject, type SharedProject } from '../src/sandbox/editing/project/project-link.ts';
import { pageOf } from './fixtures/built-site.ts';
import { EditorOnPage } from './fixtures/editor.ts';
import { expect, test } from './fixtures/test.ts';

const example = 'pipe-waits';
const { path } = pageOf(example);
const HOST = 'host/main.go';
const PLUGIN = 'plugin/main.go';

const linkTo = (text: string, more: Partial<SharedProject> = {}): Promise<string> =>
  encodeProject({ host: example, plugin: 'go', files: [{ path: HOST, text: `package main // ${text}\n` }], ...more });

function editorOn(page: Page): EditorOnPage {
  return new EditorOnPage(page, page.locator(`plugin-sandbox[data-example="${example}"]`).first());
}

async function typeAtStart(page: Page, editor: EditorOnPage, file: string, text: string): Promise<void> {
  await editor.show(file);
  await editor.code(file).click();
  await page.keyboard.press('ControlOrMeta+Home');
  await page.keyboard.insertText(`// ${text}\n`);
}

async function choose(page: Page, name: 'Host, which decides what stdin is' | 'Plugin', value: string): Promise<void> {
  await page.getByRole('combobox', { name, exact: true }).selectOption(value);
}

test('a link that comes to an open page is shown, and takes nothing: both can be seen, and both are kept', async ({
  page,
}) => {
  await page.goto(path);
  const editor = editorOn(page);
  await editor.open();
  await typeAtStart(page, editor, HOST, 'MINE');
  await page.goto(`${path}${await linkTo('THEIRS')}`);
  await expect(editor.code(HOST)).toContainText('THEIRS');
  await expect(editor.root).toContainText('These files came with the link. Nothing was run');
  await expect(editor.root).toContainText('There are edits of your own besides, and they are kept');
  await expect(editor.shown().locator('option')).toHaveText(['The example', 'What the link brought', /^Your edits/u]);

  // Only looked at, and left: nothing is written over.
  await page.goto('about:blank');
  await page.goto(path);
  await editor.open();
  await expect(editor.code(HOST)).toContainText('MINE');

  // Edited: kept beside.
  await page.goto(`${path}${await linkTo('THEIRS')}`);
  await expect(editor.code(HOST)).toContainText('THEIRS');
  await typeAtStart(page, editor, HOST, 'MORE');
  await page.goto('about:blank');
  await page.goto(path);
  await editor.open();
  await expect(editor.code(HOST)).toContainText('MORE');
  await expect(editor.code(HOST)).toContainText('THEIRS');
  await editor.shown().selectOption({ index: 2 });
  await expect(editor.code(HOST)).toContainText('MINE');
});

test('two tabs on one example know of each other, and neither writes over the other', async ({ page, context }) => {
  await page.goto(path);
  const editor = editorOn(page);
  await editor.open();
  const other = await context.newPage();
  await other.goto(path);
  const otherEditor = editorOn(other);
  await otherEditor.open();
  await typeAtStart(page, editor, HOST, 'ONE');
  await expect(otherEditor.root.getByText('Another tab edits this example too.').first()).toBeVisible();
  await typeAtStart(other, otherEditor, HOST, 'OTHER');
  await expect(editor.root.getByText('Another tab edits this example too.').first()).toBeVisible();
  await typeAtStart(page, editor, HOST, 'MORE');
  await otherEditor.shown().selectOption({ index: 1 });
  await page.reload();
  await editor.open();
  for (const text of ['MORE', 'ONE']) await expect(editor.code(HOST)).toContainText(text);
  await editor.shown().selectOption({ index: 2 });
  await expect(editor.code(HOST)).toContainText('OTHER');
});

test('what is too large to share is told while it is typed, kept, and no link is made of it', async ({
  page,
  context,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.goto('playground/');
  const editor = editorOn(page);
  await choose(page, 'Host, which decides what stdin is', 'start');
  await expect(editor.code(HOST)).toBeVisible();
  const large = `package main // LARGE\n${'// 0123456789\n'.repeat(20_000)}`;
  await page.evaluate((text) => navigator.clipboard.writeText(text), large);
  await editor.code(HOST).click();
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.press('ControlOrMeta+v');
  const told = editor.root.getByText('Your files are too large for a link: expected at most 262,144 characters');
  await expect(told).toHaveCount(1);
  await expect(told).toBeVisible();
  await editor.button('Copy a link to this program').click();
  await expect(told).not.toHaveCount(1);
  expect(page.url()).not.toContain('#edit');
  await page.reload();
  await choose(page, 'Host, which decides what stdin is', 'start');
  await expect(editor.code(HOST)).toContainText('LARGE');
});

test('an edited host stays when only the plugin changes, without storage too', async ({ page }) => {
  const refuse = (): void => {
    Storage.prototype.setItem = (key) => {
      if (key.startsWith('block-or-eof/')) throw new DOMException('full', 'QuotaExceededError');
    };
  };
  for (const keeps of [true, false]) {
    if (!keeps) await page.addInitScript(refuse);
    await page.goto('about:blank');
    await page.goto('playground/');
    const editor = editorOn(page);
    const mine = keeps ? 'MINE' : 'NOT KEPT';
    await editor.open();
    await typeAtStart(page, editor, HOST, mine);
    await typeAtStart(page, editor, PLUGIN, `PLUGIN ${mine}`);
    await choose(page, 'Plugin', 'wat');
    await expect(editor.tabs.nth(1)).toHaveText('plugin/main.wat');
    await expect(editor.code(HOST)).toContainText(`// ${mine}`);
    await choose(page, 'Plugin', `go.${example}`);
    await expect(editor.tabs.nth(1)).toHaveText('plugin/main.go (changed)');
    await expect(editor.code(HOST)).toContainText(`// ${mine}`);
    await editor.show(PLUGIN);
    await expect(editor.code(PLUGIN)).toContainText(`PLUGIN ${mine}`);
  }
});

test('a link that can’t be read leaves an editor that works', async ({ page }) => {
  await page.goto('playground/#edit=pAAAA');
  const editor = editorOn(page);
  await expect(page.getByText(/This link is damaged: .*ask for the link again/u)).toBeVisible();
  await expect(editor.tabs).toHaveText([HOST, PLUGIN]);
  await typeAtStart(page, editor, HOST, 'MINE');
  // So does one that comes later.
  await page.goto('playground/#edit=x');
  await expect(page.getByText(/This link is damaged: expected "d" or "p"/u)).toBeVisible();
  await expect(editor.code(HOST)).toContainText('MINE');
  await page.goto(`playground/${await linkTo('THEIRS')}`);
  await expect(editor.code(HOST)).toContainText('THEIRS');
});

test('a link to a run comes to an open page too, and is never without a word', async ({ page }) => {
  const runOf = (name: string): string => {
    const run = { v: 1, example: name, place: 0, plugin: 'go', acts: [] };
    return `#run=${Buffer.from(JSON.stringify(run)).toString('base64url')}`;
  };
  await page.goto(path);
  await page.goto(`${path}${runOf('no-such-example')}`);
  await expect(page.getByText('a run of the example “no-such-example”, which is not on this page.')).toBeVisible();
  await page.goto(`${path}${runOf(example)}`);
  await expect(page.getByText('This link brings a run in which nothing was typed.')).toBeVisible();
});

test('edits and links of an older example, and of one that is gone, open, say so, and show what changed', async ({
  page,
}) => {
  const from = [
    { path: HOST, text: 'package main // OLD HOST\n' },
    { path: PLUGIN, text: 'package main // OLD PLUGIN\n' },
  ];
  await page.goto(`${path}${await linkTo('THEIRS', { from })}`);
  const editor = editorOn(page);
  await expect(editor.root).toContainText('The example has changed since they were made.');
  await editor.button('Show what changed in the example').click();
  await expect(editor.root.getByRole('textbox', { name: `Changes of ${HOST}` })).toContainText('OLD HOST');
  await typeAtStart(page, editor, HOST, 'MORE');
  await page.goto('about:blank');
  await page.goto(path);
  await editor.open();
  await expect(editor.root).toContainText('These are your edits from before.');
  await expect(editor.root).toContainText('The example has changed since they were made.');
  await expect(editor.button('Show what changed in the example')).toBeVisible();

  // Its page has it no longer: the playground opens it.
  await page.goto(`${path}${await linkTo('THEIRS', { host: 'long-gone', from })}`);
  await page.getByRole('link', { name: 'Open its program in the playground' }).click();
  await expect(page.getByText('The example “long-gone” is no longer on this site')).toBeVisible();
  await expect(editor.code(HOST)).toContainText('THEIRS');
  await editor.show(PLUGIN);
  await expect(editor.code(PLUGIN)).toContainText('OLD PLUGIN');
  await typeAtStart(page, editor, PLUGIN, 'MINE');
  await editor.button('Changes').click();
  await expect(editor.root.getByRole('textbox', { name: `Changes of ${HOST}` })).toContainText('OLD HOST');
  await page.goto('about:blank');
  await page.goto('playground/');
  await editor.open();
  await page.getByRole('button', { name: 'Open your edits of long-gone' }).click();
  await editor.show(PLUGIN);
  await expect(editor.code(PLUGIN)).toContainText('MINE');
});
