/** A strip for folded lines above the first marked one is kept in sight too. */
const STRIP_PX = 16;

/**
 * Keeps the marked lines of a source panel in sight: as long as the reader has not scrolled it himself, a panel that is not high
 * enough for what it shows begins with the first of them, whatever height it is given.
 */
export function showKeyLines(pre: HTMLElement): void {
  const marked = pre.querySelectorAll<HTMLElement>('mark.line');
  const first = marked[0];
  const last = marked[marked.length - 1];
  if (first === undefined || last === undefined) return;
  /** Where it was scrolled to here; anything else was the reader. */
  let placed = 0;
  const observer = new ResizeObserver(() => {
    if (pre.clientHeight === 0) return;
    // A panel that has grown has less to scroll.
    if (Math.abs(pre.scrollTop - Math.min(placed, pre.scrollHeight - pre.clientHeight)) > 1) {
      observer.disconnect();
      return;
    }
    const above = first.getBoundingClientRect().top - pre.getBoundingClientRect().top + pre.scrollTop;
    const below = last.getBoundingClientRect().bottom - pre.getBoundingClientRect().top + pre.scrollTop;
    pre.scrollTop = below <= pre.clientHeight ? 0 : above - STRIP_PX;
    placed = pre.scrollTop;
  });
  observer.observe(pre);
}
