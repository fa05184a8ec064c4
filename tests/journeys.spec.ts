/**
 * Random journeys through the playground against a model that keeps every word typed: after each step each of them is on the
 * screen, or in the store and offered by a control of the page, unless the reader reset it. At the end each of them is looked
 * for as a reader does. A failure prints the seed and the journey; to repeat it, give SEED.
 */
import fc from 'fast-check';
import type { Page } from 'playwright';
import { isDeep, seedOfRun } from '../scripts/sample.ts';
import { encodeProject } from '../src/sandbox/editing/project/project-link.ts';
import { EditorOnPage } from './fixtures/editor.ts';
import { expect, test } from './fixtures/test.ts';

/** They run side by side. */
const LANES = 2;
/** As many as a minute has room for, in a run that samples. */
const JOURNEYS = isDeep() ? 300 : 26;
/** A journey has this long, in ms; most take two seconds. */
const JOURNEY_MS = 20_000;

const HOSTS = ['start', 'pipe-waits'] as const;
const PLUGINS = ['go.start', 'go.pipe-waits', 'wat', 'c.pipe-waits'] as const;
type Target = 'host' | 'plugin';

type Step =
  | { readonly do: 'type'; readonly target: Target; readonly large: boolean }
  | { readonly do: 'choose host'; readonly value: (typeof HOSTS)[number] }
  | { readonly do: 'choose plugin'; readonly value: (typeof PLUGINS)[number] }
  | { readonly do: 'link'; readonly kind: 'other' | 'same' | 'empty' | 'damaged'; readonly isFresh: boolean }
  | { readonly do: 'look at'; readonly target: Target; readonly index: number }
  | { readonly do: 'reload' | 'reset' | 'close and open' | 'type in another tab' };

const target = fc.constantFrom<Target>('host', 'plugin');
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 8, arbitrary: fc.record({ do: fc.constant('type' as const), target, large: fc.constant(false) }) },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('type' as const),
      target: fc.constant('host' as const),
      large: fc.constant(true),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('choose host' as const), value: fc.constantFrom(...HOSTS) }) },
  {
    weight: 4,
    arbitrary: fc.record({ do: fc.constant('choose plugin' as const), value: fc.constantFrom(...PLUGINS) }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constant('link' as const),
      kind: fc.constantFrom('other' as const, 'same' as const, 'empty' as const, 'damaged' as const),
      isFresh: fc.boolean(),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('look at' as const), target, index: fc.nat(3) }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('reload' as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constantFrom('reset' as const, 'close and open' as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('type in another tab' as const) }) },
);
const journey = fc.record({
  steps: fc.array(step, { minLength: 3, maxLength: 9 }),
  /** Whether the browser keeps anything; where it does not, the reader does not leave. */
  keeps: fc.oneof({ weight: 4, arbitrary: fc.constant(true) }, { weight: 1, arbitrary: fc.constant(false) }),
});

/** A word that was typed: where. */
interface Typed {
  readonly word: string;
  readonly target: Target;
  readonly value: string;
}

/** Words that are neither on the screen nor in the store where a control of the page offers them. */
function lostOn(words: readonly string[]): string[] {
  const { document: page, localStorage: store } = globalThis;
  const code = [...page.querySelectorAll('.cm-content')].map(({ textContent }) => textContent).join('\n');
  const values = (name: string): string[] =>
    [...page.querySelectorAll<HTMLOptionElement>(`select[name="${name}"] option`)].map(({ value }) => value);
  const chosen = (name: string): string => page.querySelector<HTMLSelectElement>(`select[name="${name}"]`)?.value ?? '';
  const isOffered = (key: string): boolean => {
    const found = /^block-or-eof\/edits\/1\/playground-(host|plugin)\/(.*?)(?:~\d+)?$/u.exec(key);
    const [, part = '', value = ''] = found ?? [];
    if (!values(part).includes(value)) return false;
    const versions = values(`shown-${part}`);
    return chosen(part) !== value || versions.length === 0 || versions.includes(key);
  };
  const kept = Object.entries(store).filter(([key]) => isOffered(key));
  return words.filter((word) => !code.includes(word) && !kept.some(([, text]) => String(text).includes(word)));
}

/** One reader's way. */
class Journey {
  readonly #page: Page;
  readonly #editor: EditorOnPage;
  readonly #keeps: boolean;
  readonly #other: () => Promise<Page>;
  #alive: Typed[] = [];
  #next = 0;

  constructor(page: Page, other: () => Promise<Page>, keeps: boolean) {
    this.#page = page;
    this.#editor = new EditorOnPage(page, page.locator('plugin-sandbox').first());
    this.#other = other;
    this.#keeps = keeps;
  }

  async begin(): Promise<void> {
    await this.#page.goto('about:blank');
    await this.#page.goto('playground/');
    await this.#page.evaluate((keeps) => {
      localStorage.clear();
      if (keeps) return;
      Storage.prototype.setItem = () => {
        throw new DOMException('full', 'QuotaExceededError');
      };
    }, this.#keeps);
    await this.#open();
  }

  /** Does a step. @returns false if it was not possible */
  async take(one: Step): Promise<boolean> {
    switch (one.do) {
      case 'type':
        return this.#type(this.#page, one.target, one.large);
      case 'choose host':
        await this.#choose('host', one.value);
        return true;
      case 'choose plugin':
        await this.#choose('plugin', one.value);
        return true;
      case 'link':
        return this.#link(one.kind, one.isFresh);
      case 'look at':
        return this.#lookAt(one.target, one.index);
      case 'reload':
        if (!this.#keeps) return false;
        await this.#page.reload();
        await this.#open();
        return true;
      case 'reset': {
        const shown = await this.#screen();
        await this.#editor.button('Reset').click();
        this.#alive = this.#alive.filter(({ word }) => !shown.includes(word));
        return true;
      }
      case 'close and open':
        await this.#editor.button('Done').click();
        await this.#editor.open();
        return true;
      case 'type in another tab':
        return this.#typeElsewhere();
    }
  }

  /** Looks at what is kept, at once. @param after the step that was taken */
  async check(after: Step): Promise<void> {
    // What the browser does not keep is in the page, and is looked for at the end.
    if (!this.#keeps) return;
    await expect
      .poll(
        () =>
          this.#page.evaluate(
            lostOn,
            this.#alive.map(({ word }) => word),
          ),
        { message: `kept after ${JSON.stringify(after)}`, timeout: 5000 },
      )
      .toEqual([]);
  }

  /** Looks for each word as a reader does: through all that is offered. */
  async end(): Promise<void> {
    let seen = '';
    for (const part of ['host', 'plugin'] as const) {
      const values = new Set(this.#alive.filter((typed) => typed.target === part).map(({ value }) => value));
      for (const value of values) {
        await this.#choose(part, value);
        const select = this.#shown(part);
        const count = (await select.isVisible()) ? await select.locator('option').count() : 0;
        seen += await this.#screen();
        for (let index = 0; index < count; index += 1) {
          await select.selectOption({ index });
          seen += await this.#screen();
        }
      }
    }
    expect(this.#alive.map(({ word }) => word).filter((word) => !seen.includes(word))).toEqual([]);
  }

  #shown(part: Target): ReturnType<EditorOnPage['shown']> {
    return this.#editor.shown(part === 'host' ? 'Host shown' : 'Plugin shown');
  }

  /** Presses Edit where the editor is not open yet. */
  async #open(): Promise<void> {
    const hasEditor = new URL(this.#page.url()).hash.startsWith('#edit');
    if (!hasEditor) await this.#editor.editButton.click();
    await expect(this.#page.locator('.edit-code .cm-content')).toBeVisible();
    // A program is there, whatever came.
    await expect(this.#editor.tabs.first()).toHaveText(/^host\/main\.go/u);
  }

  async #choose(part: Target, value: string): Promise<void> {
    await this.#page.locator(`select[name="${part}"]`).selectOption(value);
    await expect(this.#page.locator('.edit-code .cm-content')).toBeVisible();
  }

  /** All files that are open. */
  async #screen(): Promise<string> {
    let text = '';
    for (const tab of await this.#editor.tabs.all()) {
      await tab.click();
      const code = this.#page.locator('.edit-code .cm-content');
      await expect(code).toHaveAttribute('aria-label', `Editor of ${(await tab.getAttribute('data-path')) ?? ''}`);
      text += await code.innerText();
    }
    return text;
  }

  async #type(page: Page, part: Target, large: boolean): Promise<boolean> {
    const value = await page.locator(`select[name="${part}"]`).inputValue();
    if (part === 'plugin' && value.startsWith('c.')) return false;
    const editor = page === this.#page ? this.#editor : new EditorOnPage(page, page.locator('plugin-sandbox').first());
    await editor.tabs.filter({ hasText: part === 'host' ? 'host/main.go' : 'plugin/main.' }).click();
    await page.locator('.edit-code .cm-content').focus();
    await page.keyboard.press('ControlOrMeta+Home');
    const word = `[w${String(this.#next)}]`;
    this.#next += 1;
    this.#alive.push({ word, target: part, value });
    await page.keyboard.insertText(`;; ${word}${large ? ' large'.repeat(50_000) : ''}\n`);
    // Of a line as long as this only what is near the cursor is on the screen.
    await page.keyboard.press('ControlOrMeta+Home');
    return true;
  }

  async #link(kind: 'other' | 'same' | 'empty' | 'damaged', isFresh: boolean): Promise<boolean> {
    if (!this.#keeps && isFresh) return false;
    const [host, plugin] = await Promise.all(
      ['host', 'plugin'].map((name) => this.#page.locator(`select[name="${name}"]`).inputValue()),
    );
    const files = kind === 'empty' ? [] : [{ path: 'host/main.go', text: 'package main // of a link\n' }];
    const about = kind === 'other' ? { host: 'start', plugin: 'go.start' } : { host: host ?? '', plugin: plugin ?? '' };
    const fragment = kind === 'damaged' ? `#edit=pAAA${String(this.#next)}` : await encodeProject({ ...about, files });
    // The address that is there already leads nowhere, in any browser.
    if (!isFresh && new URL(this.#page.url()).hash === fragment) return false;
    if (isFresh) await this.#page.goto('about:blank');
    await this.#page.goto(`playground/${fragment}`);
    await this.#open();
    if (kind === 'other' || kind === 'same') await expect(this.#page.locator('.edit-code')).toContainText('of a link');
    return true;
  }

  async #lookAt(part: Target, index: number): Promise<boolean> {
    const select = this.#shown(part);
    if (!(await select.isVisible())) return false;
    const count = await select.locator('option').count();
    await select.selectOption({ index: index % count });
    return true;
  }

  async #typeElsewhere(): Promise<boolean> {
    if (!this.#keeps) return false;
    const other = await this.#other();
    await other.goto('about:blank');
    await other.goto('playground/');
    const value = await this.#page.locator('select[name="host"]').inputValue();
    await other.locator('select[name="host"]').selectOption(value);
    await expect(other.locator('.edit-code .cm-content')).toBeVisible();
    await this.#type(other, 'host', false);
    await other.goto('about:blank');
    return true;
  }
}

for (let lane = 0; lane < LANES; lane += 1) {
  test(`nothing that was typed is lost on random journeys, lane ${String(lane + 1)}`, async ({ page, context }) => {
    const numRuns = JOURNEYS / LANES;
    test.setTimeout(numRuns * JOURNEY_MS);
    let second: Promise<Page> | undefined;
    const other = (): Promise<Page> => (second ??= context.newPage());
    let edited = 0;
    let linked = 0;
    let begun = 0;
    const details = await fc.check(
      fc.asyncProperty(journey, async ({ steps, keeps }) => {
        begun += 1;
        const reader = new Journey(page, other, keeps);
        await reader.begin();
        const done = new Set<string>();
        for (const one of steps) {
          if (await reader.take(one)) done.add(one.do);
          await reader.check(one);
        }
        await reader.end();
        if (done.has('type') || done.has('type in another tab')) edited += 1;
        if (done.has('link')) linked += 1;
      }),
      // The journey that failed is short: it is printed as it is.
      { numRuns, seed: seedOfRun() + lane, endOnFailure: true },
    );
    if (details.failed) {
      throw new Error(`SEED=${String(details.seed - lane)}\n${fc.defaultReportMessage(details) ?? ''}`, {
        cause: details.errorInstance,
      });
    }
    expect(begun).toBe(numRuns);
    expect(edited, 'journeys that edit').toBeGreaterThanOrEqual(begun / 4);
    expect(linked, 'journeys that open a link').toBeGreaterThanOrEqual(begun / 4);
  });
}
