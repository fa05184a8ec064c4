/**
 * The peers, used as their documentation shows. Only what is used of them is declared here: their packages are in
 * `bench/node_modules`, which nobody needs who does not run the bench.
 */
import { importPeer, loadFile, type BenchPlugin, type BenchProcess, type OnOutput, type Runner } from './runner.ts';

interface Runno {
  readonly WASIWorkerHost: new (
    binaryUrl: string,
    context: { args: string[]; env: object; stdout: (text: string) => void; stderr: (text: string) => void },
  ) => { start(): Promise<unknown>; kill(): void; pushStdin(text: string): Promise<void> };
}

/** What fits at once into @runno/wasi's stdin, less its header. */
const RUNNO_PIECE = 8_000;

/** @runno/wasi: each run is a worker, which fetches and compiles the plugin. Its input and output are text. */
export class RunnoRunner implements Runner {
  async load(plugin: BenchPlugin): Promise<void> {
    await Promise.all([importPeer('/peers/@runno/wasi/dist/main.js'), loadFile(plugin.url)]);
  }

  async start(plugin: BenchPlugin, onOutput: OnOutput): Promise<BenchProcess> {
    const { WASIWorkerHost } = (await importPeer('/peers/@runno/wasi/dist/main.js')) as Runno;
    const encoder = new TextEncoder();
    const host = new WASIWorkerHost(new URL(plugin.url, location.href).href, {
      args: [`${plugin.name}.wasm`],
      env: {},
      stdout: (text) => onOutput(encoder.encode(text)),
      stderr: () => undefined,
    });
    host.start().catch(() => undefined);
    let last = Promise.resolve();
    const push = async (bytes: Uint8Array): Promise<void> => {
      for (let at = 0; at < bytes.length; at += RUNNO_PIECE) {
        await host.pushStdin(new TextDecoder().decode(bytes.subarray(at, at + RUNNO_PIECE)));
      }
    };
    return {
      write: (bytes) => {
        last = last.then(() => push(bytes));
      },
      stop: () => host.kill(),
    };
  }
}

interface WasmerProcess {
  readonly stdin: { write(bytes: Uint8Array): Promise<void> };
  readonly stdout: AsyncIterable<Uint8Array>;
  kill(): Promise<void>;
}

interface WasmerSandbox {
  command(pkg: unknown): {
    spawn(options: { stdin: 'pipe'; stdout: 'pipe'; stderr: 'discard' }): Promise<WasmerProcess>;
  };
}

interface WasmerClient {
  readonly packages: { create(definition: object): Promise<unknown> };
  readonly sandboxes: { create(options: { packages: unknown[] }): Promise<WasmerSandbox> };
  ready(): Promise<unknown>;
}

/** @wasmer/sdk: one runtime for the page, with a pool of workers. */
export class WasmerRunner implements Runner {
  #client: WasmerClient | undefined;
  readonly #sandboxes = new Map<string, { readonly sandbox: WasmerSandbox; readonly pkg: unknown }>();

  async load(plugin: BenchPlugin): Promise<void> {
    if (this.#client === undefined) {
      const { Wasmer } = (await importPeer('/peers/@wasmer/sdk/dist/index.js')) as {
        Wasmer: new (options: { cache: 'memory' }) => WasmerClient;
      };
      this.#client = new Wasmer({ cache: 'memory' });
      await this.#client.ready();
    }
    if (this.#sandboxes.has(plugin.url)) return;
    const pkg = await this.#client.packages.create({
      modules: { app: await loadFile(plugin.url) },
      commands: { [plugin.name]: { module: 'app' } },
    });
    this.#sandboxes.set(plugin.url, { pkg, sandbox: await this.#client.sandboxes.create({ packages: [pkg] }) });
  }

  async start(plugin: BenchPlugin, onOutput: OnOutput): Promise<BenchProcess> {
    const loaded = this.#sandboxes.get(plugin.url);
    if (loaded === undefined) throw new Error(`expected ${plugin.url} to be loaded`);
    const process = await loaded.sandbox
      .command(loaded.pkg)
      .spawn({ stdin: 'pipe', stdout: 'pipe', stderr: 'discard' });
    const take = async (): Promise<void> => {
      for await (const bytes of process.stdout) onOutput(bytes);
    };
    take().catch(() => undefined);
    return {
      write: (bytes) => {
        void process.stdin.write(bytes);
      },
      stop: () => process.kill(),
    };
  }
}
