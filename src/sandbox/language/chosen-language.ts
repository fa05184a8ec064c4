/**
 * The plugin's language that a reader has chosen: for every sandbox of the site, in every tab, and for the next visit. Where the
 * browser keeps nothing for this site it holds as long as the page.
 */
import { LANGUAGE_NAMES } from '../../protocol/plugin-languages.ts';
import type { PluginLanguage } from '../../protocol/sandbox-data.ts';

/** Of the storage. */
const KEY = 'plugin-language';

/** Goes through the document when the reader has chosen. */
const CHOSEN_EVENT = 'plugin-language-chosen';

/** What the storage has not taken: it holds in this page. */
let notKept: PluginLanguage | undefined;

/** What the reader chose last, here or elsewhere; undefined if nothing was, or if what is stored is no language of ours. */
export function chosenLanguage(): PluginLanguage | undefined {
  return notKept ?? storedLanguage();
}

/** The reader has chosen, for the whole site. */
export function chooseLanguage(language: PluginLanguage): void {
  try {
    localStorage.setItem(KEY, language);
    notKept = undefined;
  } catch {
    // Storage is full, or refused.
    notKept = language;
  }
  document.dispatchEvent(new Event(CHOSEN_EVENT));
}

/** Hears that another language was chosen, on this page, in another tab, or while this page was out of sight. */
export function onChosenLanguage(hear: () => void, signal: AbortSignal): void {
  document.addEventListener(CHOSEN_EVENT, hear, { signal });
  window.addEventListener(
    'storage',
    ({ key }) => {
      // No key: all that was stored is gone.
      if (key === KEY || key === null) hear();
    },
    { signal },
  );
  // A page that comes back from the browser's cache was told of nothing meanwhile.
  window.addEventListener('pageshow', ({ persisted }) => (persisted ? hear() : undefined), { signal });
}

function storedLanguage(): PluginLanguage | undefined {
  try {
    return asLanguage(localStorage.getItem(KEY));
  } catch {
    return undefined;
  }
}

function asLanguage(stored: string | null): PluginLanguage | undefined {
  return (Object.keys(LANGUAGE_NAMES) as PluginLanguage[]).find((language) => language === stored);
}
