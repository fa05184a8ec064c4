/** The part of a sandbox that comes with its page; what a run says is in `run.ts`, since it is loaded with the run. */
export const words = {
  /** The name of a chip: whose it is, and what it says. */
  actor: (actor: string, said: string): string => `${actor}: ${said}`,
  notStarted: 'not started',
  didNotStart: 'did not start',
  sourceFiles: 'Source files',
  panel: 'Run and recording',
  runAgain: 'Run again',
  loading: 'loading the sandbox',
  /** A run that was taken back before its sandbox was there. */
  stopped: 'stopped',
  notLoaded:
    'Could not load the sandbox. Check the connection and press Run again, or reload the page, since the site may have been updated.',
  reload: 'Reload the page',
  editor: {
    loading: 'Loading the editor',
    notLoaded:
      'Could not load the editor. Check the connection and press Edit again, or reload the page, since the site may have been updated. Edits from before are kept.',
    notLoadedForLink:
      'Could not load the editor for this link. Check the connection and reload the page, since the site may have been updated.',
    otherExample: (example: string): string =>
      `This link is about the example “${example}”, which is not on this page.`,
    inPlayground: 'Open its program in the playground',
  },
  recording: { hideCalls: 'Hide its calls' },
};
