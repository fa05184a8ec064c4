/**
 * `npm run screenshots`: pictures of the built site in its states, into tests/report/, to be looked at; and the README's.
 *
 *     npm run screenshots -- eof       those whose name has "eof" in it
 */
import { copyFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { chromium, type Browser, type Locator, type Page } from 'playwright';
import { launchOptions } from './browser.ts';
import { root } from './install.mjs';
import { serve } from './serve.ts';

/** One picture: a page, in a window, after some acts. */
interface Shot {
  readonly name: string;
  readonly path: string;
  readonly dark?: boolean;
  readonly width?: number;
  /** What is on it: by default the window after the acts; `page` and `print` are the whole page; else an element's selector. */
  readonly of?: string;
  /** Which sandbox is acted on. */
  readonly example?: string;
  readonly act?: (sandbox: Locator, page: Page) => Promise<void>;
}

function state(sandbox: Locator, name: string): Locator {
  return sandbox.locator(`[data-part="state"][data-state="${name}"]`);
}

function calls(sandbox: Locator): Locator {
  return sandbox.getByRole('region', { name: /^Calls of /, includeHidden: true });
}

/** Runs it with its plugin in C, which starts at once. */
async function run(sandbox: Locator): Promise<void> {
  await sandbox.getByRole('radio', { name: 'C plugin' }).check();
  await sandbox.getByRole('button', { name: 'Run', exact: true }).click();
}

async function wait(sandbox: Locator): Promise<void> {
  await run(sandbox);
  await sandbox
    .getByText(/^waiting in fd_read, [1-9]\./u)
    .first()
    .waitFor();
}

async function typeALine(sandbox: Locator): Promise<void> {
  await wait(sandbox);
  await sandbox.getByRole('textbox', { name: /^You type into/u }).fill('Ada');
  await sandbox.getByRole('button', { name: 'Send' }).click();
  await sandbox.getByRole('log').getByText('Hello, Ada').waitFor();
  await calls(sandbox).getByRole('row', { includeHidden: true }).filter({ hasText: 'Hello, Ada' }).waitFor();
  await sandbox
    .getByText(/^waiting in fd_read, [1-9]\./u)
    .first()
    .waitFor();
}

async function closeStdin(sandbox: Locator): Promise<void> {
  await typeALine(sandbox);
  await sandbox.getByRole('button', { name: 'Close stdin' }).click();
  await state(sandbox, 'exited').waitFor();
  await calls(sandbox).getByRole('row', { includeHidden: true }).filter({ hasText: '0 bytes = EOF' }).waitFor();
}

async function flood(sandbox: Locator): Promise<void> {
  await run(sandbox);
  await sandbox.locator('[data-part="elided"]').waitFor({ state: 'visible' });
  await sandbox.getByText('too many to show each').first().waitFor();
}

async function bet(sandbox: Locator, page: Page): Promise<void> {
  await page.locator('plugin-prediction').first().getByRole('radio', { name: 'EOF' }).check();
  await typeALine(sandbox);
  await page.getByText('It came differently').first().waitFor();
}

async function both(_: Locator, page: Page): Promise<void> {
  const pair = page.locator('side-by-side');
  await pair.getByRole('button', { name: 'Run both' }).click();
  await pair
    .getByText(/^waiting in fd_read, [1-9]\./u)
    .first()
    .waitFor();
  await pair.getByRole('textbox', { name: 'Line for both' }).fill('Ada');
  await pair.getByRole('button', { name: 'Send to both' }).click();
  await pair.getByRole('log').getByText('Hello, Ada').first().waitFor();
  await pair
    .getByText(/^waiting in fd_read, [1-9]\./u)
    .first()
    .waitFor();
}

async function recorded(sandbox: Locator): Promise<void> {
  await sandbox.getByRole('button', { name: 'Show its calls' }).click();
  await calls(sandbox).getByRole('row', { includeHidden: true }).filter({ hasText: '0 bytes = EOF' }).waitFor();
}

/** Opens the editor, as it is before the compiler is asked for. */
async function edit(sandbox: Locator): Promise<void> {
  await sandbox.getByRole('button', { name: 'Edit', exact: true }).click();
  await sandbox.getByRole('button', { name: /^Load the Go compiler/u }).waitFor();
}

/** Types a mistake, and has the compiler find it. */
async function mistake(sandbox: Locator, page: Page): Promise<void> {
  await edit(sandbox);
  await sandbox.getByRole('textbox', { name: 'Editor of host/main.go' }).click();
  await page.keyboard.press('ControlOrMeta+f');
  await page.keyboard.type('config := wazero');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Escape');
  await page.keyboard.type('config := wazer');
  await sandbox.getByRole('button', { name: /^Load the Go compiler/u }).click();
  await sandbox.getByRole('button', { name: /undefined: wazer$/u }).waitFor();
  await sandbox.getByText(/^Loading the Go compiler/u).waitFor({ state: 'hidden' });
}

async function changes(sandbox: Locator, page: Page): Promise<void> {
  await mistake(sandbox, page);
  await sandbox.getByRole('button', { name: 'Show what I changed' }).click();
  await sandbox.getByRole('textbox', { name: 'Changes of host/main.go' }).waitFor();
}

/** Becomes docs/sandbox.png. */
const README_PICTURE = 'waiting';

const wide = 1280;
const narrow = 360;

const shots: readonly Shot[] = [
  { name: 'home', path: '' },
  { name: 'home-dark', path: '', dark: true },
  { name: 'phone-home', path: '', width: narrow, of: 'page' },
  { name: 'lesson', path: 'pipes-wait/', of: 'page' },
  ...[wide, narrow].flatMap((width): Shot[] => {
    const size = width === narrow ? 'phone-' : '';
    const sandbox = 'plugin-sandbox[data-example="pipe-waits"]';
    const floods = 'plugin-sandbox[data-example="eof-loop"]';
    return [
      { name: `${size}idle`, path: 'pipes-wait/', width, of: sandbox },
      { name: `${size}mid-wait`, path: 'pipes-wait/', width, of: sandbox, act: wait },
      { name: `${size}waiting`, path: 'pipes-wait/', width, of: sandbox, act: typeALine },
      { name: `${size}waiting-dark`, path: 'pipes-wait/', width, dark: true, of: sandbox, act: typeALine },
      { name: `${size}eof`, path: 'pipes-wait/', width, of: sandbox, act: closeStdin },
      { name: `${size}recorded`, path: 'pipes-wait/', width, of: sandbox, act: recorded },
      { name: `${size}flood`, path: 'the-symptom/', width, of: floods, example: 'eof-loop', act: flood },
      { name: `${size}editor`, path: 'pipes-wait/', width, of: sandbox, act: edit },
      { name: `${size}editor-mistake`, path: 'pipes-wait/', width, of: sandbox, act: mistake },
      { name: `${size}editor-changes-dark`, path: 'pipes-wait/', width, dark: true, of: sandbox, act: changes },
      { name: `${size}playground`, path: 'playground/', width, of: 'plugin-playground' },
      { name: `${size}prediction`, path: 'watch-it-block/', width, of: 'plugin-prediction', act: bet },
      { name: `${size}side-by-side`, path: 'watch-it-block/', width, of: 'side-by-side', act: both },
    ];
  }),
  { name: 'print', path: 'pipes-wait/', width: 794, of: 'print', act: closeStdin },
];

async function take(browser: Browser, site: string, shot: Shot): Promise<void> {
  const { name, path, dark = false, width = wide, of: part, example, act } = shot;
  const phone = width < 600;
  const context = await browser.newContext({
    // So high that a timeline, which draws only while it is seen, is seen.
    viewport: { width, height: part === undefined ? (phone ? 740 : 900) : 2400 },
    deviceScaleFactor: phone ? 2 : 1,
    colorScheme: dark ? 'dark' : 'light',
  });
  const page = await context.newPage();
  await page.goto(new URL(path, site).href);
  const sandbox = page.locator(`plugin-sandbox${example === undefined ? '' : `[data-example="${example}"]`}`).first();
  await act?.(sandbox, page);
  const file = join(root, 'tests', 'report', `${name}.png`);
  switch (part) {
    case undefined:
      if (act !== undefined) {
        await sandbox.evaluate((element) => element.scrollIntoView({ block: 'start' }));
      }
      await page.screenshot({ path: file });
      break;
    case 'print':
      await page.emulateMedia({ media: 'print' });
      await page.screenshot({ path: file, fullPage: true });
      break;
    case 'page':
      await page.screenshot({ path: file, fullPage: true });
      break;
    default:
      await page.locator(part).first().screenshot({ path: file });
  }
  await context.close();
  console.log(`tests/report/${name}.png`);
}

mkdirSync(join(root, 'tests', 'report'), { recursive: true });
const serving = await serve({ dir: join(root, 'dist'), port: 0, strictPort: false, isolated: false });
const browser = await chromium.launch(launchOptions());
try {
  const wanted = shots.filter(({ name }) => name.includes(process.argv[2] ?? ''));
  for (const shot of wanted) await take(browser, serving.url, shot);
  if (wanted.some(({ name }) => name === README_PICTURE)) {
    copyFileSync(join(root, 'tests', 'report', `${README_PICTURE}.png`), join(root, 'docs', 'sandbox.png'));
  }
} finally {
  await browser.close();
  await serving.close();
}
