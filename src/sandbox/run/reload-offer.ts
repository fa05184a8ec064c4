import { words } from '#words/sandbox';

/**
 * Shows or takes away, behind an element that tells what could not be loaded, a button that loads the page anew. A page that was
 * left open while the site was updated asks for files that are gone; what was edited is kept, and comes back with the page.
 */
export function offerReload(behind: HTMLElement, isOffered = true): void {
  const next = behind.nextElementSibling;
  const there = next instanceof HTMLElement && next.dataset['action'] === 'reload' ? next : undefined;
  if (!isOffered) there?.remove();
  if (!isOffered || there !== undefined) return;
  const button = document.createElement('button');
  button.type = 'button';
  button.dataset['action'] = 'reload';
  button.textContent = words.reload;
  button.addEventListener('click', () => location.reload());
  behind.after(button);
}
