import { placeChallenges } from './place-challenges.ts';

/** How far below the screen an element is near, as a margin of an observer. */
const NEAR = '25%';

/** What works before a run: switches, buttons for two, and one of several puzzles. */
const WORKING = 'plugin-variants, side-by-side, [data-part="challenge"]:has(plugin-challenge + plugin-challenge)';

/**
 * Puts challenges into their sandboxes, and defines the elements around sandboxes: those that work before a run when they come near
 * the screen, the others when somebody reaches for Run. They hear of a run that has begun by then. None is needed to read.
 */
export function defineLessonsWhenNear(): void {
  placeChallenges();
  const done = new AbortController();
  const { signal } = done;
  const define = (): void => {
    done.abort();
    void import('./define-lessons.ts').then(({ defineLessons }) => defineLessons());
  };
  const observer = new IntersectionObserver(
    (entries) => {
      if (entries.some(({ isIntersecting }) => isIntersecting)) define();
    },
    { rootMargin: `0px 0px ${NEAR} 0px` },
  );
  for (const element of document.querySelectorAll(WORKING)) observer.observe(element);
  signal.addEventListener('abort', () => observer.disconnect());
  for (const intent of ['pointerover', 'focusin', 'click']) {
    const reachFor = ({ target }: Event): void => {
      if (target instanceof Element && target.closest('[data-action="run"]') !== null) define();
    };
    document.addEventListener(intent, reachFor, { capture: true, signal });
  }
}
