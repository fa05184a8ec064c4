/** Between the page and a worker that runs a plugin directly: one `DirectMessage`, then what the plugin writes. */
import type { ChannelEnd } from '../../src/protocol/messages.ts';

/** Page → worker, once. */
export interface DirectMessage {
  readonly module: WebAssembly.Module;
  readonly args: readonly string[];
  readonly channel: ChannelEnd;
}

/** Worker → page. */
export type DirectNews =
  /** Output, as it is: an object around it would take as long again. */
  | Uint8Array<ArrayBuffer>
  /** As in `WorkerMessage`. */
  | { readonly type: 'space' }
  | { readonly type: 'ended'; readonly reason: string };
