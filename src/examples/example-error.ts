/** A mistake in an example or in a page's request for one; the message names the file and what to change. */
export class ExampleError extends Error {
  override readonly name = 'ExampleError';
  /** The file, relative to the project, or the page that asked. */
  readonly place: string;

  /**
   * @param place the file (with a line where there is one) or the page
   * @param message what was expected, what was found, and the way out
   */
  constructor(place: string, message: string, options?: ErrorOptions) {
    super(`${place}: ${message}`, options);
    this.place = place;
  }
}
