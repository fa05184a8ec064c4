import type { PluginProblem } from '../../protocol/problems.ts';
import { EngineError } from '../engine-error.ts';

/** What is wrong with a plugin. */
export type PluginFault =
  /** It is not a WebAssembly module that this engine compiles. */
  | 'module'
  /** It imports what is not there. */
  | 'imports'
  /** It is not a command. */
  | 'exports'
  /** This engine can't suspend it. */
  | 'engine'
  /** It trapped. */
  | 'trap'
  /** It used up its stack. */
  | 'stack';

const FAULTS: Readonly<Record<PluginProblem['code'], PluginFault>> = {
  'no-bytes': 'module',
  'not-wasm': 'module',
  component: 'module',
  'no-compile': 'module',
  imports: 'imports',
  'imports-of-js': 'imports',
  'imports-of-older-wasi': 'imports',
  'imports-of-newer-wasi': 'imports',
  'imports-of-bindgen': 'imports',
  'import-types': 'imports',
  reactor: 'exports',
  'no-command': 'exports',
  'no-jspi': 'engine',
  trap: 'trap',
  stack: 'stack',
};

/**
 * A plugin that could not be run, or broke down. The message says what was expected, what was found, and the way out;
 * `problem` says the same to a program.
 */
export class PluginError extends EngineError {
  override readonly name = 'PluginError';
  override readonly problem: PluginProblem;
  readonly fault: PluginFault;

  constructor(problem: PluginProblem, cause?: unknown) {
    super(problem, cause);
    this.problem = problem;
    this.fault = FAULTS[problem.code];
  }
}

/**
 * Whether an error says that the stack is used up. Firefox has an InternalError "too much recursion" for it, other engines a
 * RangeError "Maximum call stack size exceeded". A RangeError may also be about memory, and only its message tells; engines
 * have it in English everywhere.
 */
export function isStackOverflow(error: unknown): error is Error {
  const isStack = error instanceof RangeError || (error instanceof Error && error.name === 'InternalError');
  return isStack && /call stack|too much recursion/iu.test(error.message);
}

/** What the engine threw while the plugin ran, as a `PluginError`; undefined if it is not about the plugin. */
export function breakdownOf(error: unknown): PluginError | undefined {
  if (isStackOverflow(error)) return new PluginError({ code: 'stack', detail: error.message }, error);
  if (error instanceof WebAssembly.RuntimeError) {
    return new PluginError({ code: 'trap', detail: error.message }, error);
  }
  return undefined;
}
