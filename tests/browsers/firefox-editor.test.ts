/** Editing in Firefox, with the keyboard alone: a line of the host and one of the plugin, and both are seen in the run. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import process from 'node:process';
import { after, before, describe, it } from 'node:test';
import { serve, type Serving } from '../../scripts/serve.ts';
import { pageOf, projectRoot } from '../fixtures/built-site.ts';
import { firefoxAdvice, startFirefox, type InstalledFirefox, type KeyboardTab } from './firefox.ts';
import { callInPage } from './tab.ts';

const example = 'pipe-waits';
const root = `plugin-sandbox[data-example="${example}"]`;

/** A cold compiler on two busy cores, in milliseconds. */
const withinMs = 90_000;

/** In the page: resolves once the sandbox shows a text that matches, or after a while to what it shows instead. */
function waitForText(selector: string, pattern: string, within: number): Promise<string | null> {
  const wanted = new RegExp(pattern, 'u');
  const shown = (): string => document.querySelector(selector)?.textContent ?? '';
  return new Promise((resolve) => {
    const end = (found: string | null): void => {
      observer.disconnect();
      clearTimeout(timer);
      resolve(found);
    };
    const look = (): void => {
      if (wanted.test(shown())) end(null);
    };
    const observer = new MutationObserver(look);
    const timer = setTimeout(() => end(shown()), within);
    observer.observe(document.body, { childList: true, subtree: true, characterData: true });
    look();
  });
}

/** In the page: the name of what has the focus, if that is in the sandbox; there may be others on the page. */
function focused(sandbox: string): string {
  const element = document.activeElement;
  if (document.querySelector(sandbox)?.contains(element) !== true) return '';
  const labels = element instanceof HTMLInputElement ? [...(element.labels ?? [])] : [];
  return element?.ariaLabel ?? labels[0]?.firstElementChild?.textContent ?? element?.textContent ?? '';
}

async function shows(tab: KeyboardTab, selector: string, pattern: string): Promise<void> {
  const found = await tab.evaluate(callInPage(waitForText, `${root} ${selector}`, pattern, withinMs));
  assert.equal(found, null, `expected ${selector} to show ${pattern}`);
}

/**
 * Moves the focus until what has it is named so. Behind the page's last control a Tab leads into the browser's own bar. There
 * a reader's keys would stay; the driver goes on handing them to the page, whose buttons then hear of keys and are not pressed.
 */
async function tabTo(tab: KeyboardTab, name: RegExp, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
  for (let presses = 0; presses < 300; presses += 1) {
    assert.ok(
      await tab.evaluate('document.hasFocus()'),
      `expected to come to ${String(name)} with ${key}, left the page`,
    );
    if (name.test(String(await tab.evaluate(callInPage(focused, root))))) return;
    await tab.press(key);
  }
  assert.fail(`expected to come to ${String(name)} with ${key}`);
}

/** In the editor: finds a text and types another in its place. */
async function replace(tab: KeyboardTab, found: string, typed: string): Promise<void> {
  await tab.press('Control+f');
  await tabTo(tab, /^Find$/u);
  await tab.type(found);
  await tab.press('Enter');
  await tab.press('Escape');
  await tab.type(typed);
}

describe('the editor in Firefox', () => {
  let browser: InstalledFirefox | undefined;
  let site: Serving | undefined;
  before(async () => {
    site = await serve({ dir: join(projectRoot, 'dist'), port: 0, strictPort: false, isolated: false });
    browser = await startFirefox();
  });
  after(async () => {
    await browser?.close();
    await site?.close();
  });

  it('runs what was changed in host and plugin', { timeout: 4 * withinMs }, async (context) => {
    if (browser === undefined || site === undefined) {
      assert.notEqual(process.env['CI'], 'true', firefoxAdvice);
      context.skip(firefoxAdvice);
      return;
    }
    const tab = await browser.openTab();
    await tab.goto(new URL(pageOf(example).path, site.url).href);
    await shows(tab, '[data-part="state"]', '^\\s*not started');
    await tabTo(tab, /^\s*Edit\s*$/u);
    await tab.press('Enter');
    await shows(tab, '.cm-content', 'func main');
    await tabTo(tab, /^Editor of host\/main\.go$/u);
    await replace(tab, 'return <-done', 'fmt.Println("The host was changed."); return <-done');
    await tab.press('Escape');
    await tab.press('Shift+Tab');
    await tabTo(tab, /^Load the Go compiler/u);
    await tab.press('Enter');
    await shows(tab, '.edit-verdict', '^No problems');
    await tab.press('Shift+Tab');
    await tabTo(tab, /^host\/main\.go/u);
    await tab.press('ArrowRight');
    await tabTo(tab, /^Editor of plugin\/main\.go$/u);
    await replace(tab, 'Hello', 'Welcome');
    await tab.press('Control+Enter');
    await shows(tab, '[data-part="state"]', '^waiting in fd_read');
    await tab.press('Escape');
    await tabTo(tab, /^You type into the host’s stdin$/u, 'Shift+Tab');
    await tab.type('Ada');
    await tab.press('Enter');
    await shows(tab, '[data-part="log"]', 'Welcome, Ada!');
    await shows(tab, '[data-part="log"]', 'The host was changed\\.');
    await tabTo(tab, /^\s*Close stdin\s*$/u);
    await tab.press('Enter');
    await shows(tab, '[data-part="log"]', 'EOF: no more names\\.');
    await shows(tab, '[data-part="host-state"]', '^exited 0');
    // The editor stands before the timeline, and keeps Tab to itself until Escape. Lanes are drawn while they are seen.
    await tabTo(tab, /^Editor of plugin\/main\.go$/u);
    await tab.press('Escape');
    await tabTo(tab, /^\s*Moment/u);
    await shows(tab, '.timeline-table', 'fd_read\\(0\\)[^]*Welcome, Ada!');
    await tab.close();
  });
});
