/** What Vite gives to this folder, without its own types, which would bring Node's. */

/** The address of a file that is published beside the scripts. */
declare module '*?url' {
  const url: string;
  // eslint-disable-next-line no-restricted-exports -- Vite's way to hand it over
  export default url;
}
