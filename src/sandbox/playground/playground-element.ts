import { words } from '#words/playground';
import type { PlaygroundEditing } from '../editing/playground-editing.ts';
import { EDIT_LINK } from '../sharing/link-prefixes.ts';
import type { PlaygroundChoice } from './playground-choice.ts';
import { offerReload } from '../run/reload-offer.ts';
import { SandboxElement } from '../element/sandbox-element.ts';

/**
 * `<plugin-playground>`: a sandbox in which any host runs with any plugin. Nothing besides this is loaded until something is
 * chosen, Edit is pressed, or a link brings a program.
 */
export class PlaygroundElement extends HTMLElement {
  #editing: Promise<PlaygroundEditing> | undefined;
  #listeners: AbortController | undefined;
  /** What was chosen last is still being loaded; settles to whether it came. */
  #choosing: Promise<boolean> | undefined;

  connectedCallback(): void {
    const sandbox = this.querySelector('plugin-sandbox');
    const choice = this.#choice();
    if (!(sandbox instanceof SandboxElement) || choice === undefined) return;
    this.#listeners = new AbortController();
    const { signal } = this.#listeners;
    choice.form.hidden = false;
    choice.form.addEventListener('submit', (event) => event.preventDefault(), { signal });
    const act = (action: (editing: PlaygroundEditing) => void | Promise<void>) => (): void => {
      const choosing = this.#open(sandbox, choice)
        .then(action)
        .then(
          () => {
            offerReload(choice.note, false);
            return true;
          },
          () => {
            choice.note.textContent = words.notLoaded;
            offerReload(choice.note);
            return false;
          },
        )
        .finally(() => {
          if (this.#choosing === choosing) this.#choosing = undefined;
        });
      this.#choosing = choosing;
    };
    this.#runWhatIsChosen(signal);
    for (const select of [choice.host, choice.plugin]) {
      select.addEventListener(
        'change',
        act((editing) => editing.choose()),
        { signal },
      );
    }
    // The same file chosen again is read again: without this its input has not changed.
    choice.file.addEventListener('click', () => (choice.file.value = ''), { signal });
    choice.file.addEventListener(
      'change',
      act((editing) => editing.takeFile()),
      { signal },
    );
    sandbox.querySelector('[data-action="edit"]')?.addEventListener(
      'click',
      act((editing) => {
        editing.choose();
        editing.focus();
      }),
      { signal },
    );
    const openShared = (): void => {
      if (location.hash.startsWith(EDIT_LINK)) act((editing) => editing.openShared(location.hash))();
    };
    // A link may come to a page that is open already.
    window.addEventListener('hashchange', openShared, { signal });
    openShared();
  }

  disconnectedCallback(): void {
    this.#listeners?.abort();
    this.#editing?.then(
      (editing) => editing.dispose(),
      () => undefined,
    );
  }

  /** Run means what is chosen, also while that is on its way; until then Stop takes it back. */
  #runWhatIsChosen(signal: AbortSignal): void {
    let asked = 0;
    this.addEventListener(
      'click',
      (event) => {
        const button =
          event.target instanceof Element ? event.target.closest('[data-action="run"], [data-action="stop"]') : null;
        if (this.#choosing === undefined || !(button instanceof HTMLElement)) return;
        asked += 1;
        if (button.dataset['action'] === 'stop') return;
        event.stopPropagation();
        const turn = asked;
        void this.#choosing.then((came) => {
          if (came && turn === asked) button.click();
        });
      },
      { capture: true, signal },
    );
  }

  #choice(): PlaygroundChoice | undefined {
    const form = this.querySelector('form');
    const host = form?.elements.namedItem('host');
    const plugin = form?.elements.namedItem('plugin');
    const file = form?.elements.namedItem('file');
    const own = this.querySelector<HTMLElement>('[data-part="own"]');
    const note = this.querySelector<HTMLElement>('[data-part="own-note"]');
    if (!form || !(host instanceof HTMLSelectElement) || !(plugin instanceof HTMLSelectElement)) return undefined;
    if (!(file instanceof HTMLInputElement) || own === null || note === null) return undefined;
    return { form, host, plugin, own, file, note };
  }

  #open(sandbox: SandboxElement, choice: PlaygroundChoice): Promise<PlaygroundEditing> {
    if (this.#editing !== undefined) return this.#editing;
    const opening = Promise.all([sandbox.open(), import('../editing/playground-editing.ts')]).then(([opened, module]) =>
      module.PlaygroundEditing.load(opened, choice, this.dataset['url'] ?? ''),
    );
    this.#editing = opening;
    // A failure is forgotten, so that the next choice tries again.
    opening.catch(() => (this.#editing = undefined));
    return opening;
  }
}
