/** The plain @bjorn3/browser_wasi_shim, with a file as stdin: the same trap as a bytes.Buffer. */
import { ConsoleStdout, File, OpenFile, WASI } from '@bjorn3/browser_wasi_shim';
import type { DirectHost } from './direct-host.ts';

export const runOnShimFile: DirectHost = async (plugin, _input, print, name) => {
  // #region key
  const stdin = new OpenFile(new File(new Uint8Array()));
  const stdout = new ConsoleStdout(print);
  const wasi = new WASI([name], [], [stdin, stdout, stdout], { debug: false });
  const instance = await WebAssembly.instantiate(plugin, {
    wasi_snapshot_preview1: wasi.wasiImport,
  });
  return wasi.start(instance as Parameters<typeof wasi.start>[0]);
  // #endregion key
};
