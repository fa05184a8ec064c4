import type { ChannelEnd, StdinMessage } from '../../protocol/messages.ts';
import type { StdinWriter } from './stdin-writer.ts';

/** Stdin over a message port: each act is a message. */
export class MessageStdinWriter implements StdinWriter {
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

  discard(): boolean {
    this.#channel.port1.close();
    return false;
  }

  #post(message: StdinMessage, transfer: Transferable[] = []): void {
    this.#channel.port1.postMessage(message, transfer);
  }
}
