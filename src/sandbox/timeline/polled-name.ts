import { words } from '#words/polled';
import type { PolledEvent } from '../../protocol/trace.ts';

/** What a poll waits for. */
export function polledName(event: PolledEvent): string {
  switch (event.kind) {
    case 'sleep':
      return words.sleep(event.ms);
    case 'time':
      return words.time;
    case 'read':
    case 'write':
      return words[event.kind](event.fd);
    case 'unknown':
      return words.unknown(event.tag);
  }
}
