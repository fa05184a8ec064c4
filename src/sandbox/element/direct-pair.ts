/** `<direct-pair>`: one button for the live runs in it. It shows itself where there is more than one. */
export class DirectPair extends HTMLElement {
  #leaving: AbortController | undefined;

  connectedCallback(): void {
    const bar = this.querySelector<HTMLElement>('[data-part="both"]');
    const button = bar?.querySelector('button');
    if (!bar || !button) throw new Error('expected a button for both, found none');
    this.#leaving = new AbortController();
    button.addEventListener('click', () => this.#run(), { signal: this.#leaving.signal });
    // Without JSPI one of the two is a recording only.
    bar.hidden = !('Suspending' in WebAssembly);
  }

  disconnectedCallback(): void {
    this.#leaving?.abort();
  }

  #run(): void {
    for (const run of this.querySelectorAll<HTMLButtonElement>('direct-host [data-action="run"]')) run.click();
  }
}

/** Defines `<direct-pair>`, once. */
export function defineDirectPair(): void {
  if (customElements.get('direct-pair') === undefined) customElements.define('direct-pair', DirectPair);
}
