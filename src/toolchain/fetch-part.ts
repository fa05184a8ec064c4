import type { PackFile } from '../protocol/toolchain.ts';
import { decompress } from './decompress.ts';
import { FaultError } from './fault-error.ts';

function nameOf(file: PackFile): string {
  return file.url.split('/').at(-1) ?? file.url;
}

/** Calls `onBytes` with the number of bytes that have passed. */
function counter(onBytes: (bytes: number) => void): TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>> {
  let passed = 0;
  return new TransformStream({
    transform: (chunk, controller) => {
      passed += chunk.length;
      onBytes(passed);
      controller.enqueue(chunk);
    },
  });
}

/**
 * Fetches a file of the pack, and decompresses it while it arrives.
 *
 * @param onBytes called with the compressed bytes that have arrived so far
 * @throws FaultError
 */
export async function fetchPart(file: PackFile, onBytes: (bytes: number) => void): Promise<Uint8Array<ArrayBuffer>> {
  let response: Response;
  try {
    response = await fetch(file.url);
  } catch {
    throw new FaultError({ code: 'part-unreachable', file: nameOf(file) });
  }
  if (!response.ok || response.body === null) {
    throw new FaultError({ code: 'part-refused', file: nameOf(file), status: response.status });
  }
  const bytes = new Uint8Array(file.unpacked);
  let length = 0;
  try {
    const reader = (await decompress(response.body.pipeThrough(counter(onBytes)))).getReader();
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      // A RangeError if it is more than it should be.
      bytes.set(part.value, length);
      length += part.value.length;
    }
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    throw new FaultError({ code: 'part-damaged', file: nameOf(file), detail });
  }
  if (length === file.unpacked) return bytes;
  throw new FaultError({ code: 'part-incomplete', file: nameOf(file), expected: file.unpacked, found: length });
}
