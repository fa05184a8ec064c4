import type { ChannelEnd, StdinMessage, TransportKind } from '../protocol/messages.ts';
import {
  encodeNews,
  parseStdinRequest,
  StdinBacklog,
  stdinChannelName,
  type StdinAnswer,
  type StdinAsk,
  type StdinRequest,
} from '../protocol/service-worker-stdin.ts';
import { SharedMemoryStdinWriter } from './shared-memory-stdin-writer.ts';
import { registerStdinRelay } from './stdin-relay-registration.ts';

/** The page's end of a run's stdin channel. Nothing here blocks, and nothing that was written is lost. */
export interface StdinWriter {
  /** What the worker gets. */
  readonly end: ChannelEnd;
  /** What has to be transferred with it. */
  readonly transfer: readonly Transferable[];
  /** Settles when the worker may be started, if that isn't at once; rejects with an Error for the reader. */
  readonly ready: Promise<void> | undefined;
  /** Appends bytes to stdin; gives them away. */
  write(bytes: Uint8Array<ArrayBuffer>): void;
  /** Ends stdin after what was written. */
  close(): void;
  /** Tells the worker how many bytes of output were taken since the start. */
  taken(total: number): void;
  /** Lets a run that is held go on. */
  release(): void;
  /** The worker made room. */
  spaceFreed(): void;
  /**
   * The run is over; a worker that is blocked is told. To be called before the worker is terminated.
   * @returns true if the worker is on its way to its end, and to be terminated only if it does not get there
   */
  discard(): boolean;
}

/** Opens a channel of a kind. */
export function openStdin(kind: TransportKind): StdinWriter {
  switch (kind) {
    case 'jspi':
      return new MessageStdinWriter();
    case 'shared-memory':
      return new SharedMemoryStdinWriter();
    case 'service-worker':
      return new ServiceWorkerStdinWriter();
  }
}

class MessageStdinWriter implements StdinWriter {
  readonly #channel = new MessageChannel();
  readonly end: ChannelEnd = { kind: 'jspi', port: this.#channel.port2 };
  readonly transfer = [this.#channel.port2];
  readonly ready = undefined;

  write(bytes: Uint8Array<ArrayBuffer>): void {
    this.#post({ type: 'data', bytes }, [bytes.buffer]);
  }

  close(): void {
    this.#post({ type: 'close' });
  }

  taken(total: number): void {
    this.#post({ type: 'taken', total });
  }

  release(): void {
    this.#post({ type: 'go' });
  }

  spaceFreed(): void {
    // A port has no capacity.
  }

  discard(): boolean {
    this.#channel.port1.close();
    return false;
  }

  #post(message: StdinMessage, transfer: Transferable[] = []): void {
    this.#channel.port1.postMessage(message, transfer);
  }
}

class ServiceWorkerStdinWriter implements StdinWriter {
  readonly #run = crypto.randomUUID();
  readonly #backlog = new StdinBacklog();
  readonly #channel = new BroadcastChannel(stdinChannelName(this.#run));
  /** The last request, while there is no news for it. */
  #held: { readonly id: string; readonly request: StdinRequest } | undefined;
  readonly end: ChannelEnd = { kind: 'service-worker', run: this.#run };
  readonly transfer = [];
  readonly ready = registerStdinRelay();

  constructor() {
    this.ready.catch(() => undefined);
    this.#channel.onmessage = ({ data }: MessageEvent<StdinAsk>) => {
      this.#held = { id: data.id, request: parseStdinRequest(data.query) };
      if (!this.#answer()) this.#post({ type: 'hold', id: data.id });
    };
  }

  write(bytes: Uint8Array<ArrayBuffer>): void {
    this.#backlog.write(bytes);
    this.#answer();
  }

  close(): void {
    this.#backlog.close();
    this.#answer();
  }

  taken(total: number): void {
    this.#backlog.taken(total);
    this.#answer();
  }

  release(): void {
    this.#backlog.go();
    this.#answer();
  }

  spaceFreed(): void {
    // The worker asks when it has room.
  }

  discard(): boolean {
    this.#backlog.stop();
    // Terminating it would break off its request, which it would then repeat until the browser stops it for good.
    const isTold = this.#answer();
    this.#channel.close();
    return isTold;
  }

  /** Answers the request that is held, if there is news for it by now. Returns whether it did. */
  #answer(): boolean {
    if (this.#held === undefined) return false;
    const { id, request } = this.#held;
    const news = this.#backlog.answer(request);
    if (news === undefined) return false;
    this.#held = undefined;
    this.#post({ type: 'news', id, body: encodeNews(news) });
    return true;
  }

  #post(answer: StdinAnswer): void {
    this.#channel.postMessage(answer);
  }
}
