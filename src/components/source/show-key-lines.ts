/**
 * Scrolls a source panel that is not high enough for its file so that the marked lines are in sight, once, when the panel is
 * shown for the first time.
 */
export function showKeyLines(pre: HTMLElement): void {
  const key = pre.querySelector<HTMLElement>('mark.line');
  if (key === null) return;
  const observer = new ResizeObserver(() => {
    if (pre.clientHeight === 0) return;
    observer.disconnect();
    const top = key.getBoundingClientRect().top - pre.getBoundingClientRect().top;
    // A quarter of the panel above them, for what they follow from.
    pre.scrollTop = Math.max(0, top - pre.clientHeight / 4);
  });
  observer.observe(pre);
}
