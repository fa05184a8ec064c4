/** The plain @bjorn3/browser_wasi_shim, with a stdin that waits: one descriptor, and one import that may be suspended. */
import { ConsoleStdout, Fd, WASI, WASIProcExit, wasi as preview1 } from '@bjorn3/browser_wasi_shim';
import { EngineError } from '../engine-error.ts';
import { jspi } from '../stdin/jspi.ts';
import type { DirectHost } from './direct-host.ts';

// #region descriptor
/** Stdin out of a stream: `fill` waits, and `fd_read` takes what is there. */
class StreamFd extends Fd {
  readonly #reader: ReadableStreamDefaultReader<Uint8Array>;
  #bytes = new Uint8Array();

  constructor(stream: ReadableStream<Uint8Array>) {
    super();
    this.#reader = stream.getReader();
  }

  async fill(): Promise<void> {
    if (this.#bytes.length > 0) return;
    const { value } = await this.#reader.read();
    this.#bytes = new Uint8Array(value ?? []); // Without a value it has ended.
  }

  override fd_read(size: number): { ret: number; data: Uint8Array } {
    const data = this.#bytes.slice(0, size);
    this.#bytes = this.#bytes.slice(size);
    return { ret: preview1.ERRNO_SUCCESS, data };
  }
}
// #endregion descriptor

export const runOnShimThatWaits: DirectHost = async (plugin, input, print, name) => {
  const suspension = jspi();
  if (suspension === undefined) throw new EngineError({ code: 'no-suspending' });
  // #region key
  const stdin = new StreamFd(input);
  const stdout = new ConsoleStdout(print);
  const wasi = new WASI([name], [], [stdin, stdout, stdout], { debug: false });
  const read = wasi.wasiImport['fd_read'] as (fd: number, ...rest: number[]) => number;
  const instance = await WebAssembly.instantiate(plugin, {
    wasi_snapshot_preview1: {
      ...wasi.wasiImport,
      fd_read: new suspension.Suspending(async (fd: number, ...rest: number[]) => {
        if (fd === 0) await stdin.fill(); // The plugin stands still meanwhile.
        return read(fd, ...rest);
      }),
    },
  });
  // Not wasi.start(): it would return at the first wait.
  wasi.inst = instance as typeof wasi.inst;
  try {
    await suspension.promising(instance.exports['_start'] as WebAssembly.ExportValue)();
    return 0;
  } catch (error) {
    if (error instanceof WASIProcExit) return error.code;
    throw error;
  }
  // #endregion key
};
