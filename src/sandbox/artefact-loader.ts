import type { Artefact } from '../protocol/sandbox-data.ts';

/** Called with the bytes of an artefact that have arrived (not compressed). */
export type OnProgress = (bytes: number) => void;

/** An artefact that could not be had; the message is for the reader. */
export class ArtefactError extends Error {
  override readonly name = 'ArtefactError';
}

/**
 * One module per page: browsers drop the machine code of a module that nobody refers to, and compiling it again for each run
 * costs half a second.
 */
const modules = new Map<string, Promise<WebAssembly.Module>>();
const files = new Map<string, Promise<Uint8Array<ArrayBuffer>>>();

/** Loads a file once for the page; a failure is forgotten, so that the next call tries again. */
function once<T>(cache: Map<string, Promise<T>>, url: string, load: () => Promise<T>): Promise<T> {
  const cached = cache.get(url);
  if (cached !== undefined) return cached;
  const loading = load();
  cache.set(url, loading);
  loading.catch(() => cache.delete(url));
  return loading;
}

/** Loads and compiles a module. @throws ArtefactError */
export function loadModule(artefact: Artefact, onProgress: OnProgress): Promise<WebAssembly.Module> {
  return once(modules, artefact.url, async () => {
    const response = await open(artefact);
    if (response.headers.get('content-type')?.startsWith('application/wasm') !== true) {
      return compile(artefact, await readAll(artefact, response, onProgress));
    }
    // The original response, not a copied stream: only that gives the browser's code cache something to hold on to.
    const progress = readAll(artefact, response.clone(), onProgress);
    progress.catch(() => undefined);
    try {
      return await WebAssembly.compileStreaming(response);
    } catch (error) {
      await progress;
      throw notWasm(artefact, error);
    }
  });
}

/** Loads a file. @throws ArtefactError */
export function loadBytes(artefact: Artefact, onProgress: OnProgress): Promise<Uint8Array<ArrayBuffer>> {
  return once(files, artefact.url, async () => readAll(artefact, await open(artefact), onProgress));
}

async function open(artefact: Artefact): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(artefact.url);
  } catch {
    throw new ArtefactError(
      `Could not load ${fileName(artefact)}: the network did not answer. Check the connection and press Run again.`,
    );
  }
  if (!response.ok) {
    throw new ArtefactError(
      `Could not load ${fileName(artefact)}: expected status 200, found ${String(response.status)}. ` +
        'Reload the page, since the site may have been updated, or press Run again.',
    );
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
  if (length !== artefact.bytes) throw cutShort(artefact, length);
  const bytes = new Uint8Array(length);
  let offset = 0;
  for (const piece of pieces) {
    bytes.set(piece, offset);
    offset += piece.length;
  }
  return bytes;
}

async function compile(artefact: Artefact, bytes: Uint8Array<ArrayBuffer>): Promise<WebAssembly.Module> {
  try {
    return await WebAssembly.compile(bytes);
  } catch (error) {
    throw notWasm(artefact, error);
  }
}

function notWasm(artefact: Artefact, error: unknown): ArtefactError {
  const detail = error instanceof Error ? error.message : String(error);
  return new ArtefactError(`Could not compile ${fileName(artefact)}: ${detail}. Press Run again to load it anew.`);
}

function cutShort(artefact: Artefact, length: number): ArtefactError {
  return new ArtefactError(
    `Could not load ${fileName(artefact)}: expected ${artefact.bytes.toLocaleString('en')} bytes, ` +
      `found ${length.toLocaleString('en')}. Check the connection and press Run again.`,
  );
}

function fileName(artefact: Artefact): string {
  return artefact.url.split('/').at(-1) ?? artefact.url;
}
