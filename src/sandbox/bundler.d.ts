/** What Vite gives to this folder, without its own types, which would bring Node's. */

/** The address of a worker's bundled script. */
declare module '*?worker&url' {
  const url: string;
  // eslint-disable-next-line no-restricted-exports -- Vite's way to hand it over
  export default url;
}

interface ImportMeta {
  readonly env: {
    /** True under `npm run dev`. */
    readonly DEV: boolean;
  };
}

/** A file's text. */
declare module '*?raw' {
  const text: string;
  // eslint-disable-next-line no-restricted-exports -- Vite's way to hand it over
  export default text;
}

/** A style sheet's text. */
declare module '*.css?inline' {
  const css: string;
  // eslint-disable-next-line no-restricted-exports -- Vite's way to hand it over
  export default css;
}
