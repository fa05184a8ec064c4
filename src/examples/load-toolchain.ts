import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { z } from 'astro/zod';
import type { PackFile, ToolchainData } from '../protocol/toolchain.ts';
import { ExampleError } from './example-error.ts';

const sha256Schema = z.string().regex(/^[0-9a-f]{64}$/u, 'expected 64 hexadecimal digits');

const partSchema = z.strictObject({
  /** File name, with its content hash, beside the manifest. */
  file: z.string().min(1),
  /** Size in bytes, compressed: the file is served as it is. */
  bytes: z.int().positive(),
  sha256: sha256Schema,
  /** What it decompresses to. */
  unpacked: z.strictObject({ bytes: z.int().positive(), sha256: sha256Schema }),
});

/** `public/toolchain/manifest.json`, written by `npm run toolchain`. */
const toolchainManifestSchema = z.strictObject({
  /** Version of the compiler and linker, and of the packages. */
  go: z.string().startsWith('go'),
  /** Release of wazero that hosts can import. */
  wazero: z.string().startsWith('v'),
  /** SHA-256 over the source files that went in. */
  sources: sha256Schema,
  parts: z.strictObject({
    compile: partSchema,
    exports: partSchema,
    format: partSchema,
    link: partSchema,
    objects: partSchema,
  }),
});

const manifestFile = 'public/toolchain/manifest.json';

/**
 * What a page has to know of the Go toolchain before it fetches any of it.
 * @param base Astro's base path
 * @throws ExampleError if the manifest is not what `npm run toolchain` writes
 */
export function loadToolchainData(base: string, root: string = process.cwd()): ToolchainData {
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(join(root, manifestFile), 'utf8'));
  } catch (cause) {
    throw new ExampleError(manifestFile, `expected JSON: ${String(cause)}; npm run toolchain writes it`, { cause });
  }
  const result = toolchainManifestSchema.safeParse(value);
  if (!result.success) {
    const problems = result.error.issues.map((issue) => `key ${issue.path.join('.')}: ${issue.message}`);
    throw new ExampleError(manifestFile, problems.join('; '));
  }
  const { go, wazero, parts } = result.data;
  const fileOf = ({ file, bytes, unpacked }: z.infer<typeof partSchema>): PackFile => ({
    url: `${base.replace(/\/$/u, '')}/toolchain/${file}`,
    bytes,
    unpacked: unpacked.bytes,
  });
  return {
    go,
    wazero,
    parts: {
      compile: fileOf(parts.compile),
      exports: fileOf(parts.exports),
      format: fileOf(parts.format),
      link: fileOf(parts.link),
      objects: fileOf(parts.objects),
    },
  };
}
