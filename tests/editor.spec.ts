/** Editing an example in its sandbox, with the real compiler: what a reader changes is what runs. */
import { readFileSync } from 'node:fs';
import { deflateRawSync } from 'node:zlib';
import { unzipSync } from 'fflate';
import type { Locator, Page } from 'playwright';
import { axe } from './fixtures/axe.ts';
import { pageOf } from './fixtures/built-site.ts';
import { EditorOnPage } from './fixtures/editor.ts';
import type { Sandbox } from './fixtures/sandbox.ts';
import { expect, test } from './fixtures/test.ts';
import { TimelineOnPage } from './fixtures/timeline.ts';

const example = 'pipe-waits';
const { path } = pageOf(example);

/** Everything of the editor and the compiler. */
const editing = /\.pack$|editing|\/toolchain|worker-.*toolchain/u;

async function openEditor(
  page: Page,
  openSandbox: (path: string, example: string) => Promise<Sandbox>,
): Promise<{ sandbox: Sandbox; editor: EditorOnPage }> {
  const sandbox = await openSandbox(path, example);
  const editor = new EditorOnPage(page, sandbox.root);
  await editor.open();
  return { sandbox, editor };
}

/** Moves the focus with Tab until it is there. */
async function tabTo(page: Page, locator: Locator): Promise<void> {
  await expect(locator).toBeVisible();
  for (let presses = 0; presses < 300; presses += 1) {
    if (await locator.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error('Expected to get there with Tab, was not there after 300 presses.');
}

test('a page that nobody edits requests nothing of the editor or the compiler, not for a run either', async ({
  page,
  openSandbox,
}) => {
  const asked: string[] = [];
  page.on('request', (request) => asked.push(new URL(request.url()).pathname));
  const sandbox = await openSandbox(path, example);
  await sandbox.run();
  await sandbox.expectWaiting();
  await sandbox.closeStdin();
  await sandbox.expectExit(0);
  expect(asked.some((address) => address.endsWith('.wasm'))).toBe(true);
  expect(asked.filter((address) => editing.test(address))).toEqual([]);
  // Edit brings the editor; the compiler only comes when it is asked for, with its size.
  const editor = new EditorOnPage(page, sandbox.root);
  await editor.open();
  await expect(editor.loadButton).toBeVisible();
  await expect(editor.root).toContainText(/first \d\.\d MB for errors while you type, then \d\.\d MB to run it/u);
  expect(asked.filter((address) => address.endsWith('.pack'))).toEqual([]);
});

test(
  'host and plugin are changed and run with the keyboard alone, with trace and timeline',
  {
    tag: '@any-address',
  },
  async ({ page, openSandbox }) => {
    test.slow();
    const sandbox = await openSandbox(path, example);
    const editor = new EditorOnPage(page, sandbox.root);
    await tabTo(page, editor.editButton);
    await page.keyboard.press('Enter');
    await expect(editor.code('host/main.go')).toBeFocused();
    await editor.replaceByKeys('return <-done', 'defer fmt.Println("The host was changed.")\n\treturn <-done');

    // Escape leaves the editor, and Shift-Tab goes in front of it.
    await page.keyboard.press('Escape');
    await expect(editor.code('host/main.go')).not.toBeFocused();
    await page.keyboard.press('Shift+Tab');
    await expect(editor.loadButton).toBeFocused();
    await page.keyboard.press('Enter');
    await editor.expectNoProblems();

    const hostTab = editor.tabs.filter({ hasText: 'host/main.go' });
    await expect(hostTab).toHaveText('host/main.go (changed)');
    // The button is gone, and the focus is where Escape had put it.
    await page.keyboard.press('Shift+Tab');
    await expect(hostTab).toBeFocused();
    await page.keyboard.press('ArrowRight');
    await expect(editor.tabs.filter({ hasText: 'plugin/main.go' })).toBeFocused();
    await tabTo(page, editor.code('plugin/main.go'));
    await editor.replaceByKeys('Hello', 'Welcome');
    await page.keyboard.press('ControlOrMeta+Enter');
    await sandbox.expectWaiting();

    await page.keyboard.press('Escape');
    await tabTo(page, sandbox.input);
    await page.keyboard.type('Ada');
    await page.keyboard.press('Enter');
    await expect(sandbox.log).toContainText('Welcome, Ada!');
    await tabTo(page, sandbox.closeStdinButton);
    await page.keyboard.press('Enter');
    await sandbox.expectExit(0);
    await expect(sandbox.log).toContainText('The host was changed.');

    const timeline = new TimelineOnPage(sandbox.root);
    await expect(timeline.root).toContainText('edited Go plugin');
    // The editor stands before it, and keeps Tab to itself until Escape.
    await tabTo(page, editor.code('plugin/main.go'));
    await page.keyboard.press('Escape');
    await tabTo(page, timeline.moment);
    await timeline.expectText(/wrote/u);
    await timeline.showCalls();
    await expect(timeline.row('Welcome, Ada!')).toBeVisible();
    await expect(timeline.row(/fd_read\(0\).*0 bytes = EOF/u)).toBeVisible();
  },
);

test('the compiler’s words stand at their line, in a list that leads there, and are said; each ending is told', async ({
  page,
  openSandbox,
}) => {
  test.slow();
  const { sandbox, editor } = await openEditor(page, openSandbox);
  await editor.loadCompiler();

  // While typing, with nothing pressed.
  await editor.fill('host/main.go', 'package main\n\nimport "fmt"\n\nfunc main() {\n  fmt.Say("é", 世)\n}\n');
  await expect(editor.problems).toContainText(
    'The host does not compile: 2 problems, the first in host/main.go, line 6.',
  );
  await expect(editor.problems).toContainText('host/main.go:6:7: undefined: fmt.Say');
  await expect(editor.problems.getByRole('status')).toContainText('undefined: fmt.Say');
  await expect(editor.root.locator('.cm-lintRange-error').first()).toHaveText('Say');
  expect(await axe(page, { within: '.edit-panel' })).toEqual([]);
  await editor.problems.getByRole('button', { name: /undefined: 世/u }).click();
  await expect(editor.code('host/main.go')).toBeFocused();
  expect(await page.evaluate(() => document.getSelection()?.focusNode?.textContent)).toContain('世');

  // Run says it too, and starts nothing.
  await sandbox.run();
  await sandbox.expectState('failed');
  await expect(sandbox.host).toContainText('The host does not compile: 2 problems');

  await editor.fill('host/main.go', 'package main\n\nimport "net/http"\n\nfunc main() { http.Get("") }\n');
  await expect(editor.problems).toContainText('The host imports “net/http”, which this page does not have.');
  await expect(editor.problems).toContainText(
    /the packages that are: .*bufio.*github\.com\/tetratelabs\/wazero.*unicode\/utf8/u,
  );

  await editor.fill('host/main.go', 'package main\n\nfunc name() {}\n');
  await sandbox.run();
  await expect(sandbox.host).toContainText('The host has no func main, so there is nothing to start.');
  await expect(editor.problems).toContainText('function main is undeclared in the main package');

  const endings = [
    { body: 'os.Exit(7)', told: /^exited 7\b/u },
    { body: 'panic("on purpose")', told: /the host panicked: on purpose/u },
    {
      body: 'var f func(int) int\n\tf = func(n int) int { return f(n+1) + 1 }\n\tprintln(f(0))',
      told: /^The host’s stack overflowed .* its own calls go deeper/u,
    },
    { body: 'os.Stdin = nil; <-make(chan int)', told: /deadlock: all goroutines of the host wait/u },
  ];
  for (const { body, told } of endings) {
    await editor.fill('host/main.go', `package main\n\nimport "os"\n\nfunc main() {\n\t_ = os.Args\n\t${body}\n}\n`);
    await editor.expectNoProblems();
    await sandbox.run();
    await expect(sandbox.host).toContainText(told);
  }
  await editor.fill('host/main.go', 'package main\n\nfunc main() {\n\tfor {\n\t\tprintln("flood")\n\t}\n}\n');
  await editor.expectNoProblems();
  await sandbox.run();
  await expect(sandbox.elided).toContainText(/earlier lines went by/u);
  await sandbox.stop();
  await sandbox.expectState('stopped');
  await editor.fill('host/main.go', 'package main\n\nfunc main() {\n\tfor {\n\t}\n}\n');
  await editor.expectNoProblems();
  await sandbox.run();
  await expect(sandbox.state).toContainText(/no call yet|computing/u);
  await sandbox.stop();
  await sandbox.expectState('stopped');
});

test(
  'a verdict is about the text on the screen, and a compile that takes long ends at Stop',
  // A compile that takes minutes has the machine to itself.
  { tag: ['@alone', '@once'] },
  async ({ page, openSandbox }) => {
    test.slow();
    const { sandbox, editor } = await openEditor(page, openSandbox);
    const verdicts = await verdictsOf(editor);
    await editor.fill('plugin/main.go', 'package foo\n\nfunc main() {}\n');
    await editor.loadButton.click();
    await expect(editor.problems).toContainText('The plugin is package foo, and a program that can be started', {
      timeout: 60_000,
    });
    // The host's answer came first, and was none for both.
    expect(await verdicts()).not.toContainEqual(expect.stringContaining('No problems'));

    // What only the whole compiler finds is told without Run, and leads to its line, from another file too.
    await editor.fill(
      'plugin/main.go',
      'package main\n\n//go:wasmimport env f\nfunc f(x []int)\n\nfunc main() { f(nil) }\n',
    );
    await editor.show('host/main.go');
    await editor.problems.getByRole('button', { name: /^plugin\/main\.go:4:6: go:wasmimport: unsupported/u }).click();
    await expect(editor.code('plugin/main.go')).toBeFocused();

    // A file that is not in the project is no link, and "too many errors" no error.
    await editor.fill('plugin/main.go', 'package main\n\nfunc main() {\n//line other.go:7\n\tf()\n}\n');
    await expect(editor.problems.getByRole('listitem')).toHaveText('plugin/other.go:7: undefined: f');
    await expect(editor.problems.getByRole('button')).toHaveCount(0);
    const lines = Array.from({ length: 12 }, (_, at) => `\tf${String(at)}()\n`).join('');
    await editor.fill('plugin/main.go', `package main\n\nfunc main() {\n${lines}}\n`);
    await expect(editor.problems).toContainText('The plugin does not compile: more than 10 problems');
    await expect(editor.problems.getByRole('listitem')).toHaveCount(10);
    await editor.fill('plugin/main.go', 'package main\n\nfunc main() {}\n');
    await editor.expectNoProblems();

    // 2^18 instances: minutes. Only its end gives the answer to the text that comes after it.
    const generic = Array.from({ length: 18 }, (_, at) => {
      const next = `f${String(at + 1)}`;
      return `func f${String(at)}[T any]() int { return ${next}[[2]T]() + ${next}[[3]T]() }\n`;
    });
    const slow = `package main\n\n${generic.join('')}func f18[T any]() int { return 1 }\n\nfunc main() { println(f0[int]()) }\n`;
    await editor.fill('host/main.go', slow);
    await expect(editor.problems).toContainText('Checking.');
    await sandbox.run();
    await expect(sandbox.state).toHaveText('compiling the host');
    await sandbox.stop();
    await sandbox.expectState('stopped');
    await editor.fill('host/main.go', 'package main\n\nfunc main() { println("quick"); undefinedThing() }\n');
    await expect(editor.problems).toContainText('Checking.');
    await expect(editor.problems).toContainText('undefined: undefinedThing', { timeout: 60_000 });
    await editor.fill('host/main.go', 'package main\n\nfunc main() { println("quick") }\n');
    await editor.expectNoProblems();
    await sandbox.run();
    await expect(sandbox.log).toContainText('quick', { timeout: 60_000 });
    await sandbox.expectExit(0);
  },
);

/** Every verdict from now on, also one that stands for a moment only. */
async function verdictsOf(editor: EditorOnPage): Promise<() => Promise<readonly string[]>> {
  const told = await editor.problems.evaluateHandle((section) => {
    const verdicts: string[] = [];
    const look = (): void => {
      verdicts.push(section.querySelector('.edit-verdict')?.textContent ?? '');
    };
    new MutationObserver(look).observe(section, { childList: true, characterData: true, subtree: true });
    return verdicts;
  });
  return () => told.jsonValue();
}

test(
  'a page left open while its files went says so, keeps the edits, and offers to reload',
  { tag: '@once' },
  async ({ page, openSandbox, arranged }) => {
    const sandbox = await openSandbox(path, example);
    const editor = new EditorOnPage(page, sandbox.root);
    const reload = sandbox.root.getByRole('button', { name: 'Reload the page' });
    /** As after a deploy: whatever has a hash in its name is another file now. */
    const gone = /\/_astro\/|\/wasm\/|\.pack$/u;
    arranged(gone);
    await page.route(gone, (route) => route.fulfill({ status: 404, body: 'Not found' }));
    await editor.editButton.click();
    await expect(sandbox.root).toContainText(
      'Could not load the editor. Check the connection and press Edit again, or reload',
    );
    await expect(reload).toHaveCount(1);
    await sandbox.run();
    await sandbox.expectState('failed');
    await expect(sandbox.host).toContainText('or reload the page, since the site may have been updated');
    await expect(reload).toHaveCount(2);

    await page.unroute(gone);
    await Promise.all([page.waitForEvent('load'), reload.first().click()]);
    await editor.open();
    await expect(reload).toHaveCount(0);
    await page.route(gone, (route) => route.fulfill({ status: 404, body: 'Not found' }));
    await sandbox.run();
    await expect(sandbox.host).toContainText(
      'Reload the page, since the site may have been updated, or press Run again.',
    );
    await expect(reload).toHaveCount(1);
    await editor.code('host/main.go').click();
    await page.keyboard.press('ControlOrMeta+Home');
    await page.keyboard.type('// Mine.\n');
    await editor.loadButton.click();
    await expect(editor.root).toContainText(
      /Could not load .* or reload the page, since the site may have been updated/u,
    );
    await expect(reload).toHaveCount(2);
    await editor.button('Download').click();
    await expect(editor.root).toContainText('Could not load what does this.');
    await expect(reload).toHaveCount(3);

    await page.unroute(gone);
    await Promise.all([page.waitForEvent('load'), reload.last().click()]);
    await editor.open();
    await expect(editor.code('host/main.go')).toContainText('// Mine.');
  },
);

test('edits survive a reload, can be undone, shown, formatted, reset, brought back, and downloaded', async ({
  page,
  openSandbox,
}) => {
  test.slow();
  const { sandbox, editor } = await openEditor(page, openSandbox);
  await editor.code('host/main.go').click();
  await page.keyboard.press('ControlOrMeta+Home');
  await page.keyboard.type('// Mine.  \n');
  await page.keyboard.type('// Gone again');
  await page.keyboard.press('ControlOrMeta+z');
  await expect(editor.code('host/main.go')).not.toContainText('Gone again');
  await editor.button('Add a file').click();
  await editor.root.getByRole('textbox', { name: 'Name' }).fill('../more.go');
  await page.keyboard.press('Enter');
  await expect(editor.root.getByRole('alert')).toContainText('Expected a letter, then letters');
  await editor.root.getByRole('textbox', { name: 'Name' }).fill('more.go');
  await page.keyboard.press('Enter');
  await expect(editor.code('host/more.go')).toContainText('package main');

  await page.reload();
  await editor.open();
  await expect(editor.root).toContainText('These are your edits from before.');
  await expect(editor.tabs).toHaveText(['host/main.go (changed)', 'host/more.go (changed)', 'plugin/main.go']);
  await editor.button('Changes').click();
  await expect(editor.root.getByRole('textbox', { name: 'Changes of host/main.go' })).toContainText('// Mine.');
  await expect(editor.root.getByText(/\d+ unchanged lines/u)).toBeVisible();
  expect(await axe(page, { within: '.edit-panel' })).toEqual([]);
  await editor.button('Changes').click();

  const [download] = await Promise.all([page.waitForEvent('download'), editor.button('Download').click()]);
  expect(download.suggestedFilename()).toBe('pipe-waits.zip');
  const files = unzipSync(readFileSync(await download.path()));
  const textOf = (name: string): string => new TextDecoder().decode(files[`pipe-waits/${name}`]);
  expect(textOf('host/main.go')).toMatch(/^\/\/ Mine\./u);
  expect(textOf('go.mod')).toContain('github.com/tetratelabs/wazero v1.12.0');
  expect(Object.keys(files)).toContain('pipe-waits/host/more.go');

  await editor.show('host/more.go');
  await editor.button('Remove this file').click();
  await expect(editor.tabs).toHaveCount(2);
  await editor.button('Reset').click();
  await expect(editor.tabs).toHaveText(['host/main.go', 'plugin/main.go']);
  await editor.button('Bring my edits back').click();
  await expect(editor.tabs.first()).toHaveText('host/main.go (changed)');
  await expect(editor.code('host/main.go')).toContainText('// Mine.');
  await editor.fill('host/main.go', 'package main\n\nfunc main()   {   }\n');
  await editor.button('Format').click();
  await expect(editor.root.getByText('Formatted by gofmt.').first()).toBeVisible({ timeout: 60_000 });
  await editor.button('Reset').click();
  await editor.button('Done').click();
  await expect(editor.editButton).toBeFocused();
  await expect(sandbox.root.locator('[data-source="host"]')).toBeVisible();
});

test('edits that the browser does not keep are told of, and not lost', async ({ page, openSandbox }) => {
  await page.addInitScript(() => {
    Storage.prototype.setItem = (key) => {
      if (key.startsWith('block-or-eof/')) throw new DOMException('full', 'QuotaExceededError');
    };
  });
  const { editor } = await openEditor(page, openSandbox);
  await editor.code('host/main.go').click();
  await page.keyboard.type('// Not kept');
  await expect(editor.root.getByText('This browser does not keep your edits').first()).toBeVisible();
  await expect(editor.code('host/main.go')).toContainText('// Not kept');
});

test('a link with 30 kB of source shows them and runs nothing until Run', async ({ page, openSandbox, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const { editor } = await openEditor(page, openSandbox);
  // Text that deflates badly, as a program's would not.
  let seed = 1;
  const next = (): string => ((seed = (seed * 48_271) % 0x7fffffff), seed.toString(36));
  let text = 'package main\n\nfunc main() {}\n';
  while (text.length < 30_000) text += `// ${next()} ${next()} <script>alert(1)</script>\n`;
  await editor.fill('host/main.go', text);
  await editor.button('Copy a link to this program').click();
  await expect(editor.root.getByText('Copied. The link holds your files').first()).toBeVisible();
  const link = await page.evaluate(() => navigator.clipboard.readText());

  const other = await (await page.context().browser()?.newContext())?.newPage();
  if (other === undefined) throw new Error('expected another page');
  const asked: string[] = [];
  other.on('request', (request) => asked.push(request.url()));
  await other.goto(link);
  const opened = new EditorOnPage(other, other.locator(`plugin-sandbox[data-example="${example}"]`).first());
  await expect(opened.root.getByText('These files came with the link.').first()).toBeVisible();
  await opened.button('Changes').click();
  await expect(opened.root.getByRole('textbox', { name: 'Changes of host/main.go' })).toContainText('alert(1)');
  await expect(opened.root.locator('[data-part="state"]')).toHaveText('not started');
  expect(asked.filter((address) => /\.wasm$|\.pack$/u.test(address))).toEqual([]);
  expect(asked.filter((address) => address.includes('edit='))).toEqual([]);
  const kept = await other.evaluate(() => Object.keys(localStorage).filter((key) => key.includes('/edits/')));
  expect(kept).toEqual([]);
  await other.context().close();
});

test('a hostile link does nothing but say so', async ({ page }) => {
  const linkOf = (bytes: Uint8Array): string => `#edit=d${Buffer.from(bytes).toString('base64url')}`;
  const linkTo = (value: unknown): string => linkOf(deflateRawSync(JSON.stringify(value)));
  const hostile = [
    linkOf(deflateRawSync(Buffer.alloc(50_000_000), { level: 9 })),
    linkTo({ v: 1, host: example, plugin: 'go', files: [['host/<img src=x onerror=alert(1)>.go', 'x']] }),
    linkTo({ v: 1, host: '"]<script>alert(1)</script>', plugin: 'go', files: [] }),
    linkTo({ v: 1, host: 'no-such-example', plugin: 'go', files: [] }),
    linkTo({ v: 1, host: example, plugin: 'go', files: [['host/main.go', 'package main']] }).slice(0, -8),
  ];
  page.on('dialog', () => {
    throw new Error('a script of a link ran');
  });
  for (const fragment of hostile) {
    await page.goto('about:blank');
    await page.goto(`${path}${fragment}`);
    const note = page.locator('plugin-sandbox').first().locator('[data-part="share-note"]');
    await expect(note).toContainText(/This link is (?:damaged|about the example “no-such-example”)/u);
    await expect(page.locator('.edit-panel, img[src="x"]')).toHaveCount(0);
    await expect(page.locator('[data-part="state"]').first()).toHaveText('not started');
  }
});
