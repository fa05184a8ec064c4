import type { TransportKind } from '../../src/protocol/messages.ts';

/** A plugin that is measured. */
export interface BenchPlugin {
  readonly url: string;
  /** Its own name; a program of several plugins picks one by it. */
  readonly name: string;
}

/** A plugin that runs. */
export interface BenchProcess {
  /** Appends to stdin; gives the bytes away. */
  write(bytes: Uint8Array<ArrayBuffer>): void;
  stop(): void | Promise<void>;
}

/** Called with each piece of stdout as it arrives on the page. */
export type OnOutput = (bytes: Uint8Array) => void;

/** Something that runs plugins: the engine in one of its ways, or a peer. */
export interface Runner {
  /** Loads what every run needs; not measured. */
  load(plugin: BenchPlugin): Promise<void>;
  /** Starts a fresh process; its plugin was loaded. */
  start(plugin: BenchPlugin, onOutput: OnOutput): BenchProcess | Promise<BenchProcess>;
}

/** What is measured, in the order of the tables. */
export const RUNNERS = ['direct', 'wazero', 'runno', 'wasmer'] as const;
export type RunnerName = (typeof RUNNERS)[number];

/** Loads a peer, which is served as its package has it; it is in no bundle. */
export async function importPeer(path: string): Promise<unknown> {
  return import(/* @vite-ignore */ new URL(path, location.href).href);
}

/** Bytes by address, fetched once. */
const files = new Map<string, Promise<Uint8Array<ArrayBuffer>>>();

export function loadFile(url: string): Promise<Uint8Array<ArrayBuffer>> {
  let file = files.get(url);
  if (file === undefined) {
    file = fetch(url).then(async (response) => {
      if (!response.ok) throw new Error(`expected ${url} with status 200, found ${String(response.status)}`);
      return new Uint8Array(await response.arrayBuffer());
    });
    files.set(url, file);
  }
  return file;
}

/** Modules by address, compiled once. */
const modules = new Map<string, Promise<WebAssembly.Module>>();

export function loadModule(url: string): Promise<WebAssembly.Module> {
  let module = modules.get(url);
  if (module === undefined) {
    module = WebAssembly.compileStreaming(fetch(url));
    modules.set(url, module);
  }
  return module;
}

export type { TransportKind };
