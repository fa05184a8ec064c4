import { words } from '#words/editing/panel';
import { make } from './make-element.ts';

/** One tab. */
export interface FileTab {
  readonly path: string;
  readonly isChanged: boolean;
  /** So many problems are known in it. */
  readonly problems: number;
}

/** The files of a project as tabs over one panel, after the ARIA Authoring Practices: arrows, Home and End move and show. */
export class FileTabs {
  readonly list: HTMLElement;
  readonly #panel: HTMLElement;
  readonly #onSelect: (path: string) => void;
  #tabs: HTMLButtonElement[] = [];
  #selected = '';

  /** @param panel the element that shows the selected file @param onSelect called when the reader chose another file */
  constructor(panel: HTMLElement, onSelect: (path: string) => void) {
    this.#panel = panel;
    this.#onSelect = onSelect;
    this.list = make('div', { class: 'edit-tabs', attributes: { role: 'tablist', 'aria-label': words.files } });
    this.list.addEventListener('click', ({ target }) => {
      const tab = target instanceof Element ? target.closest<HTMLButtonElement>('[role="tab"]') : null;
      if (tab !== null) this.#choose(tab);
    });
    this.list.addEventListener('keydown', (event) => {
      const tab = this.#tabAfter(event.key);
      if (tab === undefined) return;
      event.preventDefault();
      this.#choose(tab);
      this.#tabOf(this.#selected)?.focus();
    });
  }

  /** Draws the tabs, with one of them selected. A tab that stays keeps its element, and so the focus. */
  draw(files: readonly FileTab[], selected: string): void {
    this.#selected = selected;
    const old = new Map(this.#tabs.map((tab) => [tab.dataset['path'], tab]));
    this.#tabs = files.map(({ path, isChanged, problems }) => {
      const tab = old.get(path) ?? this.#makeTab(path);
      const state = words.fileState(isChanged, problems);
      tab.classList.toggle('changed', isChanged);
      tab.classList.toggle('faulty', problems > 0);
      tab.replaceChildren(make('span', { text: path, attributes: { translate: 'no' } }));
      if (state !== '') tab.append(make('span', { class: 'sr-only', text: state }));
      const isSelected = path === selected;
      tab.ariaSelected = String(isSelected);
      tab.tabIndex = isSelected ? 0 : -1;
      if (isSelected) this.#panel.setAttribute('aria-labelledby', tab.id);
      return tab;
    });
    const drawn = [...this.list.children];
    if (drawn.length !== this.#tabs.length || this.#tabs.some((tab, index) => tab !== drawn[index])) {
      this.list.replaceChildren(...this.#tabs);
    }
  }

  focus(): void {
    this.#tabOf(this.#selected)?.focus();
  }

  #makeTab(path: string): HTMLButtonElement {
    return make('button', {
      id: `file-${crypto.randomUUID()}`,
      attributes: { type: 'button', role: 'tab', 'data-path': path, 'aria-controls': this.#panel.id },
    });
  }

  #choose(tab: HTMLButtonElement): void {
    this.#onSelect(tab.dataset['path'] ?? '');
  }

  #tabOf(path: string): HTMLButtonElement | undefined {
    return this.#tabs.find((tab) => tab.dataset['path'] === path);
  }

  #tabAfter(key: string): HTMLButtonElement | undefined {
    const at = this.#tabs.findIndex((tab) => tab.dataset['path'] === this.#selected);
    switch (key) {
      case 'ArrowRight':
        return this.#tabs[(at + 1) % this.#tabs.length];
      case 'ArrowLeft':
        return this.#tabs.at(at - 1);
      case 'Home':
        return this.#tabs[0];
      case 'End':
        return this.#tabs.at(-1);
      default:
        return undefined;
    }
  }
}
