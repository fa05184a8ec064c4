import type { Artefact } from '../../protocol/sandbox-data.ts';
import { RunFailureError } from './run-failure.ts';

/** Called with the bytes of an artefact that have arrived so far (not compressed). */
export type OnProgress = (bytes: number) => void;

/** One download, which several may wait for. */
class Download<T> {
  readonly result: Promise<T>;
  readonly #listeners = new Set<OnProgress>();
  #arrived = 0;

  constructor(start: (onProgress: OnProgress) => Promise<T>) {
    this.result = start((bytes) => {
      this.#arrived = bytes;
      for (const listener of this.#listeners) listener(bytes);
    });
  }

  /** Waits for the result, told of the progress until then. */
  async follow(onProgress: OnProgress): Promise<T> {
    this.#listeners.add(onProgress);
    onProgress(this.#arrived);
    try {
      return await this.result;
    } finally {
      this.#listeners.delete(onProgress);
    }
  }
}

/** Downloads of a page by address. A failure is forgotten, so that the next call tries again. */
class DownloadCache<T> {
  readonly #downloads = new Map<string, Download<T>>();

  load(url: string, start: (onProgress: OnProgress) => Promise<T>): Download<T> {
    const cached = this.#downloads.get(url);
    if (cached !== undefined) return cached;
    const download = new Download(start);
    this.#downloads.set(url, download);
    download.result.catch(() => this.#downloads.delete(url));
    return download;
  }
}

/**
 * One module per page: browsers drop the machine code of a module that nobody refers to, and compiling it again for each run
 * costs half a second.
 */
const modules = new DownloadCache<WebAssembly.Module>();
const files = new DownloadCache<Uint8Array<ArrayBuffer>>();

/** Loads and compiles a module, once for the page. @throws RunFailureError */
export function loadModule(artefact: Artefact, onProgress: OnProgress): Promise<WebAssembly.Module> {
  return modules.load(artefact.url, (progress) => compileResponse(artefact, progress)).follow(onProgress);
}

/** Loads a file, once for the page. @throws RunFailureError */
export function loadBytes(artefact: Artefact, onProgress: OnProgress): Promise<Uint8Array<ArrayBuffer>> {
  return files
    .load(artefact.url, async (progress) => readAll(artefact, await open(artefact), progress))
    .follow(onProgress);
}

async function compileResponse(artefact: Artefact, onProgress: OnProgress): Promise<WebAssembly.Module> {
  const response = await open(artefact);
  const streams = response.headers.get('content-type')?.startsWith('application/wasm') === true;
  // The original response is compiled, not a stream made from it: the browser's code cache hangs on the original.
  const bytes = readAll(artefact, streams ? response.clone() : response, onProgress);
  try {
    const [module] = await Promise.all([
      streams ? WebAssembly.compileStreaming(response) : bytes.then((all) => WebAssembly.compile(all)),
      bytes,
    ]);
    return module;
  } catch (error) {
    // A download that was cut short is the cause, where both fail.
    await bytes;
    const detail = error instanceof Error ? error.message : String(error);
    throw new RunFailureError({ code: 'not-compiled', file: fileName(artefact), detail }, error);
  }
}

async function open(artefact: Artefact): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(artefact.url);
  } catch (error) {
    throw new RunFailureError({ code: 'no-network', file: fileName(artefact) }, error);
  }
  if (!response.ok) {
    throw new RunFailureError({ code: 'not-served', file: fileName(artefact), status: response.status });
  }
  return response;
}

async function readAll(
  artefact: Artefact,
  response: Response,
  onProgress: OnProgress,
): Promise<Uint8Array<ArrayBuffer>> {
  const pieces: Uint8Array[] = [];
  let length = 0;
  const reader = response.body?.getReader();
  try {
    for (let part = await reader?.read(); part?.done === false; part = await reader?.read()) {
      pieces.push(part.value);
      length += part.value.length;
      onProgress(length);
    }
  } catch {
    throw cutShort(artefact, length);
  }
  const bytes = new Uint8Array(length);
  let offset = 0;
  for (const piece of pieces) {
    bytes.set(piece, offset);
    offset += piece.length;
  }
  // Some servers answer any address with a page, and status 200.
  if (MAGIC.some((byte, index) => index < length && bytes[index] !== byte)) throw notWasm(artefact, bytes);
  if (length !== artefact.bytes) throw cutShort(artefact, length);
  return bytes;
}

/** The first bytes of every WebAssembly module (core specification, 5.5.16). */
const MAGIC = [0x00, 0x61, 0x73, 0x6d];

/** So much of what was found instead is shown. */
const SHOWN_BYTES = 24;

function notWasm(artefact: Artefact, bytes: Uint8Array): RunFailureError {
  const start = new TextDecoder().decode(bytes.subarray(0, SHOWN_BYTES)).replace(/[^\P{C}]|\uFFFD/gu, '.');
  return new RunFailureError({ code: 'no-module', file: fileName(artefact), start: start.trim() });
}

function cutShort(artefact: Artefact, length: number): RunFailureError {
  return new RunFailureError({
    code: 'cut-short',
    file: fileName(artefact),
    expected: artefact.bytes,
    found: length,
  });
}

function fileName(artefact: Artefact): string {
  return artefact.url.split('/').at(-1) ?? artefact.url;
}
