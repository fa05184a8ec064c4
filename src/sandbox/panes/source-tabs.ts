/** Panels under tabs, after the ARIA Authoring Practices' tabs pattern: arrows, Home and End move, and show at once. */
export class SourceTabs {
  readonly #list: HTMLElement;
  readonly #tabs: readonly HTMLButtonElement[];
  readonly #panels: readonly HTMLElement[];

  /** @param list the element to become the tab list @param label its accessible name @param panels each with its tab's words as `aria-label` */
  constructor(list: HTMLElement, label: string, panels: readonly HTMLElement[]) {
    this.#list = list;
    this.#panels = panels;
    list.hidden = false;
    list.role = 'tablist';
    list.ariaLabel = label;
    this.#tabs = panels.map((panel) => {
      const tab = document.createElement('button');
      tab.type = 'button';
      tab.role = 'tab';
      tab.append(...labelOf(panel.ariaLabel ?? ''));
      // A file's name is in no language.
      tab.translate = panel.dataset['source'] === undefined;
      panel.id ||= `panel-${crypto.randomUUID()}`;
      tab.id = `${panel.id}-tab`;
      tab.setAttribute('aria-controls', panel.id);
      panel.role = 'tabpanel';
      panel.removeAttribute('aria-label');
      panel.setAttribute('aria-labelledby', tab.id);
      return tab;
    });
    list.replaceChildren(...this.#tabs);
    list.addEventListener('click', (event) => {
      const { target } = event;
      const index = this.#tabs.findIndex((tab) => target instanceof Node && tab.contains(target));
      if (index !== -1) this.select(index);
    });
    list.addEventListener('keydown', (event) => {
      const target = this.#indexAfter(event.key);
      if (target === undefined) return;
      event.preventDefault();
      this.select(target);
      this.#tabs[target]?.focus();
    });
    this.select(0);
  }

  /** Shows one panel and its tab. */
  select(index: number): void {
    this.#tabs.forEach((tab, at) => {
      tab.ariaSelected = String(at === index);
      tab.tabIndex = at === index ? 0 : -1;
    });
    this.#panels.forEach((panel, at) => {
      panel.hidden = at !== index;
    });
  }

  /** Shows or hides a tab; a shown panel that is hidden gives way to the first. */
  setAvailable(index: number, available: boolean): void {
    const tab = this.#tabs[index];
    if (tab === undefined) return;
    tab.hidden = !available;
  }

  /** The index of the tab that is selected. */
  get selected(): number {
    return this.#tabs.findIndex((tab) => tab.ariaSelected === 'true');
  }

  /** Hears of each choice that the reader makes, also of what is shown already. */
  onChosen(hear: () => void, signal: AbortSignal): void {
    this.#list.addEventListener('click', hear, { signal });
    this.#list.addEventListener(
      'keydown',
      ({ key }) => {
        if (this.#indexAfter(key) !== undefined) hear();
      },
      { signal },
    );
  }

  #indexAfter(key: string): number | undefined {
    const shown = this.#tabs.flatMap((tab, index) => (tab.hidden ? [] : [index]));
    const at = shown.indexOf(this.selected);
    switch (key) {
      case 'ArrowRight':
        return shown[(at + 1) % shown.length];
      case 'ArrowLeft':
        return shown.at(at - 1);
      case 'Home':
        return shown[0];
      case 'End':
        return shown.at(-1);
      default:
        return undefined;
    }
  }
}

/** A label; of a path, the file's own name stands by itself, since a phone has no room for it. */
function labelOf(label: string): readonly (string | HTMLElement)[] {
  const folder = /^[^/ ]+(?=\/\S+$)/u.exec(label)?.[0];
  if (folder === undefined) return [label];
  const file = document.createElement('span');
  file.className = 'tab-file';
  file.textContent = label.slice(folder.length);
  return [folder, file];
}
