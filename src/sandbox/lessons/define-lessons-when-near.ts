/** How far below the screen an element is near, as a margin of an observer. */
const NEAR = '25%';

/**
 * Defines the elements around sandboxes when one of them comes near the screen. Most stand further down than a reader begins,
 * and none is needed to read.
 */
export function defineLessonsWhenNear(): void {
  const observer = new IntersectionObserver(
    (entries) => {
      if (!entries.some(({ isIntersecting }) => isIntersecting)) return;
      observer.disconnect();
      void import('./define-lessons.ts').then(({ defineLessons }) => defineLessons());
    },
    { rootMargin: `0px 0px ${NEAR} 0px` },
  );
  const lessons = 'plugin-challenge, plugin-prediction, plugin-variants, side-by-side';
  for (const lesson of document.querySelectorAll(lessons)) observer.observe(lesson);
}
