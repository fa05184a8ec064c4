/**
 * Between a page and `engine/direct-worker.ts`, which runs one plugin on a host in JavaScript, with no wazero between. The page
 * sends `start` once, then lines and the end as they are typed. The worker waits by promise (JSPI), so messages always arrive.
 */

import type { WorkerFailure } from './problems.ts';

/** The hosts of `engine/other-hosts/`. */
export type DirectHostName = 'shim-file' | 'shim-waits' | 'shim-later' | 'shim-no-poll' | 'engine-pipe';

/** Page → worker. */
export type DirectRequest =
  | {
      readonly type: 'start';
      readonly host: DirectHostName;
      readonly plugin: WebAssembly.Module;
      /** Its first argument. */
      readonly name: string;
    }
  | { readonly type: 'typed'; readonly bytes: Uint8Array }
  | { readonly type: 'closed' };

/** Worker → page. */
export type DirectNews =
  /** The plugin wrote this. */
  | { readonly type: 'output'; readonly bytes: Uint8Array<ArrayBuffer> }
  /** Stdin has been asked for more, and the plugin does not compute. */
  | { readonly type: 'waiting' }
  | { readonly type: 'exited'; readonly status: number }
  | { readonly type: 'failed'; readonly failure: WorkerFailure };
