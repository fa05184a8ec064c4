/** What the state line of `<direct-host>` says, the run of a plugin on a host in JavaScript. */
export const words = {
  idle: 'Not started',
  loading: 'Loading',
  running: 'Running',
  waiting: 'Waiting for input',
  stopped: 'Stopped',
  exited: (status: number, because: string | undefined): string =>
    `Exited with status ${String(status)}${because === undefined ? '' : ` · ${because}`}`,
  failed: (sentence: string): string => `Failed: ${sentence}`,
};
