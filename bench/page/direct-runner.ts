import { openStdin } from '../../src/sandbox/stdin/open-stdin.ts';
import type { DirectMessage, DirectNews } from '../worker/messages.ts';
import {
  loadModule,
  type BenchPlugin,
  type BenchProcess,
  type OnOutput,
  type Runner,
  type TransportKind,
} from './runner.ts';

/** The engine without wazero, in a worker. */
export class DirectRunner implements Runner {
  readonly #transport: TransportKind;

  constructor(transport: TransportKind) {
    this.#transport = transport;
  }

  async load(plugin: BenchPlugin): Promise<void> {
    await loadModule(plugin.url);
  }

  async start(plugin: BenchPlugin, onOutput: OnOutput): Promise<BenchProcess> {
    const stdin = openStdin(this.#transport);
    await stdin.ready;
    const worker = new Worker(new URL('../worker/direct-worker.ts', import.meta.url), { type: 'module' });
    worker.onmessage = ({ data }: MessageEvent<DirectNews>) => {
      if (data instanceof Uint8Array) onOutput(data);
      else if (data.type === 'space') stdin.spaceFreed?.();
      else throw new Error(`expected the plugin to run on, found that ${data.reason}`);
    };
    const message: DirectMessage = {
      module: await loadModule(plugin.url),
      args: [`${plugin.name}.wasm`],
      channel: stdin.end,
    };
    worker.postMessage(message, [...stdin.transfer]);
    return {
      write: (bytes) => stdin.write(bytes),
      stop: () => {
        // As in a run of the site, see src/sandbox/run/run.ts.
        if (stdin.discard()) {
          setTimeout(() => worker.terminate(), 250);
        } else {
          worker.terminate();
        }
      },
    };
  }
}
