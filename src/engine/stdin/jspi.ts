/**
 * JavaScript Promise Integration (WebAssembly JS API, phase 4), which TypeScript's library does not declare yet: a
 * `Suspending` import that returns a promise suspends the program's stack until it settles, and `promising` makes an export
 * return a promise.
 */
interface JspiNamespace {
  readonly Suspending: new (fn: (...args: never[]) => unknown) => WebAssembly.ImportValue;
  readonly promising: (fn: WebAssembly.ExportValue) => () => Promise<unknown>;
}

/** The namespace with JSPI, or undefined where the browser has none. */
export function jspi(): JspiNamespace | undefined {
  return 'Suspending' in WebAssembly && 'promising' in WebAssembly
    ? (WebAssembly as unknown as JspiNamespace)
    : undefined;
}
