import type { PluginLanguage } from '../protocol/sandbox-data.ts';
import type { LiveSession } from './live-session.ts';
import type { SandboxParts } from './sandbox-parts.ts';
import { decodeShareFragment, ShareLinkError, type SharedRun } from './share-link.ts';

/** Reads the page's fragment, and restores the run that it names in the sandbox of its example. Nothing runs. */
export function restoreSharedRun(
  session: LiveSession,
  parts: SandboxParts,
  link: { readonly example: string; readonly fragment: string; readonly tellDamage: boolean },
): void {
  let shared: SharedRun;
  try {
    shared = decodeShareFragment(link.fragment);
  } catch (error) {
    if (!(error instanceof ShareLinkError)) throw error;
    if (link.tellDamage) parts.shareNote.textContent = error.message;
    return;
  }
  if (shared.example !== link.example) return;
  for (const radio of parts.plugins.querySelectorAll<HTMLInputElement>('input[type="radio"]')) {
    if (radio.value !== shared.plugin || radio.checked) continue;
    radio.checked = true;
    radio.dispatchEvent(new Event('change', { bubbles: true }));
  }
  session.playOnRun(shared.acts);
  parts.shareNote.textContent = `This link brings ${countOf(shared.acts.length)}. Press Run to see them done again.`;
  parts.run.scrollIntoView({ block: 'center' });
}

function countOf(acts: number): string {
  return acts === 1 ? 'one act' : `${String(acts)} acts`;
}

/** Puts a link to the last run into the address bar and, if the browser lets it, on the clipboard. */
export async function copyRunLink(session: LiveSession, parts: SandboxParts, language: PluginLanguage): Promise<void> {
  try {
    history.replaceState(history.state, '', session.shareFragment(language));
  } catch (error) {
    if (!(error instanceof ShareLinkError)) throw error;
    parts.shareNote.textContent = error.message;
    return;
  }
  try {
    await navigator.clipboard.writeText(location.href);
    parts.shareNote.textContent = 'Copied. It holds what you typed, and is not sent to a server.';
  } catch {
    parts.shareNote.textContent = 'The link is in the address bar: the browser did not let this page copy it.';
  }
}
