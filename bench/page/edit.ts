/** Edited programs: the Go toolchain in the page, and the run of what it built. */
import type { SourceFile, Target, ToolchainData } from '../../src/protocol/toolchain.ts';
import { Run } from '../../src/sandbox/run/run.ts';
import { Toolchain } from '../../src/sandbox/editing/toolchain-client.ts';
import type { OnOutput, TransportKind } from './runner.ts';

let toolchain: Toolchain | undefined;

function opened(): Toolchain {
  if (toolchain === undefined) throw new Error('expected an open toolchain');
  return toolchain;
}

/** Opens the toolchain, and checks the shown program. Returns the time from the first request to the first answer. */
export async function openToolchain(data: ToolchainData, shown: readonly SourceFile[]): Promise<number> {
  const started = performance.now();
  toolchain = await Toolchain.open(data);
  await check('host', shown);
  return performance.now() - started;
}

/** Fetches what a build needs. */
export async function prepareBuild(): Promise<void> {
  await opened().prepareBuild();
}

/** Checks a program. Returns the time, and what came of it. */
export async function check(
  target: Target,
  files: readonly SourceFile[],
): Promise<{ readonly kind: string | undefined; readonly milliseconds: number }> {
  const started = performance.now();
  const result = await opened().check(target, files);
  return { kind: result?.kind, milliseconds: performance.now() - started };
}

async function build(target: Target, files: readonly SourceFile[]): Promise<Uint8Array<ArrayBuffer>> {
  const result = await opened().build(target, files);
  if (result.kind !== 'built') throw new Error(`expected a program, found ${JSON.stringify(result)}`);
  return result.wasm;
}

/** Builds host and plugin, runs them, and stops them at the first output. Returns the time from the first request to that. */
export async function editToOutput(
  transport: TransportKind,
  host: readonly SourceFile[],
  plugin: readonly SourceFile[],
): Promise<number> {
  const started = performance.now();
  const module = await WebAssembly.compile(await build('host', host));
  const bytes = await build('plugin', plugin);
  const run = new Run(transport);
  const first = new Promise<number>((resolve, reject) => {
    const onOutput: OnOutput = () => resolve(performance.now());
    run.listen((news) => {
      if (news.type === 'output') {
        for (const { bytes: piece } of news.chunks) onOutput(piece);
      } else if (news.type === 'ended' && news.outcome.kind !== 'stopped') {
        reject(new Error(`expected the run to go on, found ${JSON.stringify(news.outcome)}`));
      }
    });
  });
  run.start({ module, argv: ['host', 'plugin.wasm'], files: [{ name: 'plugin.wasm', bytes }] }, { hold: false });
  const arrived = await first;
  run.stop();
  return arrived - started;
}
