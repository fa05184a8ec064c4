import { showSentence } from '../run/verbatim.ts';

/** Between two announcements on a page, whatever says them: a screen reader that is told more hears none to its end. */
const EVERY_MS = 500;

const waiting = new Map<HTMLElement, () => string>();
let spokenAt = -Infinity;
let timer: ReturnType<typeof setTimeout> | undefined;

/**
 * Says something in a live region (`role="status"`) when it is the region's turn: all regions of a page together speak at most
 * twice a second. Until then the last thing that a region has to say takes the place of the one before.
 * @param text asked for when the turn has come; what is no language in it is fenced; empty says nothing, and empties the region
 */
export function speakInTurn(region: HTMLElement, text: () => string): void {
  waiting.set(region, text);
  schedule();
}

/** Empties a live region at once, which nobody hears, and forgets what it had to say. */
export function hush(region: HTMLElement): void {
  waiting.delete(region);
  region.textContent = '';
}

function schedule(): void {
  if (timer !== undefined || waiting.size === 0) return;
  timer = setTimeout(
    () => {
      timer = undefined;
      speakNext();
      schedule();
    },
    Math.max(0, spokenAt + EVERY_MS - performance.now()),
  );
}

function speakNext(): void {
  for (const [region, text] of waiting) {
    waiting.delete(region);
    const words = text();
    showSentence(region, words);
    if (words === '') continue;
    spokenAt = performance.now();
    return;
  }
}
