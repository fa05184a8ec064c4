/** The worker of a page's Go toolchain: it takes one `OpenMessage`, and then answers one request after the other. */
import type { OpenMessage, ToolchainAnswer, ToolchainRequest } from '../protocol/toolchain.ts';

declare const self: DedicatedWorkerGlobalScope;

function send(answer: ToolchainAnswer, transfer: Transferable[] = []): void {
  self.postMessage(answer, transfer);
}

self.onmessage = (event: MessageEvent<OpenMessage | ToolchainRequest>) => {
  if (event.data.type !== 'open')
    send({ type: 'failed', reason: 'The Go toolchain is not in this build of the site.' });
};
