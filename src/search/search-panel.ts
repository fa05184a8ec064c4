/** What is in the search's dialog once it has been opened: results as one types, and what the search tells of them. */
import { words } from '#words/search/dialog';
import { excerptOf } from './excerpt.ts';
import { find, type Found, type FoundSection } from './find.ts';
import { loadPagefind } from './pagefind.ts';
import { loadSiteText, type SiteText } from './site-text.ts';
import { tellOf } from './told.ts';

/** The dialog's parts, which the server has rendered. */
export interface SearchParts {
  readonly input: HTMLInputElement;
  /** A live region. */
  readonly status: HTMLElement;
  readonly results: HTMLElement;
}

/** Searches what is typed into a field. */
export class SearchPanel {
  readonly #parts: SearchParts;
  readonly #base: string;
  #site: Promise<SiteText> | undefined;
  /** The newest search; what an older one comes to is too late. */
  #newest: Promise<void> = Promise.resolve();
  #count = 0;
  #attempts = 0;

  /** @param base the site's folder, with a slash at both ends */
  constructor(parts: SearchParts, base: string) {
    this.#parts = parts;
    this.#base = base;
    parts.input.addEventListener('input', () => void this.search());
    parts.input.addEventListener('paste', (event) => this.#paste(event));
    parts.input.form?.addEventListener('submit', (event) => {
      event.preventDefault();
      void this.#openFirst();
    });
    parts.input.addEventListener('keydown', (event) => this.#move(event, -1));
    parts.results.addEventListener('keydown', (event) =>
      this.#move(event, this.#links().indexOf(event.target as never)),
    );
  }

  /** Shows what there is for what stands in the field. */
  search(): Promise<void> {
    this.#count += 1;
    const newest = this.#searchAs(this.#count);
    this.#newest = newest;
    return newest;
  }

  async #searchAs(count: number): Promise<void> {
    const text = this.#parts.input.value;
    this.#parts.results.ariaBusy = 'true';
    if (this.#site === undefined) this.#say([words.loading]);
    try {
      const site = await this.#load();
      const found = text.trim() === '' ? undefined : await find(site, text);
      if (count === this.#count) this.#show(found);
    } catch (error) {
      if (count === this.#count) this.#fail(error);
    }
  }

  #load(): Promise<SiteText> {
    if (this.#site === undefined) {
      this.#attempts += 1;
      this.#site = loadPagefind(this.#base, this.#attempts).then(loadSiteText);
    }
    return this.#site;
  }

  #fail(error: unknown): void {
    // The next word that is typed tries again.
    this.#site = undefined;
    console.warn(error);
    this.#parts.results.ariaBusy = 'false';
    this.#parts.results.replaceChildren();
    this.#say([words.notLoaded]);
  }

  #show(found: Found | undefined): void {
    this.#parts.results.ariaBusy = 'false';
    this.#parts.results.replaceChildren(...(found?.sections ?? []).map((section) => this.#item(section)));
    this.#say(found === undefined ? [words.hint] : tellOf(found));
    if (found !== undefined && found.sections.length === 0 && found.rest.length > 0) this.#offer(found.rest.join(' '));
  }

  #say(sentences: readonly string[]): void {
    this.#parts.status.textContent = sentences.join(' ');
  }

  /** A search with fewer words, where there is nothing for all of them. */
  #offer(rest: string): void {
    const button = document.createElement('button');
    button.type = 'button';
    button.textContent = words.without(rest);
    button.addEventListener('click', () => {
      this.#parts.input.value = rest;
      this.#parts.input.focus();
      void this.search();
    });
    const item = document.createElement('li');
    item.append(button);
    this.#parts.results.replaceChildren(item);
  }

  #item(found: FoundSection): HTMLLIElement {
    const { address, heading, page } = found.section;
    const item = document.createElement('li');
    item.dataset['content'] = '';
    const link = document.createElement('a');
    link.href = this.#base + address;
    link.textContent = heading;
    const excerpt = document.createElement('p');
    excerpt.append(
      ...excerptOf(found).map(({ text, isFound }) => {
        if (!isFound) return text;
        const mark = document.createElement('mark');
        mark.textContent = text;
        return mark;
      }),
    );
    item.append(link);
    if (address.includes('#')) {
      const where = document.createElement('span');
      where.textContent = page;
      item.append(where);
    }
    item.append(excerpt);
    return item;
  }

  /** A field has one line: what is pasted becomes one. */
  #paste(event: ClipboardEvent): void {
    const text = event.clipboardData?.getData('text/plain') ?? '';
    if (!/[\r\n]/u.test(text)) return;
    event.preventDefault();
    const { input } = this.#parts;
    const [from, to] = [input.selectionStart ?? input.value.length, input.selectionEnd ?? input.value.length];
    input.setRangeText(text.replaceAll(/\s+/gu, ' ').trim(), from, to, 'end');
    void this.search();
  }

  async #openFirst(): Promise<void> {
    await this.#newest;
    this.#links()[0]?.click();
  }

  #links(): HTMLElement[] {
    return [...this.#parts.results.querySelectorAll<HTMLElement>('a, button')];
  }

  /** Up and down the results, from the field too. */
  #move(event: KeyboardEvent, place: number): void {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step === undefined) return;
    const links = this.#links();
    const next = place + step;
    if (next >= links.length || next < -1) return;
    event.preventDefault();
    (links[next] ?? this.#parts.input).focus();
  }
}
