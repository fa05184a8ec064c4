/**
 * The Go toolchain of the page: what a page asks of its worker, and what it is told.
 *
 * The page sends one `OpenMessage`, then one `ToolchainRequest` at a time, and waits for its `ToolchainAnswer`; progress comes in
 * between. The worker never blocks on the page. Text is UTF-16 here and UTF-8 in the compiler's files; a column counts bytes, as
 * the compiler counts it.
 */
import type { Coded, Nothing } from './problems.ts';

/** What is compiled: a host, with wazero to import; or a plugin, with the standard library alone. */
export type Target = 'host' | 'plugin';

/** A file of the program, in one folder with the others: a name without a slash. */
export type SourceFile =
  /** A Go file, e.g. `main.go`; or any text that is embedded. */
  | { readonly name: string; readonly text: string }
  /** A file that is embedded (`//go:embed plugin.wasm`). */
  | { readonly name: string; readonly bytes: Uint8Array };

/** One message of the compiler, in its own words. */
export interface Diagnostic {
  /** The file's name; empty if the message is about none. */
  readonly file: string;
  /** Counts from 1; 0 if the message is about no place. */
  readonly line: number;
  /** Counts from 1, in bytes of UTF-8; 0 if the message is about no place. */
  readonly column: number;
  /** May have further lines, each behind a newline and a tab. */
  readonly message: string;
}

/** An import of a package that is not in the page. */
export interface UnknownImport {
  readonly file: string;
  /** Counts from 1. */
  readonly line: number;
  /** Counts from 1, in bytes of UTF-8. */
  readonly column: number;
  /** What is imported, e.g. `net/http`. */
  readonly path: string;
}

/** The program is wrong: all that the compiler says, in its order. It says ten errors at most, and then "too many errors". */
export interface Diagnosed {
  readonly kind: 'diagnostics';
  readonly diagnostics: readonly Diagnostic[];
}

/** Told before the compiler runs: the program imports what is not in the page. */
export interface UnknownImports {
  readonly kind: 'unknown-imports';
  readonly unknown: readonly UnknownImport[];
  /** The packages that this target can import, sorted. */
  readonly available: readonly string[];
}

/** It compiles, but is no program that can be started: the go command would make a library of it. */
export interface NotMain {
  readonly kind: 'not-main';
  readonly file: string;
  /** Counts from 1. */
  readonly line: number;
  /** Counts from 1, in bytes of UTF-8. */
  readonly column: number;
  /** As the package clause names it. */
  readonly packageName: string;
}

/** The linker's words, e.g. "function main is undeclared in the main package". */
export interface LinkError {
  readonly kind: 'link-error';
  readonly message: string;
}

/** A tool overflowed its stack: the program nests deeper than the browser lets a worker go. */
export interface TooDeep {
  readonly kind: 'too-deep';
}

/** A host that needs more memory at its start than the page gives, both in bytes. */
export interface TooLarge {
  readonly kind: 'too-large';
  readonly needed: number;
  readonly limit: number;
}

/** Why a program can't be had. */
export type Refusal = Diagnosed | UnknownImports | NotMain | LinkError | TooDeep | TooLarge;

/** The answer to `check`. What only the whole compiler, or the linker, finds comes later: see `found` in `ToolchainAnswer`. */
export type CheckResult = { readonly kind: 'ok'; readonly milliseconds: number } | Refusal;

/** The answer to `build`. */
export type BuildResult =
  | {
      readonly kind: 'built';
      /** A command for WASI preview1. */
      readonly wasm: Uint8Array<ArrayBuffer>;
      /** What it took; 0 if the same files were compiled, or linked, ahead. */
      readonly milliseconds: { readonly compile: number; readonly link: number };
    }
  | Refusal;

/** The answer to `format`. */
export type FormatResult =
  | {
      readonly kind: 'formatted';
      /** What gofmt makes of it. */
      readonly text: string;
    }
  | Diagnosed;

/** One file of the pack, as `public/toolchain/manifest.json` lists it. */
export interface PackFile {
  /** Address below the site's base, with the content hash in its name. */
  readonly url: string;
  /** Bytes to transfer: the file is compressed, and served as it is. */
  readonly bytes: number;
  /** Bytes after decompression. */
  readonly unpacked: number;
}

/** A part of the pack; each is fetched when it is first needed. */
export type PackPart =
  /** The compiler: for `check`. */
  | 'compile'
  /** What the compiler must know of the packages that can be imported: for `check`. */
  | 'exports'
  /** The linker: for `build`. */
  | 'link'
  /** The packages' code: for `build`. */
  | 'objects'
  /** gofmt: for `format`. */
  | 'format';

/** What `check` needs. */
export const CHECK_PARTS: readonly PackPart[] = ['compile', 'exports'];
/** What `build` needs besides. */
export const BUILD_PARTS: readonly PackPart[] = ['link', 'objects'];

/** What a page has to know of the pack before it fetches any of it: in `EditingData`, made by `src/examples/load-toolchain.ts`. */
export interface ToolchainData {
  /** The compiler's version, e.g. `go1.26.10`. */
  readonly go: string;
  /** The release of wazero that hosts import, e.g. `v1.12.0`. */
  readonly wazero: string;
  readonly parts: Readonly<Record<PackPart, PackFile>>;
}

/** Page → worker, once and first. */
export interface OpenMessage {
  readonly type: 'open';
  /** With absolute addresses. */
  readonly data: ToolchainData;
  /** Targets whose program is compiled and linked before that is asked for, when it was found right and nothing else is asked. */
  readonly ahead: readonly Target[];
}

/** Page → worker, one at a time. */
export type ToolchainRequest =
  /** Fetches the parts and makes them ready, so that the next request does not wait for that. */
  | { readonly type: 'fetch'; readonly parts: readonly PackPart[] }
  | { readonly type: 'check'; readonly target: Target; readonly files: readonly SourceFile[] }
  | { readonly type: 'build'; readonly target: Target; readonly files: readonly SourceFile[] }
  | { readonly type: 'format'; readonly file: { readonly name: string; readonly text: string } };

/** Why a request could not be served, by its code: what the sentence for it is given. The page has the sentences. */
export interface ToolchainFaults {
  /** The network did not answer when a part of the pack was fetched. */
  readonly 'part-unreachable': { readonly file: string };
  /** The server did not give it. */
  readonly 'part-refused': { readonly file: string; readonly status: number };
  /** It can't be decompressed, or its transfer broke off; `detail` in the browser's words. */
  readonly 'part-damaged': { readonly file: string; readonly detail: string };
  /** It has fewer bytes than it must have. */
  readonly 'part-incomplete': { readonly file: string; readonly expected: number; readonly found: number };
  /** In the browser's words. */
  readonly 'out-of-memory': { readonly detail: string };
  /** The compiler itself failed, not the program; `said` in its own words. */
  readonly 'compiler-broke-down': { readonly status: number; readonly said: string };
  /** The linker's program ends too early. */
  readonly 'program-cut-off': Nothing;
  /** The linker's program has no memory that a limit can be put on. */
  readonly 'program-without-memory': Nothing;
  /** A tool overflowed its stack where no program can be blamed. */
  readonly 'stack-overflow': { readonly detail: string };
  /** Anything else, in the browser's words. */
  readonly 'broke-down': { readonly detail: string };
}

/** Why a request could not be served: a code, and what its sentence is given. */
export type ToolchainFault = Coded<ToolchainFaults>;

/** Worker → page. */
export type ToolchainAnswer =
  /** Compressed bytes of the parts that this request waits for, while they arrive. */
  | { readonly type: 'progress'; readonly loadedBytes: number; readonly totalBytes: number }
  /** A tool begins to work on a target, or has ended. It may work ahead, which nobody has asked for. */
  | { readonly type: 'working'; readonly on: Target | undefined; readonly isAhead: boolean }
  /** What was found of a target after its last check, while working ahead. */
  | { readonly type: 'found'; readonly target: Target; readonly result: Refusal }
  /** The end of a `fetch`. */
  | { readonly type: 'fetched' }
  | { readonly type: 'checked'; readonly result: CheckResult }
  | { readonly type: 'built'; readonly result: BuildResult }
  | { readonly type: 'formatted'; readonly result: FormatResult }
  /** The request could not be served: a part did not arrive, or the compiler itself broke down. */
  | { readonly type: 'failed'; readonly fault: ToolchainFault };
