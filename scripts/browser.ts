/**
 * Finds the Chromium that the tests, measurements and screenshots drive: Playwright's own download if it is there, else
 * the system's; on Debian, root can have it installed.
 */
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import process from 'node:process';
import { chromium, type LaunchOptions } from 'playwright';
import { canInstall, install } from './debian-packages.ts';

/** First Chromium with JSPI, which the sandboxes need without special headers. */
export const leastChromium = 137;

/** Debian's headless shell first: the same engine without the windows of a browser around it, so tests take less time. */
const namesOnPath = [
  'chromium-headless-shell',
  'chromium',
  'chromium-browser',
  'google-chrome-stable',
  'google-chrome',
  'microsoft-edge',
];

const knownPlaces: Partial<Record<NodeJS.Platform, readonly string[]>> = {
  darwin: [
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
    '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
  ],
  win32: [process.env['PROGRAMFILES'], process.env['PROGRAMFILES(X86)'], process.env['LOCALAPPDATA']]
    .filter((folder) => folder !== undefined)
    .flatMap((folder) => [
      join(folder, 'Google', 'Chrome', 'Application', 'chrome.exe'),
      join(folder, 'Microsoft', 'Edge', 'Application', 'msedge.exe'),
    ]),
};

/** What to install, said in full, for a reader without a browser. */
export const browserAdvice =
  `Expected a Chromium (${String(leastChromium)} or newer), found none. ` +
  'Run `npx playwright install --with-deps chromium`, or install your system’s: `sudo apt-get install chromium` on ' +
  'Debian and Ubuntu, Google Chrome elsewhere. Or name one: CHROMIUM=/path/to/chromium npm test.';

/** @returns the program's path, or undefined if there is no Chromium on this machine. */
export function findBrowser(): string | undefined {
  const onPath = (process.env['PATH'] ?? '')
    .split(delimiter)
    .flatMap((folder) => namesOnPath.map((name) => join(folder, name)));
  const named = process.env['CHROMIUM'];
  if (named !== undefined && named !== '') return existsSync(named) ? named : undefined;
  return [chromium.executablePath(), ...onPath, ...(knownPlaces[process.platform] ?? [])].find((path) =>
    existsSync(path),
  );
}

/**
 * @returns the program's path
 * @throws Error that says what to install
 */
export function requireBrowser(): string {
  const path = findBrowser();
  if (path === undefined) throw new Error(browserAdvice);
  return path;
}

/** @returns whether `installBrowser` can work here, and nobody has named another browser. */
export function canInstallBrowser(): boolean {
  return (process.env['CHROMIUM'] ?? '') === '' && canInstall();
}

/**
 * Installs Debian's Chromium.
 * @throws Error when apt-get fails; its words are on stderr by then.
 */
export function installBrowser(): void {
  install(['chromium-headless-shell', 'fonts-dejavu-core']);
}

/** Arguments for a Chromium that talks to nobody but the page under test. */
export const browserArgs: readonly string[] = [
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
  // Chromium refuses to sandbox itself as root, which is who CI is.
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
];

/**
 * Options to launch the browser with Playwright.
 * @throws Error that says what to install
 */
export function launchOptions(): LaunchOptions {
  const executablePath = requireBrowser();
  // Without a reporter of crashes the headless shell takes a trap of WebAssembly for one, and ends the page.
  const traps = executablePath.includes('headless-shell') ? ['--enable-crash-reporter'] : [];
  return { executablePath, args: [...browserArgs, ...traps] };
}
