/** `npm run screenshots`: pictures of the built site in its states, into tests/report/, to be looked at. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
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
  /** The whole page instead of the window. */
  readonly whole?: boolean;
  readonly act?: (sandbox: Locator, page: Page) => Promise<void>;
}

function state(sandbox: Locator, name: string): Locator {
  return sandbox.locator(`[data-part="state"][data-state="${name}"]`);
}

async function run(sandbox: Locator): Promise<void> {
  await sandbox.getByRole('button', { name: 'Run', exact: true }).click();
}

async function typeALine(sandbox: Locator): Promise<void> {
  await run(sandbox);
  await state(sandbox, 'waiting').waitFor();
  await sandbox.getByRole('textbox', { name: 'Line for stdin' }).fill('Ada');
  await sandbox.getByRole('button', { name: 'Send' }).click();
  await sandbox.getByRole('log').getByText('Hello, Ada').waitFor();
  await state(sandbox, 'waiting').waitFor();
}

async function closeStdin(sandbox: Locator): Promise<void> {
  await typeALine(sandbox);
  await sandbox.getByRole('button', { name: 'Close stdin' }).click();
  await state(sandbox, 'exited').waitFor();
}

async function flood(sandbox: Locator): Promise<void> {
  await run(sandbox);
  await sandbox.locator('[data-part="elided"]').waitFor({ state: 'visible' });
}

const shots: readonly Shot[] = [
  { name: 'home', path: '' },
  { name: 'home-dark', path: '', dark: true },
  { name: 'home-flood', path: '', act: flood },
  { name: 'lesson', path: 'pipes-wait/', whole: true },
  { name: 'lesson-dark', path: 'pipes-wait/', dark: true, whole: true },
  { name: 'waiting', path: 'pipes-wait/', act: typeALine },
  { name: 'waiting-dark', path: 'pipes-wait/', dark: true, act: typeALine },
  { name: 'eof', path: 'pipes-wait/', act: closeStdin },
  { name: 'flood', path: 'the-symptom/', act: flood },
  { name: 'phone-home', path: '', width: 360, whole: true },
  { name: 'phone-waiting', path: 'pipes-wait/', width: 360, act: typeALine },
  { name: 'phone-dark', path: 'pipes-wait/', width: 360, dark: true, whole: true },
];

async function take(browser: Browser, site: string, shot: Shot): Promise<void> {
  const phone = shot.width !== undefined;
  const context = await browser.newContext({
    viewport: { width: shot.width ?? 1280, height: phone ? 740 : 900 },
    deviceScaleFactor: phone ? 2 : 1,
    colorScheme: shot.dark === true ? 'dark' : 'light',
    reducedMotion: 'reduce',
  });
  const page = await context.newPage();
  await page.goto(new URL(shot.path, site).href);
  if (shot.act !== undefined) {
    const sandbox = page.locator('plugin-sandbox').first();
    await shot.act(sandbox, page);
    await sandbox.evaluate((element) => {
      element.scrollIntoView({ block: 'start' });
    });
  }
  const file = join(root, 'tests', 'report', `${shot.name}.png`);
  await page.screenshot({ path: file, fullPage: shot.whole ?? false });
  await context.close();
  console.log(`tests/report/${shot.name}.png`);
}

mkdirSync(join(root, 'tests', 'report'), { recursive: true });
const serving = await serve({ dir: join(root, 'dist'), port: 0, strictPort: false, isolated: false });
const browser = await chromium.launch(launchOptions());
try {
  for (const shot of shots) await take(browser, serving.url, shot);
} finally {
  await browser.close();
  await serving.close();
}
