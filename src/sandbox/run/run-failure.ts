import { words as engineWords } from '#words/engine';
import { words } from '#words/failures';
import {
  sentenceOf,
  type Coded,
  type EngineProblems,
  type HostBreakdowns,
  type InItsWords,
  type Nothing,
  type Sentences,
} from '../../protocol/problems.ts';
import { verbatimParameters } from './verbatim.ts';

/** How a run fails on the page: before it starts, or because its worker is gone. */
interface PageProblems {
  readonly 'worker-broke': InItsWords;
  /** The script of the worker could not be loaded. */
  readonly 'no-worker': Nothing;
  /** A script that the page imports when it needs it could not be loaded. */
  readonly 'no-script': Nothing;
  /** The browser has ended the worker. */
  readonly 'worker-ended': Nothing;
  readonly 'relay-refused': InItsWords;
  readonly 'relay-not-active': Nothing;
  readonly 'no-transport': Nothing;
  readonly 'no-network': FileProblem;
  readonly 'not-served': FileProblem & { readonly status: number };
  /** `start`: what the file begins with. */
  readonly 'no-module': FileProblem & { readonly start: string };
  /** In bytes. */
  readonly 'cut-short': FileProblem & { readonly expected: number; readonly found: number };
  readonly 'not-compiled': FileProblem & InItsWords;
  readonly 'no-plugin': { readonly example: string; readonly language: string };
  /** By what makes the program, which has found the sentence (`ProgramSource`). */
  readonly told: { readonly sentence: string };
}

interface FileProblem {
  readonly file: string;
}

type RunProblems = EngineProblems & HostBreakdowns & PageProblems;

/** Why a run failed. */
export type RunFailure = Coded<RunProblems>;

const SENTENCES: Sentences<RunProblems> = { ...engineWords.problems, ...words.problems };

/** The sentence for a failure. */
export function failureSentence(failure: RunFailure): string {
  return sentenceOf<RunProblems, keyof RunProblems>(SENTENCES, failure);
}

/** The sentence for a failure, with a fence around what is no language: see `verbatim.ts`. */
export function fencedFailure(failure: RunFailure): string {
  return failureSentence(failure.code === 'told' ? failure : verbatimParameters(failure));
}

/** A failure that is thrown; its message is the sentence. */
export class RunFailureError extends Error {
  override readonly name = 'RunFailureError';
  readonly failure: RunFailure;

  constructor(failure: RunFailure, cause?: unknown) {
    super(failureSentence(failure), cause === undefined ? undefined : { cause });
    this.failure = failure;
  }
}

/** What they call a script that is imported and can't be had: Chromium and Firefox, WebKit, and Vite for the script's styles. */
const NO_SCRIPT = /dynamically imported module|importing a module script failed|unable to preload css/iu;

/** True if a script that is imported when it is needed could not be loaded. */
export function isScriptMissing(error: unknown): boolean {
  return error instanceof Error && NO_SCRIPT.test(error.message);
}

const OUTDATED: ReadonlySet<RunFailure['code']> = new Set([
  ...([
    'no-worker',
    'no-script',
    'not-served',
    'no-module',
    'program-imports',
    'server-answered',
    'relay-gone',
  ] as const),
]);

/** True if a file of the site was not there, or is another: the page may be older than the site. */
export function mayBeOutdated(failure: RunFailure): boolean {
  return OUTDATED.has(failure.code);
}

/** Why a run failed that met an error. */
export function failureOf(error: unknown): RunFailure {
  if (isScriptMissing(error)) return { code: 'no-script' };
  if (error instanceof RunFailureError) return error.failure;
  return { code: 'told', sentence: error instanceof Error ? error.message : String(error) };
}
