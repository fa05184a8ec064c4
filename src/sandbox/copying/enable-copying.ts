/**
 * Copying of what a page shows of files and commands: by the Copy button beside it, or selected, by keys or by hand. It comes with
 * the page, so it is small; what tells a reader of it is loaded when a button is reached for.
 */

import type * as Telling from './tell-copied.ts';

/** What stands for lines that a listing leaves out. */
const LEFT_OUT = '.gap';

/** What a Copy button stands in, together with what it copies. */
const BLOCK = '[data-source], figure, section, li';

/** Makes the Copy buttons work, and has a source selected and copied as the file it is. Once for a page. */
export function enableCopying(): void {
  document.addEventListener('click', copyBeside);
  document.addEventListener('keydown', selectOnlyTheSource);
  document.addEventListener('copy', copyAsInTheFile);
  for (const intent of ['pointerover', 'focusin']) {
    document.addEventListener(intent, ({ target }) => {
      if (target instanceof Element && target.matches('button.copy')) void loadTelling();
    });
  }
}

/** Written at once, while the browser still sees the reader's press. */
function copyBeside({ target }: Event): void {
  const button = target instanceof Element ? target.closest<HTMLElement>('button.copy') : null;
  const copied = button?.closest(BLOCK)?.querySelector<HTMLElement>('pre, .text');
  if (button === null || copied === null || copied === undefined) return;
  const written = write(textOf(copied.cloneNode(true)));
  void loadTelling().then(async (telling) => telling?.tellCopied(button, copied, await written));
}

/** What tells of it; undefined if it could not be loaded, which takes nothing from the copying. */
async function loadTelling(): Promise<typeof Telling | undefined> {
  try {
    return await import('./tell-copied.ts');
  } catch {
    return undefined;
  }
}

/** Whether the browser has taken it. */
async function write(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    // It was refused, or there is no clipboard for a page that came without encryption.
    return false;
  }
}

/** "Select all" in a source means that file. */
function selectOnlyTheSource(event: KeyboardEvent): void {
  const { key, ctrlKey, metaKey, altKey, shiftKey, target } = event;
  if (key.toLowerCase() !== 'a' || !(ctrlKey || metaKey) || altKey || shiftKey) return;
  // A field, or an editor, has an "all" of its own.
  if (!(target instanceof HTMLElement) || target.isContentEditable || target.matches('input, textarea')) return;
  const source = target.closest('[data-source], .listing')?.querySelector('pre.source code');
  if (source === null || source === undefined) return;
  event.preventDefault();
  getSelection()?.selectAllChildren(source);
}

/** Lines that are folded away are in what is selected, and so in what is copied; signs for lines that are not there aren't. */
function copyAsInTheFile(event: ClipboardEvent): void {
  const selection = getSelection();
  if (selection === null || selection.isCollapsed || selection.rangeCount !== 1) return;
  const range = selection.getRangeAt(0);
  const { commonAncestorContainer: around } = range;
  const element = around instanceof Element ? around : around.parentElement;
  if (event.clipboardData === null || (element?.closest('pre.source') ?? null) === null) return;
  event.clipboardData.setData('text/plain', textOf(range.cloneContents()));
  event.preventDefault();
}

/** @param copy of what is on the page; it is changed */
function textOf(copy: Node): string {
  if (copy instanceof Element || copy instanceof DocumentFragment) {
    for (const gap of copy.querySelectorAll(LEFT_OUT)) gap.remove();
  }
  return copy.textContent ?? '';
}
