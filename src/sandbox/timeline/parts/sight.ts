/** What an observer tells of an element. */
export type Sighting = Pick<IntersectionObserverEntry, 'target' | 'isIntersecting'>;

/** Knows which elements are on the screen. One delivery may tell of an element several times: the last time counts. */
export class Sight {
  readonly #seen = new Set<Element>();

  take(sightings: readonly Sighting[]): void {
    for (const { target, isIntersecting } of sightings) {
      if (isIntersecting) this.#seen.add(target);
      else this.#seen.delete(target);
    }
  }

  get any(): boolean {
    return this.#seen.size > 0;
  }
}
