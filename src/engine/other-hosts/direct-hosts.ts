import type { DirectHostName } from '../../protocol/direct-messages.ts';
import type { DirectHost } from './direct-host.ts';
import { runOnEngine } from './engine-pipe.ts';
import { runOnShimFile } from './shim-file.ts';
import { runWithoutPoll } from './shim-no-poll.ts';
import { runOnShimThatSaysLater } from './shim-later.ts';
import { runOnShimThatWaits } from './shim-waits.ts';

/** The hosts by name. */
export const directHosts: Readonly<Record<DirectHostName, DirectHost>> = {
  'shim-file': runOnShimFile,
  'shim-waits': runOnShimThatWaits,
  'shim-later': runOnShimThatSaysLater,
  'shim-no-poll': runWithoutPoll,
  'engine-pipe': runOnEngine,
};
