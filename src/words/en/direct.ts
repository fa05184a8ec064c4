/** What the chip of `<direct-host>` says, the run of a plugin on a host in JavaScript. */
export const words = {
  idle: 'not started',
  loading: 'loading',
  running: 'running',
  waiting: 'waiting for input',
  stopped: 'stopped',
  exited: (status: number, because: string | undefined): string =>
    `exited ${String(status)}${because === undefined ? '' : ` · ${because}`}`,
  failed: (sentence: string): string => `failed: ${sentence}`,
};
