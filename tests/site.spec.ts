/** What must hold on every page, whatever is on it: for readers with a phone, a keyboard, a screen reader, no script. */
import type { Page } from 'playwright';
import { sampleOfRun } from '../scripts/sample.ts';
import { axe, type AxeOptions } from './fixtures/axe.ts';
import { builtPages, pageOf, type BuiltPage } from './fixtures/built-site.ts';
import { Sandbox } from './fixtures/sandbox.ts';
import { expect, test } from './fixtures/test.ts';

const pages = builtPages();
const phone = { width: 360, height: 740 };

function nameOf({ path }: BuiltPage): string {
  return path === '' ? 'home' : path.replace(/\/$/u, '');
}

/** Opens a page and waits until its sandboxes are alive. */
async function open(page: Page, { path, examples }: BuiltPage): Promise<void> {
  await page.goto(path);
  await expect(page.locator('plugin-sandbox')).toHaveCount(examples.length);
  // The element shows its live part when it has come alive.
  await expect(page.locator('plugin-sandbox [data-part="live"][hidden]')).toHaveCount(0);
}

/** axe looks at one page of each kind, and at some by chance; in a deep run at all of them. */
const OF_EACH_KIND = ['', 'watch-it-block/', 'playground/', 'reference/stream-matrix/'];
const BY_CHANCE = 3;

const ofEachKind = pages.filter(({ path }) => OF_EACH_KIND.includes(path));
const others = pages.filter(({ path }) => !OF_EACH_KIND.includes(path));
const looksAt = new Set([...ofEachKind, ...sampleOfRun('axe', others, BY_CHANCE)]);

/** How it opens: some pages by chance, and all in a deep run; what each page loads is measured by scripts/weight.ts. */
const opens = new Set([...looksAt, ...sampleOfRun('open', others, 8)]);

/** Without JavaScript pages are what was built: some by chance, and all in a deep run. */
const withoutScript = new Set(sampleOfRun('without JavaScript', pages, 8));

for (const one of pages.filter((page) => opens.has(page))) {
  test.describe(nameOf(one), () => {
    const findsNothing = looksAt.has(one) ? 'axe finds nothing, dark and at 360 px too; ' : '';
    test(`nothing loads before intent; ${findsNothing}at 360 px only code scrolls sideways`, async ({ page }) => {
      const looks = async (options?: AxeOptions): Promise<void> => {
        if (looksAt.has(one)) expect(await axe(page, options)).toEqual([]);
      };
      await page.emulateMedia({ colorScheme: 'light' });
      const asked: string[] = [];
      page.on('request', (request) => asked.push(new URL(request.url()).pathname));
      await open(page, one);
      await looks();
      expect(asked.filter((path) => /\.wasm$|\.pack$|worker|editing|\/playground\/.*json|wabt/u.test(path))).toEqual(
        [],
      );
      // The page follows the system at once, as it does when it is opened.
      await page.emulateMedia({ colorScheme: 'dark' });
      await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
      await looks({ colours: true });
      await page.emulateMedia({ colorScheme: 'light' });
      await page.setViewportSize(phone);
      await looks();
      const wide = await page.evaluate(() => {
        const found: string[] = [];
        const { documentElement } = document;
        if (documentElement.scrollWidth > documentElement.clientWidth) {
          for (const element of document.querySelectorAll('body *')) {
            if (element.getBoundingClientRect().right > documentElement.clientWidth + 1) {
              found.push(`the page, because of ${element.tagName}.${element.getAttribute('class') ?? ''}`);
            }
          }
          if (found.length === 0) found.push('the page');
        }
        for (const element of document.querySelectorAll('body *')) {
          const { overflowX } = getComputedStyle(element);
          const scrolls = (overflowX === 'auto' || overflowX === 'scroll') && element.scrollWidth > element.clientWidth;
          if (scrolls && element.closest('pre, [role="log"]') === null) {
            found.push(`${element.tagName}.${element.getAttribute('class') ?? ''}`);
          }
        }
        return found;
      });
      expect(wide).toEqual([]);
    });
  });
}

for (const one of pages.filter((page) => withoutScript.has(page))) {
  test.describe(`${nameOf(one)}, without JavaScript`, () => {
    test.use({ javaScriptEnabled: false });

    test('text, sources and recorded sessions are there', async ({ page }) => {
      await page.goto(one.path);
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
      await expect(page.getByRole('main').getByRole('paragraph').first()).toBeVisible();
      const sandboxes = page.locator('plugin-sandbox');
      await expect(sandboxes).toHaveCount(one.examples.length);
      for (const sandbox of await sandboxes.all()) {
        for (const source of await sandbox.locator('[data-source]').all()) {
          await expect(source).toBeVisible();
          await expect(source.locator('pre')).toBeVisible();
          await expect(source).toContainText(/\b(?:main|handle)\(/u);
        }
        expect(await sandbox.locator('[data-source]').count()).toBeGreaterThanOrEqual(2);
        const recording = sandbox.locator('[data-part="recording"]');
        await expect(recording).toBeVisible();
        await expect(recording).toContainText('Recorded session');
        await expect(recording).toContainText(/host [\w-]+\.wasm/u);
        await expect(sandbox.getByRole('button')).toHaveCount(0);
        await expect(sandbox.getByRole('textbox')).toHaveCount(0);
        await expect(sandbox.getByRole('radio')).toHaveCount(0);
      }
    });
  });
}

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(`without JavaScript, in a ${colorScheme} system`, () => {
    test.use({ javaScriptEnabled: false, colorScheme });

    test(`a page is ${colorScheme}`, async ({ page }) => {
      await page.goto('');
      await expect(page.locator('html')).toHaveCSS('color-scheme', colorScheme);
      const brightness = await page.evaluate(() => {
        const [red = NaN, green = NaN, blue = NaN] =
          getComputedStyle(document.body).backgroundColor.match(/\d+/gu)?.map(Number) ?? [];
        return (red + green + blue) / 3;
      });
      if (colorScheme === 'light') expect(brightness).toBeGreaterThan(220);
      else expect(brightness).toBeLessThan(40);
    });
  });
}

test('a run needs nothing but the keyboard', async ({ page }) => {
  const { path } = pageOf('pipe-waits');
  await page.goto(path);
  const sandbox = new Sandbox(page.locator('plugin-sandbox[data-example="pipe-waits"]').first());
  const tabTo = async (locator: typeof sandbox.runButton): Promise<void> => {
    await expect(locator).toBeEnabled();
    for (let presses = 0; presses < 120; presses += 1) {
      if (await locator.evaluate((element) => element === document.activeElement)) return;
      await page.keyboard.press('Tab');
    }
    throw new Error('Expected to get there with Tab, was not there after 120 presses.');
  };
  await tabTo(sandbox.runButton);
  await page.keyboard.press('Enter');
  await sandbox.expectWaiting();
  await tabTo(sandbox.input);
  await page.keyboard.type('Ada');
  await page.keyboard.press('Enter');
  await expect(sandbox.log).toContainText('Hello, Ada');
  await sandbox.expectWaiting();
  await tabTo(sandbox.closeStdinButton);
  await page.keyboard.press('Enter');
  await sandbox.expectExit(0);
});

test('an unknown address shows the page for "not found"', async ({ page, arranged }) => {
  // The browser itself reports the 404 that this test asks for.
  arranged(/\b404\b.*no-such-page/u);
  const response = await page.goto('no-such-page/');
  expect(response?.status()).toBe(404);
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
});

test('every page of the sitemap names a picture of its own, which is there, in the size it says', async ({
  request,
}) => {
  const sitemap = await (await request.get('sitemap-0.xml')).text();
  const addresses = [...sitemap.matchAll(/<loc>([^<]+)<\/loc>/gu)].map(([, address = '']) => new URL(address).pathname);
  expect(addresses.length).toBeGreaterThan(10);
  const pictures = new Set<string>();
  for (const address of addresses) {
    const html = await (await request.get(address)).text();
    const meta = (property: string): string | undefined =>
      new RegExp(`<meta (?:property|name)="${property}" content="([^"]*)"`, 'u').exec(html)?.[1];
    const picture = await request.get(new URL(meta('og:image') ?? '', 'https://no.picture').pathname);
    expect(picture.headers()['content-type'], `picture of ${address}`).toBe('image/png');
    // A PNG's first chunk begins with its size.
    const png = await picture.body();
    expect([png.readUInt32BE(16), png.readUInt32BE(20)], `picture of ${address}`).toEqual([1200, 630]);
    expect([meta('og:image:width'), meta('og:image:height')], `said by ${address}`).toEqual(['1200', '630']);
    expect(meta('og:image:alt'), `said by ${address}`).toContain(meta('og:title') ?? 'no title');
    expect(meta('twitter:card'), `said by ${address}`).toBe('summary_large_image');
    pictures.add(meta('og:image') ?? '');
  }
  expect(pictures.size).toBe(addresses.length);
});

test.describe('the theme that is stored', () => {
  for (const stored of ['}{ no theme', 'auto dark', '']) {
    test(`does no harm when it is ${JSON.stringify(stored)}`, async ({ page }) => {
      await page.emulateMedia({ colorScheme: 'light' });
      await page.addInitScript((theme) => {
        if (sessionStorage.getItem('met') === null) localStorage.setItem('starlight-theme', theme);
        sessionStorage.setItem('met', 'yes');
      }, stored);
      await page.goto('pipes-wait/');
      const theme = page.getByRole('combobox', { name: 'Select theme' }).filter({ visible: true });
      await expect(theme).toHaveValue('auto');
      await expect(page.locator('html')).toHaveAttribute('data-theme', 'light');
      await theme.selectOption('dark');
      await page.reload();
      await expect(theme).toHaveValue('dark');
      await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
    });
  }

  test('is done without where the browser refuses its storage', async ({ page }) => {
    await page.emulateMedia({ colorScheme: 'light' });
    await page.addInitScript(() =>
      Object.defineProperty(window, 'localStorage', {
        configurable: true,
        get: () => {
          throw new DOMException('The operation is insecure.', 'SecurityError');
        },
      }),
    );
    await page.goto('pipes-wait/');
    await expect(page.locator('html')).toHaveAttribute('data-theme', 'light');
    const theme = page.getByRole('combobox', { name: 'Select theme' }).filter({ visible: true });
    await theme.selectOption('dark');
    await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  });
});
