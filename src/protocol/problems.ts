/**
 * What can go wrong with a run, as codes with their parameters. The sentences are in `src/words`; only who shows them, to a
 * reader of a page or in an Error's message, finds them there.
 */

/**
 * A problem out of a map of codes to parameters: `{ code: 'trap', detail: '…' }`.
 *
 * A parameter that is text is no language of ours: a browser's own words (`detail`), a name, a path, or a program's output.
 */
export type Coded<Parameters, Code extends keyof Parameters = keyof Parameters> = {
  readonly [C in Code]: { readonly code: C } & Parameters[C];
}[Code];

/** One sentence for each code. */
export type Sentences<Parameters> = { readonly [Code in keyof Parameters]: (given: Parameters[Code]) => string };

/** A code that says it all. */
export type Nothing = unknown;

/** The message of a browser's own error. */
export interface InItsWords {
  readonly detail: string;
}

/** What is wrong with a plugin. */
export interface PluginProblems {
  readonly 'no-bytes': Nothing;
  /** `hex`: its first bytes in hexadecimal; `text`: some more of them as text. */
  readonly 'not-wasm': { readonly hex: string; readonly text: string };
  readonly component: Nothing;
  /** `length`: in bytes. */
  readonly 'no-compile': InItsWords & { readonly length: number };
  /** `imports`: what is missing, like `"env"."f" (function)`. The other codes know what the plugin was built for. */
  readonly imports: MissingImports;
  readonly 'imports-of-js': MissingImports;
  readonly 'imports-of-older-wasi': MissingImports;
  readonly 'imports-of-newer-wasi': MissingImports;
  readonly 'imports-of-bindgen': MissingImports;
  /** Nothing is missing, but something has another type. */
  readonly 'import-types': InItsWords;
  readonly reactor: Nothing;
  /** Names that it exports. */
  readonly 'no-command': { readonly exports: readonly string[] };
  readonly 'no-jspi': Nothing;
  readonly trap: InItsWords;
  readonly stack: InItsWords;
}

interface MissingImports {
  readonly imports: readonly string[];
}

/** What an option of the plugin host has to be. */
export type OptionKind = 'list' | 'text' | 'record' | 'bytes' | 'text-or-bytes' | 'function' | 'channel' | 'signal';

/** Everything that the engine throws with a message for its user. */
export interface EngineProblems extends PluginProblems {
  readonly 'callback-promise': Nothing;
  readonly 'callback-failed': Nothing;
  readonly 'channel-promise': Nothing;
  /** Another run reads from it. */
  readonly 'channel-in-use': Nothing;
  /** The run that read from it has ended, and its pipe with it. */
  readonly 'channel-spent': Nothing;
  /** `option` is of another kind than `expected`: `found`, as JavaScript names it. */
  readonly 'option-kind': { readonly option: string; readonly expected: OptionKind; readonly found: string };
  readonly 'stdin-kind': { readonly found: string };
  readonly argument: { readonly argument: string };
  readonly 'variable-name': { readonly name: string };
  /** The value is not told: it may be a secret. */
  readonly 'variable-value': { readonly name: string };
  readonly path: { readonly path: string };
  /** `name` is both in `path`. */
  readonly 'file-and-directory': { readonly path: string; readonly name: string };
  /** A program of the site is not a command: names that it exports. */
  readonly 'program-no-command': { readonly exports: readonly string[] };
  /** A program of the site imports what the engine does not offer. */
  readonly 'program-imports': InItsWords;
  readonly 'stdin-position': { readonly expected: number; readonly found: number };
  /** The server answered in place of the service worker. */
  readonly 'server-answered': { readonly status: number };
  readonly 'relay-silent': InItsWords;
  /** The same, because of `server-answered`. */
  readonly 'relay-gone': { readonly status: number };
  readonly 'no-suspending': Nothing;
}

export type PluginProblem = Coded<PluginProblems>;
export type EngineProblem = Coded<EngineProblems>;

/** How a host breaks down in a worker, besides. */
export interface HostBreakdowns {
  /** `runsPlugins`: wazero is in it, so that a plugin may have been what called. */
  readonly 'host-stack': InItsWords & { readonly runsPlugins: boolean };
  readonly 'host-memory': InItsWords;
  readonly 'host-trap': InItsWords;
  /** Something that nobody has foreseen. */
  readonly unforeseen: InItsWords;
}

/** What a worker tells of a run that failed. */
export type WorkerFailure = Coded<EngineProblems & HostBreakdowns>;

/** The sentence for a problem. */
export function sentenceOf<Parameters, Code extends keyof Parameters>(
  sentences: Sentences<Parameters>,
  problem: Coded<Parameters, Code>,
): string {
  return sentences[problem.code](problem);
}
