/** Firefox over WebDriver BiDi. */
import { launch, type ElementHandle } from 'puppeteer-core';
import { findProgram } from './find-program.ts';
import type { InstalledBrowser, Tab } from './tab.ts';

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
export async function startFirefox(viewport = { width: 800, height: 600 }): Promise<InstalledBrowser | undefined> {
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
    openTab: async (): Promise<Tab> => {
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
        close: () => context.close(),
      };
    },
    close: () => browser.close(),
  };
}
