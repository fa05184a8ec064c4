import { words } from '#words/lessons';
import { showSentence, verbatim } from '../run/verbatim.ts';
import { changedLines } from '../editing/changed-lines.ts';
import { showLanguage } from '../language/plugin-switch.ts';

/**
 * `<plugin-variants>`: sandboxes that differ in one thing, of which one is seen. Switching marks the lines of the shown source
 * that are not in the one before.
 */
export class VariantsElement extends HTMLElement {
  #listeners: AbortController | undefined;

  connectedCallback(): void {
    const choice = this.querySelector<HTMLFieldSetElement>('[data-part="variants"]');
    if (choice === null) return;
    this.#listeners = new AbortController();
    choice.hidden = false;
    let shown = this.#show(choice, undefined);
    choice.addEventListener(
      'change',
      () => {
        shown = this.#show(choice, shown);
      },
      { signal: this.#listeners.signal },
    );
  }

  disconnectedCallback(): void {
    this.#listeners?.abort();
  }

  /** Shows the chosen sandbox. @param before the one that was shown */
  #show(choice: HTMLElement, before: HTMLElement | undefined): HTMLElement | undefined {
    const chosen = choice.querySelector<HTMLInputElement>('input:checked')?.value;
    let shown: HTMLElement | undefined;
    for (const variant of this.querySelectorAll<HTMLElement>('[data-variant]')) {
      variant.hidden = variant.dataset['variant'] !== chosen;
      if (!variant.hidden) shown = variant;
    }
    if (shown === undefined || before === undefined || shown === before) return shown;
    keepPlugin(before, shown);
    const difference = this.querySelector<HTMLElement>('[data-part="difference"]');
    const count = markChanges(hostLines(before), hostLines(shown));
    if (difference !== null) showSentence(difference, words.changed(count, verbatim('host/main.go')));
    return shown;
  }
}

function hostLines(variant: HTMLElement): HTMLElement[] {
  return [...variant.querySelectorAll<HTMLElement>('[data-source="host"] pre.source .line')];
}

/** Marks what is new in `after`. Returns the number of lines. */
function markChanges(before: readonly HTMLElement[], after: readonly HTMLElement[]): number {
  for (const line of before) unmark(line);
  for (const line of after) unmark(line);
  const text = (lines: readonly HTMLElement[]): string[] => lines.map(({ textContent }) => textContent);
  const changed = changedLines(text(before), text(after));
  for (const index of changed) {
    const line = after[index];
    if (line !== undefined) line.dataset['changed'] = '';
  }
  after[changed[0] ?? 0]?.scrollIntoView({ block: 'nearest' });
  return changed.length;
}

function unmark(line: HTMLElement): void {
  delete line.dataset['changed'];
}

/** One thing is changed at a time: the plugin's language stays. */
function keepPlugin(before: HTMLElement, after: HTMLElement): void {
  const language = before.querySelector<HTMLInputElement>('[data-part="plugins"] input:checked')?.value ?? '';
  const plugins = after.querySelector<HTMLElement>('[data-part="plugins"]');
  if (plugins !== null) showLanguage(plugins, language);
}
