/**
 * A link that brings an edited program: its files, in the fragment, which browsers do not send to a server. Opening it shows the
 * source and runs nothing.
 *
 * Encoding: `#edit=`, then `d` and base64url (RFC 4648, section 5, without padding) of the deflated (RFC 1951) JSON of what is
 * below; `p` and base64url of the JSON itself where the browser has no `CompressionStream`. A link comes from anywhere: what it
 * inflates to is bounded while it is inflated, every field is checked, and what it says is used as text only.
 */
import { words } from '#words/editing/project';
import { fromBase64Url, toBase64Url } from '../../sharing/base64url.ts';
import { EDIT_LINK } from '../../sharing/link-prefixes.ts';
import { pairsOf, projectFilesOf } from './project-store.ts';
import { LARGEST_PROJECT, type ProjectFile } from './project.ts';

/** What a link brings. */
export interface SharedProject {
  /** Example whose host is shown. */
  readonly host: string;
  /** What the plugin is: one of the page's choices, e.g. `go` in a sandbox. */
  readonly plugin: string;
  /** The Go files that were changed or added. */
  readonly files: readonly ProjectFile[];
  /** The example as it was when the link was made; undefined in a link of an older page. */
  readonly from?: readonly ProjectFile[] | undefined;
}

/** A link that can't be made or read; the message is for the reader. */
export class ProjectLinkError extends Error {
  override readonly name = 'ProjectLinkError';
}

const { expected, found } = words.link;

const VERSION = 1;

/** Characters; all browsers take so much in an address. */
const LONGEST_LINK = 262_144;
/** Bytes of JSON, after inflating. */
const LARGEST = 786_432;

/** The fragment for a program. @throws ProjectLinkError if it is too large for a link, or for whoever opens it */
export async function encodeProject({ host, plugin, files, from }: SharedProject): Promise<string> {
  const size = files.reduce((sum, { text }) => sum + text.length, 0);
  if (size > LARGEST_PROJECT) throw new ProjectLinkError(words.link.tooLarge(LARGEST_PROJECT, size));
  const value = { v: VERSION, host, plugin, files: pairsOf(files), from: from && pairsOf(from) };
  const bytes = new TextEncoder().encode(JSON.stringify(value));
  if (bytes.length > LARGEST) throw new ProjectLinkError(words.link.tooManyBytes(LARGEST, bytes.length));
  const fragment =
    'CompressionStream' in globalThis
      ? `${EDIT_LINK}d${toBase64Url(await pump(bytes, new CompressionStream('deflate-raw'), Infinity))}`
      : `${EDIT_LINK}p${toBase64Url(bytes)}`;
  if (fragment.length > LONGEST_LINK) {
    throw new ProjectLinkError(words.link.tooLong(LONGEST_LINK, fragment.length));
  }
  return fragment;
}

/** Reads a fragment. @throws ProjectLinkError saying what is wrong with it */
export async function decodeProject(fragment: string): Promise<SharedProject> {
  if (fragment.length > LONGEST_LINK) {
    throw damaged(expected.characters(LONGEST_LINK), found.number(fragment.length));
  }
  const kind = fragment.charAt(EDIT_LINK.length);
  const packed = unpack(fragment.slice(EDIT_LINK.length + 1));
  switch (kind) {
    case 'd':
      return projectOf(parse(await inflate(packed)));
    case 'p':
      return projectOf(parse(packed));
    default:
      throw damaged(expected.kind(EDIT_LINK), kind === '' ? found.nothing : found.quoted(kind));
  }
}

function damaged(...what: Parameters<typeof words.link.damaged>): ProjectLinkError {
  return new ProjectLinkError(words.link.damaged(...what));
}

async function inflate(packed: Uint8Array<ArrayBuffer>): Promise<Uint8Array> {
  if (!('DecompressionStream' in globalThis)) {
    throw new ProjectLinkError(words.link.needsNewerBrowser);
  }
  try {
    return await pump(packed, new DecompressionStream('deflate-raw'), LARGEST);
  } catch (error) {
    if (error instanceof ProjectLinkError) throw error;
    throw damaged(expected.deflated, found.notDeflated);
  }
}

/** Sends bytes through a stream. @throws ProjectLinkError as soon as more than `most` bytes have come out */
async function pump(
  bytes: Uint8Array<ArrayBuffer>,
  through: ReadableWritablePair<Uint8Array<ArrayBuffer>, BufferSource>,
  most: number,
): Promise<Uint8Array<ArrayBuffer>> {
  const reader = new Blob([bytes]).stream().pipeThrough(through).getReader();
  const pieces: Uint8Array<ArrayBuffer>[] = [];
  let length = 0;
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    length += part.value.length;
    if (length > most) {
      // Nothing more is inflated; what the stream says to that is of no interest.
      reader.cancel().catch(() => undefined);
      throw damaged(expected.bytes(most), found.more);
    }
    pieces.push(part.value);
  }
  return new Uint8Array(await new Blob(pieces).arrayBuffer());
}

function unpack(text: string): Uint8Array<ArrayBuffer> {
  try {
    return fromBase64Url(text);
  } catch {
    throw damaged(expected.base64url(EDIT_LINK), found.notBase64url);
  }
}

function parse(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)) as unknown;
  } catch {
    throw damaged(expected.program, found.unreadable);
  }
}

/** Names of examples and of choices. */
const NAME = /^[a-z][a-z0-9.:-]{0,60}$/u;

function projectOf(value: unknown): SharedProject {
  if (typeof value !== 'object' || value === null) throw damaged(expected.program, show(value));
  const { v, host, plugin, files, from } = value as Record<string, unknown>;
  if (v !== VERSION) throw damaged(expected.version(VERSION), show(v));
  if (typeof host !== 'string' || !NAME.test(host)) throw damaged(expected.example, show(host));
  if (typeof plugin !== 'string' || !NAME.test(plugin)) throw damaged(expected.plugin, show(plugin));
  const checked = projectFilesOf(files);
  if (checked === undefined) throw damaged(expected.files('host/', 'plugin/'), show(files));
  // Without it the link still brings its program: nothing depends on it but what is said of the example.
  return { host, plugin, files: checked, from: projectFilesOf(from) };
}

function show(value: unknown): string {
  return value === undefined ? found.nothing : JSON.stringify(value).slice(0, 40);
}
