/** The playground: any host with any plugin, a reader's own too. */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright';
import openWabt from 'wabt';
import { axe } from './fixtures/axe.ts';
import { projectRoot } from './fixtures/built-site.ts';
import { EditorOnPage } from './fixtures/editor.ts';
import { Sandbox } from './fixtures/sandbox.ts';
import { expect, test } from './fixtures/test.ts';
import { TimelineOnPage } from './fixtures/timeline.ts';

const folder = join(projectRoot, 'tests', 'fixtures', 'own-wasm');
const goVersion = 'go1.26.10';

interface Playground {
  readonly sandbox: Sandbox;
  readonly editor: EditorOnPage;
  readonly chooseHost: (label: string) => Promise<void>;
  readonly choosePlugin: (label: string) => Promise<void>;
  /** Gives a file of the reader's own. */
  readonly bring: (name: string, bytes: Uint8Array) => Promise<void>;
}

async function openPlayground(page: Page): Promise<Playground> {
  await page.goto('playground/');
  const root = page.locator('plugin-sandbox').first();
  const select = async (name: string, label: string): Promise<void> => {
    await page.getByRole('combobox', { name, exact: true }).selectOption({ label });
  };
  return {
    sandbox: new Sandbox(root),
    editor: new EditorOnPage(page, root),
    chooseHost: (label) => select('Host, which decides what stdin is', label),
    choosePlugin: (label) => select('Plugin', label),
    bring: async (name, bytes) => {
      await page
        .getByLabel('Your .wasm file, which stays in this browser')
        .setInputFiles({ name, mimeType: 'application/wasm', buffer: Buffer.from(bytes) });
    },
  };
}

/** Runs what is there, sends a line, closes stdin, and waits for the end. */
async function play({ sandbox }: Playground, expected: string): Promise<void> {
  await sandbox.run();
  await sandbox.expectWaiting();
  await sandbox.type('Ada');
  await expect(sandbox.log).toContainText(expected);
  await sandbox.closeStdin();
  await sandbox.expectExit(0);
}

/** A module with one import of a function, and nothing else. */
function importing(module: string, name: string): Uint8Array {
  const text = (value: string): number[] => [value.length, ...new TextEncoder().encode(value)];
  const entry = [1, ...text(module), ...text(name), 0, 0];
  return Uint8Array.from([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0, 1, 4, 1, 0x60, 0, 0, 2, entry.length, ...entry]);
}

/** A module in its text form, with exceptions. */
async function assembled(body: string): Promise<Uint8Array> {
  const module = (await openWabt()).parseWat('own.wat', `(module ${body})`, { exceptions: true });
  return module.toBinary({}).buffer;
}

test('a reader’s own C and Rust plugins run under a host of choice; what can’t be a plugin is refused in a sentence', async ({
  page,
}) => {
  const playground = await openPlayground(page);
  const note = page.getByText(/is (?:a|no) plugin\./u);
  await playground.choosePlugin('Your .wasm file');
  await playground.sandbox.run();
  await expect(playground.sandbox.host).toContainText('There is no plugin yet. Choose your .wasm file first.');
  await expect(page.getByText('It is read here, and sent nowhere.')).toBeVisible();

  const rust = readFileSync(join(folder, 'greets-rust.wasm'));
  const refused: readonly (readonly [string, Uint8Array, string])[] = [
    ['cut.wasm', rust.subarray(0, rust.length - 100), 'The file is cut off'],
    ['greets', Uint8Array.from([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1, 0]), 'found a program for Linux (ELF)'],
    ['component.wasm', Uint8Array.from([0, 0x61, 0x73, 0x6d, 0x0d, 0, 1, 0]), 'found a component'],
    ['wasi2.wasm', importing('wasi:cli/stdin@0.2.0', 'get-stdin'), 'It was built for WASI 0.2'],
    // A type section with a structure.
    ['gc.wasm', Uint8Array.from([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0, 1, 3, 1, 0x5f, 0]), 'uses garbage collection'],
  ];
  for (const [name, bytes, sentence] of refused) {
    await playground.bring(name, bytes);
    await expect(note).toContainText(`${name} is no plugin.`);
    await expect(note).toContainText(sentence);
  }

  await playground.chooseHost('The system streams');
  const sent: string[] = [];
  page.on('request', (request) => {
    if (request.method() !== 'GET') sent.push(request.url());
  });
  for (const [name, greeting] of [
    ['greets-c.wasm', 'C greets Ada'],
    ['greets-rust.wasm', 'Rust greets Ada'],
  ] as const) {
    await playground.bring(name, readFileSync(join(folder, name)));
    await expect(note).toContainText(
      new RegExp(`${name} is a plugin\\. It imports \\d+ of WASI’s functions: .*fd_read`, 'u'),
    );
    await play(playground, greeting);
  }
  expect(sent).toEqual([]);

  // A refused file takes the place of the one before, which does not run in its stead.
  await playground.bring('greets', Uint8Array.from([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1, 0]));
  await expect(note).toContainText('greets is no plugin.');
  await playground.sandbox.run();
  await expect(playground.sandbox.host).toContainText('There is no plugin yet. Choose your .wasm file first.');

  // A reactor is told where to read on. The same file can be chosen again: the browser tells of it, since the field is empty.
  await playground.bring('reactor.wasm', await assembled('(func (export "_initialize"))'));
  await expect(note).toContainText('reactor.wasm is a plugin. It imports nothing of WASI. It is a reactor');
  await expect(page.getByRole('link', { name: 'How a host calls a reactor' })).toHaveAttribute(
    'href',
    /\/reactors\/$/u,
  );
  const field = page.getByLabel('Your .wasm file, which stays in this browser');
  await expect(field).toHaveValue(/reactor\.wasm$/u);
  const chooser = page.waitForEvent('filechooser');
  await field.click();
  await chooser;
  await expect(field).toHaveValue('');
  expect(await axe(page, { within: 'plugin-playground' })).toEqual([]);
});

test(
  'a plugin that needs more of its host is told so, and its host is given it',
  { tag: '@once' },
  async ({ page }) => {
    test.slow();
    const playground = await openPlayground(page);
    const { editor, sandbox } = playground;
    await playground.chooseHost('The system streams');
    await playground.choosePlugin('Your .wasm file');
    // It writes what its host answers, half a character behind it, and exits with -1.
    const plugin = await assembled(`
    (import "env" "level" (func $level (param i32) (result i32)))
    (import "wasi_snapshot_preview1" "fd_write" (func $fd_write (param i32 i32 i32 i32) (result i32)))
    (import "wasi_snapshot_preview1" "proc_exit" (func $proc_exit (param i32)))
    (tag (param i32))
    (memory (export "memory") 1)
    (data (i32.const 0) "\\10\\00\\00\\00\\08\\00\\00\\00")
    (data (i32.const 16) "end:? \\f0\\9f")
    (func (export "_start")
      (i32.store8 (i32.const 20) (i32.add (i32.const 48) (call $level (i32.const 7))))
      (drop (call $fd_write (i32.const 1) (i32.const 0) (i32.const 1) (i32.const 8)))
      (call $proc_exit (i32.const -1)))`);
    await playground.bring('asks.wasm', plugin);
    const note = page.getByText(/is (?:a|no) plugin\./u);
    await expect(note).toContainText('It asks its own host for 1 function besides: env.level.');
    await expect(note).toContainText(
      'WithCoreFeatures(api.CoreFeaturesV2 | experimental.CoreFeaturesExceptionHandling)',
    );
    await sandbox.run();
    await expect(sandbox.host).toContainText('exited 1 · the plugin needs exception-handling');

    await page.getByRole('button', { name: 'Let these functions return 0, and switch on what it needs' }).click();
    await expect(page.getByText('The host has it now, in host/main.go.')).toBeVisible();
    await expect(editor.code('host/main.go')).toContainText('offerFunctions(ctx, r)');
    await sandbox.run();
    await expect(sandbox.log).toHaveText('end:0 \ufffd', { timeout: 60_000 });
    await expect(sandbox.host).toHaveText(
      'exited 255 · the plugin’s own status is 4294967295 (−1), of which a shell shows the last 8 bits',
    );
    // It is drawn where it is seen.
    const timeline = new TimelineOnPage(sandbox.root);
    await timeline.root.scrollIntoViewIfNeeded();
    await expect(timeline.row('level')).toHaveCount(1);
    expect(await axe(page, { within: 'plugin-playground' })).toEqual([]);
  },
);

const hasGo = spawnSync('go', ['version'], { stdio: 'ignore' }).status === 0;

test('a reader’s own Go plugin runs', async ({ page }) => {
  test.skip(!hasGo, 'needs Go on the PATH');
  test.slow();
  const target = join(projectRoot, '.build', 'own-wasm');
  mkdirSync(target, { recursive: true });
  const wasm = join(target, 'greets-go.wasm');
  execFileSync('go', ['build', '-trimpath', '-o', wasm, 'greets.go'], {
    cwd: folder,
    env: { ...process.env, GOOS: 'wasip1', GOARCH: 'wasm', GOTOOLCHAIN: goVersion },
  });
  const playground = await openPlayground(page);
  await playground.choosePlugin('Your .wasm file');
  await playground.bring('greets-go.wasm', readFileSync(wasm));
  await expect(page.getByText(/greets-go\.wasm is a plugin\./u)).toBeVisible();
  await play(playground, 'Go greets Ada');
});

test('WAT is assembled in the page, and its faults stand at their line; prebuilt plugins meet other hosts', async ({
  page,
}) => {
  const playground = await openPlayground(page);
  const { editor, sandbox } = playground;
  await playground.choosePlugin('WAT, assembled in this page');
  await play(playground, 'Ada');
  await editor.fill('plugin/main.wat', '(module\n  (func (export "_start")\n    i32.bad))\n');
  await sandbox.run();
  await expect(sandbox.host).toContainText('The plugin does not assemble: look at line 3 of plugin/main.wat.');
  await expect(editor.problems).toContainText(/plugin\/main\.wat:3:5: unexpected token "?i32\.bad/u);

  await editor.fill('plugin/main.wat', '(; empty ;) (module)');
  await sandbox.run();
  await expect(page.getByText('It exports no _start, so nothing runs')).toBeVisible();

  // Nothing of this needed the Go compiler.
  await expect(editor.loadButton).toBeVisible();
  await playground.chooseHost('A buffer that never waits');
  const c = page.getByRole('combobox', { name: 'Plugin', exact: true });
  await c.selectOption('c.pipe-waits');
  await expect(editor.tabs).toHaveText(['host/main.go', 'plugin/main.c']);
  await sandbox.run();
  await expect(sandbox.log).toContainText('EOF: no more names.');
});

test('a start of one’s own compiles and runs, and a link brings it back', async ({ page }) => {
  test.slow();
  const playground = await openPlayground(page);
  const { editor, sandbox } = playground;
  await playground.chooseHost('As short as a host can be');
  await playground.choosePlugin('Go, a few lines');
  await editor.loadCompiler();
  await play(playground, 'read 4 bytes, error <nil>');
  await expect(sandbox.log).toContainText('read 0 bytes, error EOF');

  await editor.fill('plugin/main.go', 'package main\n\nfunc main() { println("from a link") }\n');
  await editor.button('Copy a link to this program').click();
  await expect(page).toHaveURL(/#edit=d/u);
  const link = page.url();
  await page.goto('about:blank');
  await page.goto(link);
  // Until the editor is there, the tabs are those of the listings.
  await expect(editor.code('host/main.go')).toBeVisible();
  await editor.show('plugin/main.go');
  await expect(editor.code('plugin/main.go')).toContainText('from a link');
  await expect(page.getByRole('combobox', { name: 'Plugin', exact: true })).toHaveValue('go.start');
  await expect(sandbox.state).toHaveText('not started');
});
