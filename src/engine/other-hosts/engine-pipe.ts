/** This project's own host in TypeScript, with a pipe as stdin. */
import { runPlugin } from '../plugin/plugin-host.ts';
import { StdinPipe } from '../stdin/stdin-pipe.ts';
import type { DirectHost } from './direct-host.ts';

export const runOnEngine: DirectHost = async (plugin, input, print, name) => {
  // #region key
  const pipe = new StdinPipe();
  const run = runPlugin({
    plugin,
    args: [name],
    stdin: { kind: 'pipe', channel: pipe },
    stdout: print,
    stderr: print,
  });
  const feed = input.pipeTo(
    new WritableStream({
      write: async (bytes) => {
        await pipe.write(bytes); // until the plugin has read it
      },
      close: () => pipe.close(),
    }),
  );
  const { status } = await run;
  // #endregion key
  void feed;
  return status;
};
