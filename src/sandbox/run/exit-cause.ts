import { words } from '#words/failures';

/** What is known of an exit besides its status. */
export interface ExitTrace {
  /** The end of what was written to stderr, which is the host's and the plugin's alike. */
  readonly stderr: string;
  /** The status that the host asked for, from 0 to 2^32 - 1; a shell shows its lowest 8 bits. */
  readonly asked: number;
  /** The status that the plugin gave to `proc_exit`, if it called it. */
  readonly pluginStatus: number | undefined;
  /** False where a plugin runs on a host that has no status of its own. Default: true. */
  readonly hasHost?: boolean;
}

const LONGEST_MESSAGE = 120;

/** The largest status that a shell shows as it was asked for. */
const LARGEST_SHOWN = 255;

function shorten(message: string): string {
  return message.length <= LONGEST_MESSAGE ? message : `${message.slice(0, LONGEST_MESSAGE - 1)}…`;
}

/** A host that gives up exits with it, and so does many a plugin: by itself it says nothing of whose it is. */
const OF_ANY_ACTOR = 1;

/**
 * Why a program exited, in some words for the host's chip; undefined for status 0 and where nothing is known. It reads what
 * Go's runtime and wazero write to stderr before they give up:
 *
 *     fatal error: all goroutines are asleep - deadlock!     (Go runtime/proc.go, checkdead)
 *     fatal error: out of memory, or: runtime: cannot allocate memory
 *     panic: …
 *     … failed: wasm error: unreachable                      (wazero internal/wasmruntime)
 *     module[env] not instantiated                           (wazero internal/wasm/store.go)
 *     … as feature "tail-call" is disabled                   (wazero api/features.go)
 *     section type: …, invalid function[3]: …, import func[env.f]: …, data[0]: …, which is a module that wazero refuses
 *                                                            (wazero internal/wasm)
 *     …: context deadline exceeded                           (an error that the host returned, the last line)
 *
 * @param said puts a program's own words into the sentence, see `verbatim.ts`
 */
export function explainExit(
  status: number,
  { stderr, asked, pluginStatus, hasHost = true }: ExitTrace,
  said = (text: string): string => text,
): string | undefined {
  const cut = asked > LARGEST_SHOWN ? words.exit.cut(asked, asked | 0) : undefined;
  if (status === 0) return cut;
  // The last one counts: before it, the program may have talked about others.
  const last = (pattern: RegExp): string | undefined => [...stderr.matchAll(pattern)].at(-1)?.[1];
  const who = words.exit[pluginStatus === undefined ? 'host' : 'plugin'];

  const fatal = last(/^fatal error: (.*)$/gmu);
  if (fatal !== undefined) {
    if (fatal.endsWith('- deadlock!')) return who.deadlock;
    if (/out of memory|cannot allocate/u.test(fatal)) return who.memory;
    return who.fatal(said(shorten(fatal)));
  }
  const panic = last(/^panic: (.*)$/gmu);
  if (panic !== undefined) return who.panic(said(shorten(panic)));
  if (pluginStatus !== undefined && !(hasHost && status === OF_ANY_ACTOR)) {
    return cut === undefined ? words.exit.ownStatus : words.exit.ownCut(asked, asked | 0);
  }
  const trap = last(/\bwasm error: (.*)$/gmu);
  if (trap !== undefined) return words.exit.trap(said(shorten(trap)));
  const module = last(/^module\[(.*)\] not instantiated$/gmu);
  if (module !== undefined) return words.exit.notOffered(said(shorten(module)));
  const cause = explainRefusal(last, said) ?? cut;
  return cause ?? errorOf(stderr, said);
}

/** What a program said last: of an error that wraps others, as Go writes it, the innermost. */
function errorOf(stderr: string, said: (text: string) => string): string | undefined {
  const line = stderr.split('\n').findLast((text) => /^\S/u.test(text));
  const innermost = line?.split(': ').at(-1)?.trim();
  return innermost === undefined || innermost === '' ? undefined : said(shorten(innermost));
}

/** wazero has refused the module; undefined if nothing says so. */
function explainRefusal(
  last: (pattern: RegExp) => string | undefined,
  said: (text: string) => string,
): string | undefined {
  const feature =
    last(/\bas feature "([a-z-]+)" is disabled/gu) ??
    last(/\bshared memory requested but (threads) feature not enabled/gu);
  if (feature !== undefined) return words.exit.featureOff(said(feature));
  const refusal = last(/^(?:.*?: )?((?:section \w+: |invalid function\[|import \w+\[|data\[\d+\]: ).*)$/gmu);
  return refusal === undefined ? undefined : words.exit.refused(said(shorten(refusal)));
}

/** Bytes of stderr that are kept: Go lists all goroutines behind its first line. */
const KEPT_BYTES = 262_144;

/** The end of a stream, in the pieces in which it came. */
export class StreamTail {
  #pieces: Uint8Array[] = [];
  #length = 0;

  append(bytes: Uint8Array): void {
    this.#pieces.push(bytes);
    this.#length += bytes.length;
    let surplus = 0;
    for (const piece of this.#pieces) {
      if (this.#length - piece.length < KEPT_BYTES) break;
      this.#length -= piece.length;
      surplus += 1;
    }
    if (surplus > 0) this.#pieces.splice(0, surplus);
  }

  /** As text; its beginning may be cut anywhere. */
  get text(): string {
    const decoder = new TextDecoder();
    return this.#pieces.map((piece) => decoder.decode(piece, { stream: true })).join('') + decoder.decode();
  }
}
