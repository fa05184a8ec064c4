/** Content hashes in the names of the artefacts: in the built site by renaming, in the development server by leaving them out. */
import { existsSync, readFileSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { parseArtefactManifest, publishedName } from '../src/examples/example-manifest.ts';

/**
 * Gives the artefacts of a built site the names that its pages ask for.
 * @param out the site's folder
 * @throws ExampleError if its `wasm/manifest.json` is wrong
 */
export function nameArtefacts(out: string): void {
  const folder = join(out, 'wasm');
  const file = join(folder, 'manifest.json');
  const { artefacts } = parseArtefactManifest(readFileSync(file, 'utf8'), file);
  for (const artefact of Object.values(artefacts)) {
    const from = join(folder, artefact.file);
    if (existsSync(from)) renameSync(from, join(folder, publishedName(artefact)));
  }
}

/** An address as the pages ask for it, without the hash of an artefact: where the file is in `public`. */
export function withoutHash(address: string): string {
  return address.replace(/(\/wasm\/[\w.-]+)\.[0-9a-f]{8}\.wasm(?=$|\?)/u, '$1.wasm');
}
