import { Run, type RunProgram } from '../../src/sandbox/run/run.ts';
import {
  loadFile,
  loadModule,
  type BenchPlugin,
  type BenchProcess,
  type OnOutput,
  type Runner,
  type TransportKind,
} from './runner.ts';

/** A host that hands its own stdin and stdout to its plugin. */
const HOST = 'terminal';

/** The engine with a Go host, as the site runs it. */
export class WazeroRunner implements Runner {
  readonly #transport: TransportKind;
  readonly #hosts: string;

  constructor(transport: TransportKind, hosts: string) {
    this.#transport = transport;
    this.#hosts = hosts;
  }

  async load(plugin: BenchPlugin): Promise<void> {
    await Promise.all([loadModule(this.#hosts), loadFile(plugin.url)]);
  }

  async start(plugin: BenchPlugin, onOutput: OnOutput): Promise<BenchProcess> {
    return this.#launch(await this.#programOf(plugin), onOutput, { hold: false });
  }

  /** Prepares a run, as a sandbox does when a reader shows intent. `release` lets it go on. */
  async prepare(plugin: BenchPlugin, onOutput: OnOutput): Promise<BenchProcess & { readonly release: () => void }> {
    return this.#launch(await this.#programOf(plugin), onOutput, { hold: true });
  }

  async #programOf(plugin: BenchPlugin): Promise<RunProgram> {
    const file = `${plugin.name}.wasm`;
    return {
      module: await loadModule(this.#hosts),
      argv: [HOST, file],
      files: [{ name: file, bytes: await loadFile(plugin.url) }],
    };
  }

  #launch(
    program: RunProgram,
    onOutput: OnOutput,
    options: { readonly hold: boolean },
  ): BenchProcess & { readonly release: () => void } {
    const run = new Run(this.#transport);
    run.listen((news) => {
      if (news.type === 'output') {
        for (const { stream, bytes } of news.chunks) {
          if (stream === 'stderr') throw new Error(`expected stdout only, found ${new TextDecoder().decode(bytes)}`);
          onOutput(bytes);
        }
      } else if (news.type === 'ended' && news.outcome.kind !== 'stopped') {
        throw new Error(`expected the run to go on, found ${JSON.stringify(news.outcome)}`);
      }
    });
    run.start(program, options);
    return {
      write: (bytes) => run.write(bytes),
      release: () => run.release(),
      stop: () => run.stop(),
    };
  }
}
