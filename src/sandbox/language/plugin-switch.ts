import type { PluginLanguage } from '../../protocol/sandbox-data.ts';
import { chooseLanguage, chosenLanguage, onChosenLanguage } from './chosen-language.ts';

/** Switches whose language a link has brought: it is not the reader's choice, and theirs elsewhere does not change it. */
const brought = new WeakSet<HTMLElement>();

/** What a switch is part of. */
interface Switched {
  /** Whether it is run or edited now: what that is about stays in sight. */
  readonly isBusy: () => boolean;
  readonly signal: AbortSignal;
}

/**
 * Has a sandbox's switch follow the language that was chosen for the site; one that has not this language shows its own first.
 * What the reader chooses in it is chosen for the site.
 */
export function followChosenLanguage(plugins: HTMLElement, { isBusy, signal }: Switched): void {
  const follow = (): void => {
    if (brought.has(plugins) || isBusy()) return;
    const chosen = chosenLanguage();
    const own = radiosOf(plugins);
    checkRadio(own.find(({ value }) => value === chosen) ?? own[0]);
  };
  plugins.addEventListener(
    'change',
    (event) => {
      // What a script checks, for a link or a comparison, is not the reader's choice.
      if (!event.isTrusted || !(event.target instanceof HTMLInputElement)) return;
      brought.delete(plugins);
      chooseLanguage(event.target.value as PluginLanguage);
    },
    { signal },
  );
  onChosenLanguage(follow, signal);
  follow();
}

/** Shows a language in one sandbox, which is not chosen for others. False if the sandbox has it not. */
export function showLanguage(plugins: HTMLElement, language: string): boolean {
  const radio = radiosOf(plugins).find(({ value }) => value === language);
  checkRadio(radio);
  return radio !== undefined;
}

/** Shows the language that a link has brought; it stays until the reader chooses in this sandbox. */
export function bringLanguage(plugins: HTMLElement, language: string): void {
  if (showLanguage(plugins, language)) brought.add(plugins);
}

function radiosOf(plugins: HTMLElement): HTMLInputElement[] {
  return [...plugins.querySelectorAll<HTMLInputElement>('input[type="radio"]')];
}

/** Checks it as a reader would. */
function checkRadio(radio: HTMLInputElement | undefined): void {
  if (radio === undefined || radio.checked) return;
  radio.checked = true;
  radio.dispatchEvent(new Event('change', { bubbles: true }));
}
