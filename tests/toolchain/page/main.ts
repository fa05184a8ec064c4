/** A page with a Go toolchain and nothing else. `toolchain-page.ts` opens it and calls `globalThis.toolchainPage`. */
import type {
  BuildResult,
  CheckResult,
  FormatResult,
  SourceFile,
  Target,
  ToolchainData,
} from '../../../src/protocol/toolchain.ts';
import { Toolchain, type PackProgress } from '../../../src/sandbox/editing/toolchain-client.ts';

/** A program that was built; its bytes stay in the page until they are asked for. */
type Built = Exclude<BuildResult, { kind: 'built' }> | { readonly kind: 'built'; readonly milliseconds: number };

let toolchain: Toolchain | undefined;
let wasm: Uint8Array<ArrayBuffer> | undefined;
const progress: PackProgress[] = [];

function opened(): Toolchain {
  if (toolchain === undefined) throw new Error('expected open() first');
  return toolchain;
}

async function timed<T>(act: () => Promise<T>): Promise<{ readonly result: T; readonly milliseconds: number }> {
  const started = performance.now();
  const result = await act();
  return { result, milliseconds: performance.now() - started };
}

const page = {
  sizes: (data: ToolchainData): { readonly check: number; readonly build: number } => Toolchain.sizes(data),

  /** Opens the toolchain; returns what was told of the progress. */
  async open(data: ToolchainData): Promise<readonly PackProgress[]> {
    progress.length = 0;
    toolchain = await Toolchain.open(data, { onProgress: (told) => progress.push(told) });
    return [...progress];
  },

  async prepareBuild(): Promise<readonly PackProgress[]> {
    progress.length = 0;
    await opened().prepareBuild();
    return [...progress];
  },

  async check(
    target: Target,
    files: readonly SourceFile[],
  ): Promise<{ readonly result: CheckResult | undefined; readonly milliseconds: number }> {
    return timed(() => opened().check(target, files));
  },

  /** Asks for all checks at once, as fast typing does. */
  async checkAtOnce(
    target: Target,
    programs: readonly (readonly SourceFile[])[],
  ): Promise<readonly (CheckResult | undefined)[]> {
    return Promise.all(programs.map((files) => opened().check(target, files)));
  },

  async build(target: Target, files: readonly SourceFile[]): Promise<Built> {
    const { result, milliseconds } = await timed(() => opened().build(target, files));
    if (result.kind !== 'built') return result;
    wasm = result.wasm;
    return { kind: 'built', milliseconds };
  },

  /** Sends the bytes of the last program that was built to an address. */
  async send(address: string): Promise<void> {
    if (wasm === undefined) throw new Error('expected a program that was built');
    await fetch(address, { method: 'POST', body: wasm });
  },

  async format(file: { readonly name: string; readonly text: string }): Promise<FormatResult> {
    return opened().format(file);
  },

  /** Disposes of the toolchain while it builds; returns how the build ended. */
  async disposeWhileBuilding(target: Target, files: readonly SourceFile[]): Promise<string> {
    const building = opened().build(target, files);
    opened().dispose();
    return building.then(
      ({ kind }) => kind,
      (error: unknown) => String(error),
    );
  },
};

/** What the page can do. */
export type ToolchainPage = typeof page;

Object.assign(globalThis, { toolchainPage: page });
