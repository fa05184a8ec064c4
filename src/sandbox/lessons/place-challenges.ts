import { showVariant } from './show-variant.ts';
import { sandboxNear } from '../trace/sandbox-near.ts';

/** A sandbox's strip for them. */
const STRIP = '[data-part="challenge"]';

/**
 * Puts each challenge of the page into its sandbox, where the run is that it judges; of several the first is in sight. What is
 * left in the text leads there.
 */
export function placeChallenges(): void {
  for (const challenge of document.querySelectorAll<HTMLElement>('.challenge-place > plugin-challenge')) {
    const link = challenge.parentElement?.querySelector<HTMLAnchorElement>('[data-part="to-sandbox"]');
    const sandbox = sandboxNear(challenge, challenge.dataset['example'] ?? '');
    const strip = sandbox?.querySelector<HTMLElement>(STRIP);
    if (sandbox === undefined || strip === null || strip === undefined) continue;
    challenge.hidden = strip.querySelector('plugin-challenge') !== null;
    strip.append(challenge);
    strip.hidden = false;
    sandbox.id ||= `try-${challenge.dataset['example'] ?? ''}`;
    if (link === null || link === undefined) continue;
    link.href = `#${sandbox.id}`;
    link.addEventListener('click', () => showVariant(sandbox));
  }
}
