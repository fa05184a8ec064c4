/** What a reader chooses from, in the playground. */
export interface PlaygroundChoice {
  readonly form: HTMLFormElement;
  readonly host: HTMLSelectElement;
  readonly plugin: HTMLSelectElement;
  readonly own: HTMLElement;
  readonly file: HTMLInputElement;
  readonly note: HTMLElement;
}
