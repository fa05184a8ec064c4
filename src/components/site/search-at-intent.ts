/** Pagefind's own; its package has no types. */
type Options = Readonly<Record<string, unknown>>;

/** What shows that somebody reaches for the search: its button, or the first of its two keys. */
const OPENS = 'site-search button[data-open-modal]';

/**
 * In place of Pagefind's interface, which is more than a fifth of a page: Starlight makes one when the page is idle, and this one
 * loads the real one when somebody reaches for the search. See `alias` in astro.config.mjs.
 */
export class PagefindUI {
  readonly #options: Options;
  #loading: Promise<void> | undefined;

  constructor(options: Options) {
    this.#options = options;
    const load = (): void => this.#load();
    const button = document.querySelector<HTMLElement>(OPENS);
    for (const intent of ['pointerenter', 'focus', 'click']) button?.addEventListener(intent, load);
    window.addEventListener('keydown', ({ key, ctrlKey, metaKey }) => {
      if (key === 'Control' || key === 'Meta' || ((ctrlKey || metaKey) && key === 'k')) load();
    });
    // It was faster than this script.
    if (openDialog() !== null || document.activeElement === button) load();
  }

  #load(): void {
    if (this.#loading !== undefined) return;
    this.#loading = this.#make();
    // Without a network for a while: the next time it is tried again.
    this.#loading.catch(() => (this.#loading = undefined));
  }

  async #make(): Promise<void> {
    // @ts-expect-error: the package has no types.
    const { PagefindUI: Real } = (await import('@pagefind/default-ui/npm_dist/mjs/ui-core.mjs')) as {
      PagefindUI: new (options: Options) => unknown;
    };
    new Real(this.#options);
    // Starlight has focused what there was when it opened.
    openDialog()?.querySelector('input')?.focus();
  }
}

function openDialog(): HTMLDialogElement | null {
  return document.querySelector<HTMLDialogElement>('site-search dialog[open]');
}
