/** A host that does not have `poll_oneoff`: the shim, but for this one call. Stdin is a file without content. */
import { ConsoleStdout, File, OpenFile, WASI, wasi as preview1 } from '@bjorn3/browser_wasi_shim';
import type { DirectHost } from './direct-host.ts';

export const runWithoutPoll: DirectHost = async (plugin, _input, print, name) => {
  const stdin = new OpenFile(new File(new Uint8Array()));
  const stdout = new ConsoleStdout(print);
  const wasi = new WASI([name], [], [stdin, stdout, stdout], { debug: false });
  // #region key
  const instance = await WebAssembly.instantiate(plugin, {
    wasi_snapshot_preview1: { ...wasi.wasiImport, poll_oneoff: () => preview1.ERRNO_NOSYS },
  });
  // #endregion key
  return wasi.start(instance as Parameters<typeof wasi.start>[0]);
};
