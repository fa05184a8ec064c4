import { words } from '#words/editing/panel';
import type { Target } from '../../protocol/toolchain.ts';
import { make, makeButton } from './make-element.ts';

/** What a form to add a file asks and tells. */
export interface AddFileOptions {
  /** Adds a file to a target; returns why it can't, as a sentence for the reader, or undefined if it is there now. */
  readonly onAdd: (target: Target, name: string) => string | undefined;
  /** The reader thought better of it. */
  readonly onCancel: () => void;
}

/** The form that asks which part of the program a new file belongs to, and for its name. It is hidden until it is opened. */
export class AddFileForm {
  readonly element: HTMLFormElement;
  readonly #name = make('input', {
    attributes: {
      autocomplete: 'off',
      autocapitalize: 'off',
      spellcheck: 'false',
      translate: 'no',
      placeholder: 'reader.go',
    },
  });
  readonly #why = make('p', { class: 'edit-why', attributes: { role: 'alert' } });

  constructor({ onAdd, onCancel }: AddFileOptions) {
    const target = make(
      'select',
      {},
      make('option', { text: words.targets.host.name, attributes: { value: 'host' } }),
      make('option', { text: words.targets.plugin.name, attributes: { value: 'plugin' } }),
    );
    const cancel = (): void => {
      this.#close();
      onCancel();
    };
    this.element = make(
      'form',
      { class: 'edit-add', hidden: true, attributes: { 'aria-label': words.addFile } },
      make('label', {}, words.adding.partOf, target),
      make('label', {}, words.adding.name, this.#name),
      make('button', { text: words.adding.add, attributes: { type: 'submit' } }),
      makeButton(words.adding.cancel, cancel),
      this.#why,
    );
    this.element.addEventListener('submit', (event) => {
      event.preventDefault();
      const refusal = onAdd(target.value === 'plugin' ? 'plugin' : 'host', this.#name.value);
      if (refusal === undefined) this.#close();
      else this.#why.textContent = refusal;
    });
    this.element.addEventListener('keydown', (event) => {
      if (event.key === 'Escape') cancel();
    });
  }

  /** Shows the form; the focus is where the name is written. */
  open(): void {
    this.element.hidden = false;
    this.#name.focus();
  }

  #close(): void {
    this.element.hidden = true;
    this.#why.textContent = '';
    this.#name.value = '';
  }
}
