/** What is played back, and how. */
interface PlaybackOptions {
  /** Between two moments that are looked at. */
  readonly everyMs: () => number;
  /** Of what is played, in milliseconds. */
  readonly length: () => number;
  readonly lookAt: (at: number) => void;
  readonly onToggle: (plays: boolean) => void;
}

/** Looks at a run's moments one after the other, as fast as they came. */
export class Playback {
  readonly #options: PlaybackOptions;
  /** While it plays: when it began, and from which moment. */
  #begun: { readonly at: number; readonly from: number } | undefined;

  constructor(options: PlaybackOptions) {
    this.#options = options;
  }

  /** @param from where to begin; from the start where it is undefined, or the end */
  toggle(from: number | undefined): void {
    if (this.#begun !== undefined) {
      this.stop();
      return;
    }
    const isAtEnd = from === undefined || from >= this.#options.length();
    this.#begun = { at: performance.now(), from: isAtEnd ? 0 : from };
    this.#options.onToggle(true);
    this.#playOn();
  }

  stop(): void {
    this.#begun = undefined;
    this.#options.onToggle(false);
  }

  #playOn(): void {
    if (this.#begun === undefined) return;
    const at = this.#begun.from + performance.now() - this.#begun.at;
    this.#options.lookAt(at);
    if (at >= this.#options.length()) {
      this.stop();
      return;
    }
    setTimeout(() => {
      requestAnimationFrame(() => this.#playOn());
    }, this.#options.everyMs());
  }
}
