import { words } from '#words/pages/copying';
import { hush, speakInTurn } from '../element/live-turns.ts';

/** For so long a button says that it has copied, in milliseconds. */
const SHOWN_MS = 2500;

/** One for the page. A screen reader knows it before it says something, since this module is loaded before a button is pressed. */
const spoken = document.createElement('p');
spoken.className = 'sr-only';
spoken.role = 'status';
spoken.dataset['words'] = '';
document.body.append(spoken);

/** Takes back what the last button says. */
let takeBack = (): void => undefined;

/**
 * Says at a Copy button, and aloud, what became of its press. What the browser did not let the page copy is selected, so that the
 * reader can.
 */
export function tellCopied(button: HTMLElement, copied: HTMLElement, isCopied: boolean): void {
  takeBack();
  const told = new AbortController();
  const { signal } = told;
  takeBack = () => {
    told.abort();
    delete button.dataset['said'];
  };
  if (isCopied) {
    button.dataset['said'] = words.copied;
    const timer = setTimeout(() => takeBack(), SHOWN_MS);
    signal.addEventListener('abort', () => clearTimeout(timer));
  } else {
    getSelection()?.selectAllChildren(copied);
    button.dataset['said'] = words.refused;
    // It is longer to read, and stays as long as the reader does.
    button.addEventListener('blur', () => takeBack(), { signal });
  }
  const said = isCopied ? words.copied : words.refused;
  // Emptied first, so that the same words are heard again.
  hush(spoken);
  speakInTurn(spoken, () => said);
}
