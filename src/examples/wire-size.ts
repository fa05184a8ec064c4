import { statSync } from 'node:fs';
import { join } from 'node:path';

/** Where the build keeps what it has compressed, by the content's hash; may be deleted at any time. */
export function compressedFolder(root: string): string {
  return join(root, 'node_modules', '.cache', 'compressed');
}

/**
 * How many bytes of an artefact cross the wire: as the build has compressed it with brotli. Where it has not, as in the
 * development server, the file is sent as it is.
 */
export function wireSize({ sha256, bytes }: { readonly sha256: string; readonly bytes: number }, root: string): number {
  return statSync(join(compressedFolder(root), `${sha256}.br`), { throwIfNoEntry: false })?.size ?? bytes;
}
