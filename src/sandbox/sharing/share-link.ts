/**
 * A link that restores a sandbox: which of its page, which plugin, which answer was bet on, and what was typed and closed, in
 * the fragment, which browsers do not send to a server. Opening it runs nothing.
 *
 * Encoding: `#run=` and the JSON of `SharedRun`, UTF-8, in base64url (RFC 4648, section 5) without padding. A link comes from
 * anywhere, so that every field is checked, and what it says is used as text only.
 */
import { words } from '#words/sharing';
import type { PluginLanguage } from '../../protocol/sandbox-data.ts';
import { fromBase64Url, toBase64Url } from './base64url.ts';
import { RUN_LINK } from './link-prefixes.ts';

/** What a link's reader did, in order. `after` is in milliseconds since the plugin waited, or since the last act. */
export type SharedAct =
  | { readonly kind: 'typed'; readonly text: string; readonly after: number }
  | { readonly kind: 'closed'; readonly after: number }
  | { readonly kind: 'stopped'; readonly after: number };

/** What a link restores. */
export interface SharedRun {
  readonly example: string;
  /** Which of the page's sandboxes of this example, from 0: one of several variants may be hidden. */
  readonly place: number;
  readonly plugin: PluginLanguage;
  /** The answer that was picked before Run, if one was. */
  readonly prediction: string | undefined;
  readonly acts: readonly SharedAct[];
}

/** A link that can't be used; the message is for the reader. */
export class ShareLinkError extends Error {
  override readonly name = 'ShareLinkError';
}

const { expected, found } = words;

const VERSION = 1;

/** Browsers take longer ones; mail and chat programs cut them. */
const LONGEST_LINK = 16_384;
const MOST_ACTS = 200;
const MOST_PLACES = 100;
/** Nobody waits longer than this for an act of a script, in milliseconds. */
export const LONGEST_PAUSE = 10_000;

const LANGUAGES: readonly PluginLanguage[] = ['go', 'c', 'rust'];

/** The fragment for a run. @throws ShareLinkError if what was typed is too much for a link */
export function encodeShareFragment(run: SharedRun): string {
  const json = JSON.stringify({ v: VERSION, ...run });
  const fragment = RUN_LINK + toBase64Url(new TextEncoder().encode(json));
  if (fragment.length > LONGEST_LINK) {
    throw new ShareLinkError(words.tooLong(LONGEST_LINK, fragment.length));
  }
  return fragment;
}

/** Reads a fragment. @throws ShareLinkError saying what is wrong with it */
export function decodeShareFragment(fragment: string): SharedRun {
  if (fragment.length > LONGEST_LINK) {
    throw damaged(expected.characters(LONGEST_LINK), String(fragment.length));
  }
  return sharedRunOf(jsonOf(fragment.slice(RUN_LINK.length)));
}

function damaged(...what: Parameters<typeof words.damaged>): ShareLinkError {
  return new ShareLinkError(words.damaged(...what));
}

function jsonOf(encoded: string): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(fromBase64Url(encoded))) as unknown;
  } catch {
    throw damaged(expected.runAfter(RUN_LINK), found.unreadable);
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function show(value: unknown): string {
  return value === undefined ? found.nothing : JSON.stringify(value).slice(0, 40);
}

function sharedRunOf(value: unknown): SharedRun {
  if (!isRecord(value)) throw damaged(expected.run, show(value));
  // A link without a place is of the first sandbox.
  const { v, example, place = 0, plugin, prediction, acts } = value;
  if (v !== VERSION) throw damaged(expected.version(VERSION), show(v));
  if (typeof example !== 'string') throw damaged(expected.example, show(example));
  if (typeof place !== 'number' || !Number.isInteger(place) || place < 0 || place >= MOST_PLACES) {
    throw damaged(expected.place(MOST_PLACES - 1), show(place));
  }
  const language = LANGUAGES.find((known) => known === plugin);
  if (language === undefined) throw damaged(expected.plugin(LANGUAGES), show(plugin));
  if (prediction !== undefined && typeof prediction !== 'string') throw damaged(expected.prediction, show(prediction));
  if (!Array.isArray(acts) || acts.length > MOST_ACTS) {
    throw damaged(expected.acts(MOST_ACTS), show(acts));
  }
  return { example, place, plugin: language, prediction, acts: acts.map(sharedActOf) };
}

function sharedActOf(value: unknown): SharedAct {
  if (!isRecord(value)) throw damaged(expected.act, show(value));
  const { kind, text, after } = value;
  if (typeof after !== 'number' || !(after >= 0 && after <= LONGEST_PAUSE)) {
    throw damaged(expected.pause(LONGEST_PAUSE), show(after));
  }
  switch (kind) {
    case 'typed':
      if (typeof text !== 'string') throw damaged(expected.typed, show(text));
      return { kind, text, after };
    case 'closed':
    case 'stopped':
      return { kind, after };
    default:
      throw damaged(expected.kind, show(kind));
  }
}
