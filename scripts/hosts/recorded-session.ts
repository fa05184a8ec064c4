/** What it takes to record a session as a transcript, and to play it: see compare-hosts.ts and other-hosts.ts. */
import { setTimeout as sleep } from 'node:timers/promises';

/** Whatever is waited for comes within this, in ms. */
export const PATIENCE_MS = 60_000;

/** Output as lines of a transcript. */
export function linesOf(output: string): string[] {
  if (output === '') return [];
  const lines = output.split('\n');
  const rest = lines.pop() ?? '';
  return [...lines.map((line) => (line === '' ? '>' : `> ${line}`)), ...(rest === '' ? [] : [`> ${rest}\\`])];
}

/** Waits until something is so. @throws Error after a minute, which says what was expected */
export async function until(done: () => boolean, what: () => string): Promise<void> {
  const deadline = performance.now() + PATIENCE_MS;
  while (!done()) {
    await sleep(5);
    if (performance.now() > deadline) throw new Error(`expected ${what()}, found nothing for a minute`);
  }
}
