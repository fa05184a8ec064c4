import type { ChannelEnd } from '../../protocol/messages.ts';
import {
  encodeNews,
  parseStdinRequest,
  StdinBacklog,
  stdinChannelName,
  type StdinAnswer,
  type StdinAsk,
  type StdinRequest,
} from '../../protocol/service-worker-stdin.ts';
import { registerStdinRelay } from '../run/stdin-relay-registration.ts';
import type { StdinWriter } from './stdin-writer.ts';

/** Stdin as answers to requests of the worker, which the service worker passes on: what was written waits here for one. */
export class ServiceWorkerStdinWriter implements StdinWriter {
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
