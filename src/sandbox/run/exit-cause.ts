import { words } from '#words/failures';

/** What is known of an exit besides its status. */
export interface ExitTrace {
  /** The end of what was written to stderr, which is the host's and the plugin's alike. */
  readonly stderr: string;
  /** The status that the plugin gave to `proc_exit`, if it called it. */
  readonly pluginStatus: number | undefined;
}

const LONGEST_MESSAGE = 120;

function shorten(message: string): string {
  return message.length <= LONGEST_MESSAGE ? message : `${message.slice(0, LONGEST_MESSAGE - 1)}…`;
}

/**
 * Why a program exited, in some words for the state line; undefined for status 0 and where nothing is known. It reads what
 * Go's runtime and wazero write to stderr before they give up:
 *
 *     fatal error: all goroutines are asleep - deadlock!     (Go runtime/proc.go, checkdead)
 *     fatal error: out of memory, or: runtime: cannot allocate memory
 *     panic: …
 *     … failed: wasm error: unreachable                      (wazero internal/wasmruntime)
 *     module[env] not instantiated                           (wazero internal/wasm/store.go)
 *
 * @param said puts a program's own words into the sentence, see `verbatim.ts`
 */
export function explainExit(
  status: number,
  { stderr, pluginStatus }: ExitTrace,
  said = (text: string): string => text,
): string | undefined {
  if (status === 0) return undefined;
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
  if (pluginStatus !== undefined) return words.exit.ownStatus;
  const trap = last(/\bwasm error: (.*)$/gmu);
  if (trap !== undefined) return words.exit.trap(said(shorten(trap)));
  const module = last(/^module\[(.*)\] not instantiated$/gmu);
  if (module !== undefined) return words.exit.notOffered(said(shorten(module)));
  return undefined;
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
