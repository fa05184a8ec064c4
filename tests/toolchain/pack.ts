/** The published pack, without a browser. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { brotliDecompress } from 'node:zlib';
import { loadToolchainData } from '../../src/examples/load-toolchain.ts';
import type { PackPart } from '../../src/protocol/toolchain.ts';
import { GoToolchain } from '../../src/toolchain/go-toolchain.ts';

const projectRoot = join(import.meta.dirname, '..', '..');

/** The toolchain of the page, in this thread. */
export function openPack(): GoToolchain {
  const data = loadToolchainData('/', projectRoot);
  return new GoToolchain(async (part: PackPart) => {
    const packed = readFileSync(join(projectRoot, 'public', data.parts[part].url));
    return new Uint8Array(await promisify(brotliDecompress)(packed));
  });
}
