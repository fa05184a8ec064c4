/** The plain @bjorn3/browser_wasi_shim, with a stdin that has nothing yet and says so: “try again”. */
import { ConsoleStdout, Fd, WASI, wasi as preview1 } from '@bjorn3/browser_wasi_shim';
import type { DirectHost } from './direct-host.ts';

// #region descriptor
/** Stdin that does not wait: there is nothing yet, and a plugin may poll for more. */
class LaterFd extends Fd {
  #flags = 0;

  override fd_read(): { ret: number; data: Uint8Array } {
    return { ret: preview1.ERRNO_AGAIN, data: new Uint8Array() };
  }

  override fd_fdstat_get(): { ret: number; fdstat: preview1.Fdstat } {
    const fdstat = new preview1.Fdstat(preview1.FILETYPE_UNKNOWN, this.#flags);
    fdstat.fs_rights_base = BigInt(preview1.RIGHTS_FD_READ);
    return { ret: preview1.ERRNO_SUCCESS, fdstat };
  }

  /** A Go plugin asks for `O_NONBLOCK` at its start. */
  override fd_fdstat_set_flags(flags: number): number {
    this.#flags = flags;
    return preview1.ERRNO_SUCCESS;
  }
}
// #endregion descriptor

export const runOnShimThatSaysLater: DirectHost = async (plugin, _input, print, name) => {
  // #region key
  const stdout = new ConsoleStdout(print);
  const wasi = new WASI([name], [], [new LaterFd(), stdout, stdout], { debug: false });
  const instance = await WebAssembly.instantiate(plugin, { wasi_snapshot_preview1: wasi.wasiImport });
  return wasi.start(instance as Parameters<typeof wasi.start>[0]);
  // #endregion key
};
