import type { ChannelEnd } from '../../protocol/messages.ts';

/** The page's end of a run's stdin channel. Nothing here blocks, and nothing that was written is lost. */
export interface StdinWriter {
  /** What the worker gets. */
  readonly end: ChannelEnd;
  /** What has to be transferred with it. */
  readonly transfer: readonly Transferable[];
  /** Settles when the worker may be started, if that isn't at once; rejects with a RunFailureError. */
  readonly ready: Promise<void> | undefined;
  /** Appends bytes to stdin; gives them away. */
  write(bytes: Uint8Array<ArrayBuffer>): void;
  /** Ends stdin after what was written. */
  close(): void;
  /** Tells the worker how many bytes of output were taken since the start. */
  taken(total: number): void;
  /** Lets a run that is held go on. */
  release(): void;
  /** The worker made room, where a channel has a capacity. */
  spaceFreed?(): void;
  /**
   * The run is over; a worker that is blocked is told. To be called before the worker is terminated.
   * @returns true if the worker is on its way to its end, and to be terminated only if it does not get there
   */
  discard(): boolean;
}
