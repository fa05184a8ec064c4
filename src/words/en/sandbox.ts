/** The part of a sandbox that comes with its page; what a run says is in `run.ts`, since it is loaded with the run. */
export const words = {
  sourceFiles: 'Source files',
  runAgain: 'Run again',
  loading: 'loading the sandbox',
  notLoaded:
    'Could not load the sandbox: the network did not answer. Check the connection and press Run again, or reload the page.',
  editor: {
    loading: 'Loading the editor',
    notLoaded: 'Could not load the editor: the network did not answer. Check the connection and press Edit again.',
    notLoadedForLink: 'Could not load the editor for this link: the network did not answer. Reload the page.',
    otherExample: (example: string): string =>
      `This link is about the example “${example}”, which is not on this page.`,
    inPlayground: 'Open its program in the playground',
  },
  recording: { hideCalls: 'Hide its calls' },
};
