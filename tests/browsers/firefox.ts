/** Firefox over WebDriver BiDi. */
import { launch, type ElementHandle, type Keyboard, type KeyInput } from 'puppeteer-core';
import { findProgram } from './find-program.ts';
import type { InstalledBrowser, Tab } from './tab.ts';

/** A tab whose keys can be pressed wherever the focus is. */
export interface KeyboardTab extends Tab {
  /** Presses a key, by its name in the DOM, with the keys that are held: `Shift+Tab`. */
  readonly press: (chord: string) => Promise<void>;
  readonly type: (text: string) => Promise<void>;
}

/** Firefox, as it is installed here. */
export interface InstalledFirefox extends InstalledBrowser {
  readonly openTab: () => Promise<KeyboardTab>;
}

async function pressChord(keyboard: Keyboard, chord: string): Promise<void> {
  // Names of keys, all of them.
  const keys = chord.split('+') as KeyInput[];
  for (const key of keys) await keyboard.down(key);
  for (const key of keys.reverse()) await keyboard.up(key);
}

/** First Firefox with JSPI. */
const leastFirefox = 153;

/** What to install, said in full. */
export const firefoxAdvice =
  `Expected a Firefox (${String(leastFirefox)} or newer), found none. Install your system’s (on Debian: ` +
  '`apt-get install firefox-esr`), or name one: FIREFOX=/path/to/firefox.';

/**
 * Starts Firefox without a window; undefined if there is none here, or it is too old.
 * @param viewport of its tabs, in pixels
 */
export async function startFirefox(viewport = { width: 800, height: 600 }): Promise<InstalledFirefox | undefined> {
  const executablePath = findProgram(
    'FIREFOX',
    ['firefox-esr', 'firefox'],
    ['/Applications/Firefox.app/Contents/MacOS/firefox', 'C:\\Program Files\\Mozilla Firefox\\firefox.exe'],
  );
  if (executablePath === undefined) return undefined;
  const browser = await launch({ browser: 'firefox', executablePath, headless: true, defaultViewport: viewport });
  const version = (await browser.version()).replace(/^firefox\//iu, '');
  if (Number.parseInt(version, 10) < leastFirefox) {
    await browser.close();
    return undefined;
  }
  return {
    openTab: async (): Promise<KeyboardTab> => {
      // A context of its own has no cache, no service worker and no storage of an earlier visit.
      const context = await browser.createBrowserContext();
      const page = await context.newPage();
      const element = async (expression: string): Promise<ElementHandle> => {
        const found = (await page.evaluateHandle(expression)).asElement();
        if (found === null) throw new Error(`expected an element, found none by ${expression}`);
        return found as ElementHandle;
      };
      return {
        browser: 'Firefox',
        version,
        goto: async (url) => {
          await page.goto(url);
        },
        evaluate: (expression) => page.evaluate(expression),
        click: async (expression) => {
          await (await element(expression)).click();
        },
        fill: async (expression, text) => {
          const field = await element(expression);
          await field.click();
          await page.evaluate(`(${expression}).select()`);
          await field.type(text);
        },
        press: (chord) => pressChord(page.keyboard, chord),
        type: (text) => page.keyboard.type(text),
        close: () => context.close(),
      };
    },
    close: () => browser.close(),
  };
}
