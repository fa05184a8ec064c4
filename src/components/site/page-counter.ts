/** Counts what a page shows, so that ids and names on it differ, and every build gives the same ones. */
const counts = new WeakMap<Request, number>();

/** The next number on the page that this request renders, from 1. */
export function nextOnPage(request: Request): number {
  const next = (counts.get(request) ?? 0) + 1;
  counts.set(request, next);
  return next;
}
