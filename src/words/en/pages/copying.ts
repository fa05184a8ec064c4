/** What became of a press on Copy. */
export const words = {
  copied: 'Copied',
  refused: 'Not copied: the browser does not let this page. It is selected, so you can copy it yourself.',
};
