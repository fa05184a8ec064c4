/** Runs one plugin on the engine alone, with no wazero between. */
import { MessageStdinChannel } from '../../src/engine/stdin/message-channel.ts';
import { runPlugin } from '../../src/engine/plugin/plugin-host.ts';
import { ServiceWorkerChannel } from '../../src/engine/stdin/service-worker-channel.ts';
import { SharedMemoryChannel } from '../../src/engine/stdin/shared-memory-channel.ts';
import { RunStopped, type StdinChannel } from '../../src/engine/stdin/stdin-channel.ts';
import { stdinRequests } from '../../src/engine/stdin/stdin-request.ts';
import type { ChannelEnd } from '../../src/protocol/messages.ts';
import type { DirectMessage, DirectNews } from './messages.ts';

declare const self: DedicatedWorkerGlobalScope;

function tell(news: DirectNews, transfer: Transferable[] = []): void {
  self.postMessage(news, transfer);
}

function openChannel(end: ChannelEnd): StdinChannel {
  switch (end.kind) {
    case 'jspi':
      return new MessageStdinChannel(end.port);
    case 'shared-memory':
      return new SharedMemoryChannel(end.buffer, () => tell({ type: 'space' }));
    case 'service-worker':
      return new ServiceWorkerChannel(stdinRequests(end.run, self.location.href));
  }
}

async function run({ module, args, channel }: DirectMessage): Promise<string> {
  const { status } = await runPlugin({
    plugin: module,
    args,
    stdin: { kind: 'pipe', channel: openChannel(channel) },
    stdout: (bytes) => tell(bytes, [bytes.buffer]),
  });
  return `it exited with ${String(status)}`;
}

self.onmessage = (event: MessageEvent<DirectMessage>) => {
  run(event.data).then(
    (reason) => tell({ type: 'ended', reason }),
    (error: unknown) => {
      if (error instanceof RunStopped) self.close();
      else tell({ type: 'ended', reason: String(error) });
    },
  );
};
