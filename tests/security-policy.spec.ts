/** The Content-Security-Policy of the built site. All other browser tests run under it too, and see its complaints. */
import { expect, test } from './fixtures/test.ts';
import { pageOf } from './fixtures/built-site.ts';

/** Where a browser tells of what a policy has kept from happening. */
declare global {
  var violations: string[];
}

const strict = /^script-src 'self' 'wasm-unsafe-eval'(?: 'sha256-[A-Za-z0-9+/]{43}=')*$/u;

function scriptSource(policy: string | null | undefined): string {
  const found = policy?.split('; ').find((directive) => directive.startsWith('script-src '));
  return found ?? `no script-src in ${String(policy)}`;
}

test('every page of the sitemap carries a strict policy, as a tag and as a header', async ({ request, baseURL }) => {
  const sitemap = await (await request.get('sitemap-0.xml')).text();
  const addresses = [...sitemap.matchAll(/<loc>([^<]+)<\/loc>/gu)].map(([, address = '']) => new URL(address).pathname);
  expect(addresses.length).toBeGreaterThan(10);
  for (const address of [...addresses, '/no-such-page/']) {
    const response = await request.get(new URL(address, baseURL).href);
    expect(scriptSource(response.headers()['content-security-policy']), `header of ${address}`).toMatch(strict);
    const html = await response.text();
    const tag = /<meta http-equiv="Content-Security-Policy" content="([^"]*)"/u.exec(html);
    expect(scriptSource(tag?.[1]), `tag of ${address}`).toMatch(strict);
    expect(tag?.index ?? Infinity, `place of the tag of ${address}`).toBeLessThan(html.indexOf('<script'));
    expect(html, `handlers in attributes of ${address}`).not.toMatch(/<[a-z][^>]*\son[a-z]+=/u);
  }
});

test('an inline script that is not the site’s own does not run', async ({ browser, baseURL }) => {
  // Not the test's own page, whose complaints would fail the test.
  const page = await browser.newPage();
  await page.goto(new URL(pageOf('pipe-waits').path, baseURL).href);
  const { ran, directive } = await page.evaluate(
    () =>
      new Promise<{ ran: boolean; directive: string }>((resolve) => {
        document.addEventListener('securitypolicyviolation', ({ effectiveDirective }) =>
          resolve({ ran: 'ranInline' in globalThis, directive: effectiveDirective }),
        );
        const script = document.createElement('script');
        script.textContent = 'globalThis.ranInline = true;';
        document.body.append(script);
      }),
  );
  expect({ ran, directive }).toEqual({ ran: false, directive: 'script-src-elem' });
  await page.close();
});

test('search works under the policy', async ({ page }) => {
  await page.addInitScript(() => {
    globalThis.violations = [];
    document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) => {
      globalThis.violations.push(`${violatedDirective}: ${blockedURI}`);
    });
  });
  await page.goto('');
  await page.getByRole('button', { name: 'Search' }).first().click();
  await page.getByRole('searchbox').or(page.getByPlaceholder('Search')).first().fill('pipe');
  await expect(page.getByRole('dialog').getByRole('link').first()).toBeVisible();
  expect(await page.evaluate(() => globalThis.violations)).toEqual([]);
});
