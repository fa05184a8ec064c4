/** The hosts that play the same plugins, in the order in which the page shows them. `npm run hosts` plays them. */
export const comparedHosts = [
  'wazero-file',
  'wazero-value',
  'wasmtime-path',
  'wasmtime-inherit',
  'node-wasi',
  'shim',
  'engine',
] as const;
/** One of them. */
export type ComparedHost = (typeof comparedHosts)[number];

/**
 * What the plugin's stdin is: `unset`, where the host is told nothing of it, and its own fd 0 is a FIFO with a writer; an
 * `empty` file; a file with one `line`; a `fifo` with a writer that waits until the plugin does.
 */
export const comparedKinds = ['unset', 'empty', 'line', 'fifo'] as const;
/** One of them. */
export type ComparedStdin = (typeof comparedKinds)[number];
