/**
 * The two parts of the pack that hold packages, as examples/internal/toolchain/pack.go writes them: the length of an index, 4
 * bytes little-endian; the index, JSON in UTF-8; and the contents, one after the other.
 */
import type { Target } from '../protocol/toolchain.ts';
import { makeArchive, type ArchiveMember } from './archive.ts';

interface ExportsIndex {
  readonly language: string;
  readonly packages: readonly { readonly path: string; readonly target: Target; readonly size: number }[];
}

interface ObjectsIndex {
  readonly packages: readonly {
    readonly path: string;
    readonly members: readonly { readonly name: string; readonly size: number }[];
  }[];
}

/** What the compiler has to know of the packages that can be imported. */
export interface Exports {
  /** The version of the language, e.g. `go1.26`. */
  readonly language: string;
  /** Archives without code, by import path. */
  readonly archives: Readonly<Record<Target, ReadonlyMap<string, Uint8Array>>>;
}

/** The first member of every package's archive. */
const EXPORT_DATA = '__.PKGDEF';

/** The index of a part, and its contents piece by piece. */
function openPart(bytes: Uint8Array): { readonly index: unknown; readonly take: (size: number) => Uint8Array } {
  const length = new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true);
  let at = 4 + length;
  const index: unknown = JSON.parse(new TextDecoder().decode(bytes.subarray(4, at)));
  const take = (size: number): Uint8Array => {
    at += size;
    return bytes.subarray(at - size, at);
  };
  return { index, take };
}

/** Reads exports.bin. */
export function readExports(bytes: Uint8Array): Exports {
  const { index, take } = openPart(bytes);
  // The pack is made by the same project; its content hash is in its name.
  const { language, packages } = index as ExportsIndex;
  const archives = { host: new Map<string, Uint8Array>(), plugin: new Map<string, Uint8Array>() };
  for (const { path, target, size } of packages) {
    const archive = makeArchive([{ name: EXPORT_DATA, content: take(size) }]);
    archives.host.set(path, archive);
    if (target === 'plugin') archives.plugin.set(path, archive);
  }
  return { language, archives };
}

/** Reads objects.bin: archives with the code of all packages, by import path. The linker looks at nothing else in them. */
export function readObjects(bytes: Uint8Array): ReadonlyMap<string, Uint8Array> {
  const { index, take } = openPart(bytes);
  const { packages } = index as ObjectsIndex;
  const archives = new Map<string, Uint8Array>();
  for (const { path, members } of packages) {
    const code = members.map(({ name, size }): ArchiveMember => ({ name, content: take(size) }));
    archives.set(path, makeArchive([{ name: EXPORT_DATA, content: new Uint8Array(0) }, ...code]));
  }
  return archives;
}
