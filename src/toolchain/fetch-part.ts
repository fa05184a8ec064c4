import type { PackFile } from '../protocol/toolchain.ts';
import { decompress } from './decompress.ts';

/** A part of the pack that could not be had; the message is for the reader. */
export class PackError extends Error {
  override readonly name = 'PackError';
}

const RETRY = 'Check the connection and try again, or reload the page, since the site may have been updated.';

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
 * @throws PackError
 */
export async function fetchPart(file: PackFile, onBytes: (bytes: number) => void): Promise<Uint8Array<ArrayBuffer>> {
  let response: Response;
  try {
    response = await fetch(file.url);
  } catch {
    throw new PackError(`Could not load ${nameOf(file)}: the network did not answer. ${RETRY}`);
  }
  if (!response.ok || response.body === null) {
    throw new PackError(
      `Could not load ${nameOf(file)}: expected status 200, found ${String(response.status)}. ${RETRY}`,
    );
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
    throw new PackError(`Could not load ${nameOf(file)}: it arrived damaged, or not at all (${detail}). ${RETRY}`);
  }
  if (length === file.unpacked) return bytes;
  throw new PackError(
    `Could not load ${nameOf(file)}: expected ${file.unpacked.toLocaleString('en')} bytes in it, ` +
      `found ${length.toLocaleString('en')}. ${RETRY}`,
  );
}
