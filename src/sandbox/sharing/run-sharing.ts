import { words } from '#words/sharing';
import type { PluginLanguage } from '../../protocol/sandbox-data.ts';
import type { LiveSession } from '../element/live-session.ts';
import { bringLanguage } from '../language/plugin-switch.ts';
import { showVariant } from '../lessons/show-variant.ts';
import { sandboxNear } from '../trace/sandbox-near.ts';
import type { SandboxParts } from '../element/sandbox-parts.ts';
import { decodeShareFragment, ShareLinkError, type SharedRun } from './share-link.ts';

/** A sandbox on the page. */
interface SharedSandbox {
  readonly element: HTMLElement;
  readonly example: string;
  readonly parts: SandboxParts;
}

/**
 * Reads the page's fragment, and restores the run that it names, if it is one of this sandbox. Nothing runs. A link that
 * can't be read is told of by the page's first sandbox.
 */
export async function restoreSharedRun(
  sandbox: SharedSandbox & { readonly session: () => Promise<LiveSession> },
  fragment: string,
): Promise<void> {
  const { element, example, parts } = sandbox;
  let shared: SharedRun;
  try {
    shared = decodeShareFragment(fragment);
  } catch (error) {
    if (!(error instanceof ShareLinkError)) throw error;
    if (document.querySelector(element.localName) === element) parts.shareNote.textContent = error.message;
    return;
  }
  if (shared.example !== example) {
    const all = [...document.querySelectorAll<HTMLElement>(element.localName)];
    if (all[0] === element && all.every(({ dataset }) => dataset['example'] !== shared.example)) {
      parts.shareNote.textContent = words.otherExample(shared.example.slice(0, 60));
    }
    return;
  }
  const all = sandboxesOf(sandbox);
  if ((all[shared.place] ?? all[0]) !== element) return;

  const live = await sandbox.session();
  showVariant(element);
  bringLanguage(parts.plugins, shared.plugin);
  const prediction = predictionAbout(sandbox);
  if (prediction !== undefined && shared.prediction !== undefined) check(prediction, shared.prediction);
  live.playOnRun(shared.acts);
  parts.shareNote.textContent = words.brings(shared.acts.length);
  parts.run.scrollIntoView({ block: 'center' });
}

/** Puts a link to the last run into the address bar and, if the browser lets it, on the clipboard. */
export async function copyRunLink(
  session: LiveSession,
  sandbox: SharedSandbox & { readonly language: PluginLanguage },
): Promise<void> {
  const { element, parts, language } = sandbox;
  const chosen = predictionAbout(sandbox)?.querySelector<HTMLInputElement>('input:checked')?.value;
  const around = { place: sandboxesOf(sandbox).indexOf(element), prediction: chosen };
  try {
    history.replaceState(history.state, '', session.shareFragment(language, around));
  } catch (error) {
    if (!(error instanceof ShareLinkError)) throw error;
    parts.shareNote.textContent = error.message;
    return;
  }
  try {
    await navigator.clipboard.writeText(location.href);
    parts.shareNote.textContent = words.copied;
  } catch {
    parts.shareNote.textContent = words.notCopied;
  }
}

/** The page's sandboxes of an example, in order. */
function sandboxesOf({ element, example }: SharedSandbox): HTMLElement[] {
  return [...document.querySelectorAll<HTMLElement>(`${element.localName}[data-example="${example}"]`)];
}

/** The question that a run of this sandbox answers. */
function predictionAbout({ element, example }: SharedSandbox): HTMLElement | undefined {
  const all = document.querySelectorAll<HTMLElement>(`plugin-prediction[data-example="${example}"]`);
  return [...all].find((prediction) => sandboxNear(prediction, example) === element);
}

/** Checks the radio of a value, as a reader would; a value that none has is left alone, since a link comes from anywhere. */
function check(choice: HTMLElement, value: string): void {
  for (const radio of choice.querySelectorAll<HTMLInputElement>('input[type="radio"]')) {
    if (radio.value !== value || radio.checked) continue;
    radio.checked = true;
    radio.dispatchEvent(new Event('change', { bubbles: true }));
  }
}
