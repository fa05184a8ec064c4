import type { TransportKind } from '../../protocol/messages.ts';
import { MessageStdinWriter } from './message-stdin-writer.ts';
import { ServiceWorkerStdinWriter } from './service-worker-stdin-writer.ts';
import { SharedMemoryStdinWriter } from './shared-memory-stdin-writer.ts';
import type { StdinWriter } from './stdin-writer.ts';

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
