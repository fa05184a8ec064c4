/**
 * The search's button and dialog, `<site-search>`. What it searches with is loaded when somebody is about to open it, and not
 * before.
 */
import { words } from '#words/search/dialog';
import type { SearchPanel } from './search-panel.ts';

class SiteSearch extends HTMLElement {
  #panel: Promise<SearchPanel> | undefined;

  connectedCallback(): void {
    const button = this.#find('button[data-open]', HTMLButtonElement);
    const dialog = this.#find('dialog', HTMLDialogElement);
    this.#nameShortcut(button);
    button.disabled = false;
    button.addEventListener('click', () => this.#open(dialog));
    for (const kind of ['pointerenter', 'focus', 'touchstart'] as const) {
      button.addEventListener(kind, () => void this.#prepare().catch(() => undefined), { passive: true });
    }
    dialog.addEventListener('click', (event) => {
      const { target } = event;
      // The dialog's own area is what is around its frame.
      const isOutside = target === dialog;
      const isLink = target instanceof Element && target.closest('a') !== null && !event.ctrlKey && !event.metaKey;
      const isClose = target instanceof Element && target.closest('[data-close]') !== null;
      if (isOutside || isLink || isClose) dialog.close();
    });
    dialog.addEventListener('keydown', (event) => {
      if (event.key !== 'Escape') return;
      // A search field takes the key to be about its text.
      event.preventDefault();
      dialog.close();
    });
    window.addEventListener('keydown', (event) => {
      if ((!event.metaKey && !event.ctrlKey) || event.key !== 'k') return;
      event.preventDefault();
      if (dialog.open) dialog.close();
      else this.#open(dialog);
    });
  }

  #open(dialog: HTMLDialogElement): void {
    dialog.showModal();
    const input = this.#find('input', HTMLInputElement);
    input.focus();
    input.select();
    const status = this.#find('[role="status"]', HTMLElement);
    if (this.#panel === undefined) status.textContent = words.loading;
    void this.#prepare().then(
      (panel) => panel.search(),
      () => {
        this.#panel = undefined;
        status.textContent = words.notLoaded;
      },
    );
  }

  #prepare(): Promise<SearchPanel> {
    this.#panel ??= import('./search-panel.ts').then(
      (module) =>
        new module.SearchPanel(
          {
            input: this.#find('input', HTMLInputElement),
            status: this.#find('[role="status"]', HTMLElement),
            results: this.#find('ol', HTMLElement),
          },
          this.dataset['base'] ?? '/',
        ),
    );
    return this.#panel;
  }

  /** With the key that this system has. */
  #nameShortcut(button: HTMLButtonElement): void {
    const isApple = /(?:Mac|iPhone|iPad)/u.test(navigator.userAgent);
    button.setAttribute('aria-keyshortcuts', isApple ? 'Meta+K' : 'Control+K');
    const key = button.querySelector('kbd kbd');
    if (isApple && key !== null) key.textContent = words.shortcut.command;
    button.querySelector<HTMLElement>(':scope > kbd')?.removeAttribute('hidden');
  }

  /** @throws Error if the server has not rendered it */
  #find<Part extends HTMLElement>(selector: string, kind: new () => Part): Part {
    const part = this.querySelector(selector);
    if (!(part instanceof kind))
      throw new Error(`<site-search>: expected ${selector}, found ${part?.localName ?? 'nothing'}`);
    return part;
  }
}

customElements.define('site-search', SiteSearch);
