/**
 * A phone's keyboard covers the page instead of making it shorter. While the reader is in the input line, the line stands at the
 * lower edge of what is seen, with the last answer above it. Loaded when a phone's reader goes there.
 */

/** @param root the sandbox @param line the field that has the focus */
export function keepInSight(root: HTMLElement, line: HTMLInputElement): void {
  const viewport = globalThis.visualViewport;
  const column = line.closest('.live-column');
  const left = new AbortController();
  const { signal } = left;
  const place = (): void => {
    const seen = viewport === null ? innerHeight : viewport.height + viewport.offsetTop;
    root.style.setProperty('--keyboard', `${String(Math.max(0, Math.round(innerHeight - seen)))}px`);
    if (column !== null) scrollBy({ top: column.getBoundingClientRect().bottom - seen, behavior: 'instant' });
  };
  viewport?.addEventListener('resize', place, { signal });
  line.addEventListener(
    'blur',
    () => {
      left.abort();
      root.style.removeProperty('--keyboard');
    },
    { signal },
  );
  place();
}
