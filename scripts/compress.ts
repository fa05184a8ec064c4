/**
 * Puts a `.br` and a `.gz` beside every text and wasm file of the built site, made once with the best setting, so that a
 * server compresses nothing while readers wait.
 *
 * Brotli at 11 takes about 10 s for the hosts' 6.6 MB; results are kept in node_modules/.cache by content and setting.
 */
import { createHash } from 'node:crypto';
import { mkdir, readFile, readdir, stat, writeFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { extname, join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

const compressible = new Set([
  '.css',
  '.html',
  '.js',
  '.json',
  '.mjs',
  '.svg',
  '.txt',
  '.wasm',
  '.webmanifest',
  '.xml',
]);

/** A smaller copy that saves less than this is not worth a file. */
const leastSaving = 32;

interface Encoding {
  readonly suffix: '.br' | '.gz';
  readonly encode: (bytes: Buffer) => Promise<Buffer>;
}

const encodings: readonly Encoding[] = [
  {
    suffix: '.br',
    encode: (bytes) =>
      promisify(brotliCompress)(bytes, {
        params: {
          [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
          [constants.BROTLI_PARAM_LGWIN]: constants.BROTLI_MAX_WINDOW_BITS,
          [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
        },
      }),
  },
  { suffix: '.gz', encode: (bytes) => promisify(gzip)(bytes, { level: constants.Z_BEST_COMPRESSION }) },
];

/** Sizes in bytes over all compressed files. */
export interface CompressionTotals {
  readonly files: number;
  readonly plain: number;
  readonly brotli: number;
}

async function encodeCached(bytes: Buffer, encoding: Encoding, cacheFolder: string): Promise<Buffer> {
  const cached = join(cacheFolder, `${createHash('sha256').update(bytes).digest('hex')}${encoding.suffix}`);
  try {
    return await readFile(cached);
  } catch {
    const encoded = await encoding.encode(bytes);
    await writeFile(cached, encoded);
    return encoded;
  }
}

/**
 * Compresses a folder's WebAssembly into the cache, before there is a site: its pages say how many bytes cross the wire.
 * @param cacheFolder made if it is not there
 */
export async function compressArtefacts(folder: string, cacheFolder: string): Promise<void> {
  await mkdir(cacheFolder, { recursive: true });
  const queue = (await readdir(folder)).filter((name) => extname(name) === '.wasm');
  async function worker(): Promise<void> {
    for (let name = queue.pop(); name !== undefined; name = queue.pop()) {
      const bytes = await readFile(join(folder, name));
      for (const encoding of encodings) await encodeCached(bytes, encoding, cacheFolder);
    }
  }
  await Promise.all(Array.from({ length: availableParallelism() }, worker));
}

/**
 * Compresses a built site in place.
 * @param siteFolder the folder that Astro wrote
 * @param cacheFolder made if it is not there; may be deleted at any time
 */
export async function compressSite(siteFolder: string, cacheFolder: string): Promise<CompressionTotals> {
  await mkdir(cacheFolder, { recursive: true });
  const names = await readdir(siteFolder, { recursive: true });
  const queue = names.filter((name) => compressible.has(extname(name)));
  let files = 0;
  let plain = 0;
  let brotli = 0;
  async function worker(): Promise<void> {
    for (let name = queue.pop(); name !== undefined; name = queue.pop()) {
      const path = join(siteFolder, name);
      if (!(await stat(path)).isFile()) continue;
      const bytes = await readFile(path);
      files += 1;
      plain += bytes.length;
      for (const encoding of encodings) {
        const encoded = await encodeCached(bytes, encoding, cacheFolder);
        const pays = encoded.length + leastSaving <= bytes.length;
        if (pays) await writeFile(`${path}${encoding.suffix}`, encoded);
        if (encoding.suffix === '.br') brotli += pays ? encoded.length : bytes.length;
      }
    }
  }
  await Promise.all(Array.from({ length: availableParallelism() }, worker));
  return { files, plain, brotli };
}
